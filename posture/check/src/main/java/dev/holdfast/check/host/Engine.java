package dev.holdfast.check.host;

import static dev.holdfast.core.Severity.CRITICAL;
import static dev.holdfast.core.Severity.HIGH;
import static dev.holdfast.core.Severity.LOW;
import static dev.holdfast.core.Severity.MEDIUM;
import static dev.holdfast.core.Severity.NEGLIGIBLE;

import dev.holdfast.check.Rule;
import dev.holdfast.core.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a Docker daemon must be told, by {@code daemon.json} or by the options of its unit. A setting that is not there has the default of
 * Docker 27.
 */
final class Engine {
    /**
     * A demand on the daemon's settings.
     *
     * @param key the setting that a failure is about
     * @param failure what is wrong; empty when it is right
     */
    record SettingDemand(Rule rule, String key, Function<EngineSettings, Optional<String>> failure, String fix) {}

    static final List<SettingDemand> DEMANDS = List.of(
            is(
                    "icc-off",
                    MEDIUM,
                    "icc",
                    "false",
                    "true",
                    "containers on the default bridge talk to each other",
                    "one taken container reaches all others"),
            is(
                    "log-level-info",
                    LOW,
                    "log-level",
                    "info",
                    "info",
                    "the daemon does not log at level info",
                    "less is not enough to follow what happened, more tells secrets"),
            is(
                    "iptables-on",
                    MEDIUM,
                    "iptables",
                    "true",
                    "true",
                    "the daemon does not manage iptables",
                    "published ports are open beyond what was asked"),
            new SettingDemand(
                    Demand.rule(
                            "no-insecure-registry",
                            HIGH,
                            "a registry is used without protection",
                            "images are changed on their way"),
                    "insecure-registries",
                    settings -> nonEmpty(settings.all("insecure-registries"), "insecure-registries holds "),
                    "remove it, and give the registry a certificate"),
            new SettingDemand(
                    Demand.rule(
                            "storage-driver-not-aufs",
                            LOW,
                            "an unsupported storage driver is used",
                            "its flaws are not mended any more"),
                    "storage-driver",
                    settings -> settings.value("storage-driver")
                            .filter(driver -> driver.equals("aufs") || driver.equals("devicemapper"))
                            .map(driver -> "storage-driver is " + driver),
                    "\"storage-driver\": \"overlay2\""),
            new SettingDemand(
                    Demand.rule(
                            "tcp-socket-tls",
                            CRITICAL,
                            "the daemon listens on the network without client certificates",
                            "whoever reaches the port is root on the host"),
                    "hosts",
                    Engine::openSocket,
                    "\"tlsverify\": true with tlscacert, tlscert and tlskey, or no tcp host"),
            new SettingDemand(
                    Demand.rule(
                            "base-device-size",
                            NEGLIGIBLE,
                            "the size of containers' devices is altered",
                            "containers may fill more of the disk than was planned"),
                    "storage-opts",
                    settings -> settings.all("storage-opts").stream()
                            .filter(option -> option.startsWith("dm.basesize="))
                            .findFirst()
                            .map(option -> "storage-opts holds " + option),
                    "remove it"),
            set(
                    "default-ulimits",
                    LOW,
                    "default-ulimits",
                    "containers have no default limits",
                    "one container takes all file handles of the host"),
            set(
                    "userns-remap",
                    MEDIUM,
                    "userns-remap",
                    "root in a container is root of the host",
                    "who leaves a container is root outside of it"),
            unset(
                    "cgroup-parent-default",
                    LOW,
                    "cgroup-parent",
                    "containers run in another cgroup",
                    "limits set for all of them do not hold"),
            set(
                    "authorization-plugin",
                    MEDIUM,
                    "authorization-plugins",
                    "whoever may speak to the daemon may do everything",
                    "there is no way to allow less than all"),
            new SettingDemand(
                    Demand.rule("central-logging", LOW, "logs stay on the host", "who takes the host removes them"),
                    "log-driver",
                    settings -> settings.value("log-driver")
                                    .filter(driver -> !List.of("json-file", "local", "none", "")
                                            .contains(driver))
                                    .isPresent()
                            ? Optional.empty()
                            : Optional.of(settings.value("log-driver")
                                    .map(driver -> "log-driver is " + driver)
                                    .orElse("log-driver is not set, which means json-file")),
                    "\"log-driver\": \"journald\" or one that ships logs elsewhere"),
            is(
                    "no-new-privileges-default",
                    MEDIUM,
                    "no-new-privileges",
                    "true",
                    "false",
                    "programs in containers may gain privileges",
                    "a setuid program in an image makes root of a user"),
            is(
                    "live-restore",
                    LOW,
                    "live-restore",
                    "true",
                    "false",
                    "a restart of the daemon stops all containers",
                    "an update of the engine is put off"),
            is(
                    "userland-proxy-off",
                    LOW,
                    "userland-proxy",
                    "false",
                    "true",
                    "the userland proxy is used",
                    "published ports hide where a request came from"),
            new SettingDemand(
                    Demand.rule(
                            "seccomp-profile-daemon",
                            HIGH,
                            "seccomp is switched off for all containers",
                            "every system call of the kernel is open to them"),
                    "seccomp-profile",
                    settings -> settings.value("seccomp-profile")
                            .filter("unconfined"::equals)
                            .map(value -> "seccomp-profile is unconfined"),
                    "remove it, or name a profile"),
            is(
                    "experimental-off",
                    LOW,
                    "experimental",
                    "false",
                    "false",
                    "experimental features are on",
                    "they are neither finished nor reviewed"));

    private Engine() {}

    static List<Rule> rules() {
        return DEMANDS.stream().map(SettingDemand::rule).toList();
    }

    private static SettingDemand is(
            String id, Severity severity, String key, String wanted, String otherwise, String title, String why) {
        return new SettingDemand(
                Demand.rule(id, severity, title, why),
                key,
                settings -> {
                    Optional<String> value = settings.value(key);
                    return value.orElse(otherwise).equals(wanted)
                            ? Optional.empty()
                            : Optional.of(value.map(is -> key + " is " + is)
                                    .orElse(key + " is not set, which means " + otherwise));
                },
                "\"" + key + "\": " + (wanted.equals("info") ? "\"info\"" : wanted));
    }

    private static SettingDemand set(String id, Severity severity, String key, String title, String why) {
        return new SettingDemand(
                Demand.rule(id, severity, title, why),
                key,
                settings ->
                        settings.value(key).filter(value -> !value.isEmpty()).isPresent()
                                        || !settings.all(key).isEmpty()
                                ? Optional.empty()
                                : Optional.of(key + " is not set"),
                "set " + key);
    }

    private static SettingDemand unset(String id, Severity severity, String key, String title, String why) {
        return new SettingDemand(
                Demand.rule(id, severity, title, why),
                key,
                settings -> settings.value(key).map(value -> key + " is " + value),
                "remove " + key);
    }

    private static Optional<String> nonEmpty(List<String> values, String what) {
        return values.isEmpty() ? Optional.empty() : Optional.of(what + String.join(", ", values));
    }

    private static Optional<String> openSocket(EngineSettings settings) {
        List<String> open = new ArrayList<>();
        for (String host : settings.all("hosts")) {
            if (host.startsWith("tcp://")) {
                open.add(host);
            }
        }
        if (open.isEmpty()) {
            return Optional.empty();
        }
        boolean isVerified = settings.value("tlsverify").filter("true"::equals).isPresent();
        List<String> missing = new ArrayList<>();
        for (String key : List.of("tlscacert", "tlscert", "tlskey")) {
            if (settings.value(key).isEmpty()) {
                missing.add(key);
            }
        }
        if (isVerified && missing.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("it listens on " + String.join(", ", open)
                + (isVerified ? " without " + String.join(", ", missing) : " and tlsverify is not true"));
    }
}
