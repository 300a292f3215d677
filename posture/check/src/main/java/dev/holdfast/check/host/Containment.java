package dev.holdfast.check.host;

import static dev.holdfast.core.Severity.LOW;
import static dev.holdfast.core.Severity.MEDIUM;

import dev.holdfast.check.EndedReleases;
import dev.holdfast.check.Findings;
import dev.holdfast.check.Rule;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.tree.Place;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What keeps the containers of a Docker host apart from it, looked at as a set: mandatory access control by AppArmor or by SELinux, one of which
 * is enough; who the daemon runs as; whether its version is still mended; whether only signed images run.
 */
final class Containment {
    private static final Rule NO_CONTROL = Demand.rule(
            "mac-not-active",
            MEDIUM,
            "neither AppArmor nor SELinux holds containers",
            "nothing but file permissions is between a process that got out and the host");
    private static final Rule ROOTFUL = Demand.rule(
                    "rootless-mode",
                    MEDIUM,
                    "the daemon runs as root",
                    "a flaw in the daemon is a flaw of the whole host")
            .strict();
    private static final Rule VERSION = Demand.rule(
            "docker-version-supported",
            Severity.HIGH,
            "the engine is of a release that nobody mends",
            "known ways out of containers stay open");
    private static final Rule TRUST = Demand.rule(
                    "content-trust-env",
                    LOW,
                    "images run whoever made them",
                    "an image that somebody put in its place cannot be told from it")
            .strict();
    private static final Rule EXEC = Demand.rule(
            "hung-or-privileged-exec",
            LOW,
            "sessions in containers have more rights than they need",
            "a forgotten session is a way in");
    private static final Rule IMAGES = Demand.rule(
            "image-sprawl", LOW, "many images lie unused", "an old image with known flaws is started by mistake");
    private static final Rule CONTAINERS = Demand.rule(
            "container-sprawl",
            LOW,
            "many stopped containers lie around",
            "what they hold is forgotten and not cleaned up");

    /** {@code 5:24.0.7-1~debian.12~bookworm}. */
    private static final Pattern ENGINE = Pattern.compile("(?:\\d+:)?(\\d+\\.\\d+)[.-].*");

    private Containment() {}

    static List<Rule> rules() {
        return List.of(NO_CONTROL, ROOTFUL, VERSION, TRUST, EXEC, IMAGES, CONTAINERS);
    }

    static void inspect(HostFiles files, EngineSettings settings) {
        control(files, settings);
        rootful(files);
        version(files);
        trust(files);
        Findings live = files.in("/var/lib/docker");
        live.notAssessed(EXEC, "dockerd", Place.START, "only the running host knows its sessions");
        live.notAssessed(IMAGES, "dockerd", Place.START, "only the engine knows which images are used");
        live.notAssessed(CONTAINERS, "dockerd", Place.START, "only the engine knows which containers run");
    }

    private static void control(HostFiles files, EngineSettings settings) {
        String grub = files.root().text("/etc/default/grub").orElse("");
        boolean isAppArmor = files.root().has("/etc/apparmor.d") && !grub.matches("(?s).*\\bapparmor=0\\b.*");
        String selinux = files.root().text("/etc/selinux/config").orElse("");
        boolean isEnforcing =
                selinux.lines().map(String::strip).anyMatch(line -> line.equalsIgnoreCase("SELINUX=enforcing"))
                        && !grub.matches("(?s).*\\b(selinux=0|enforcing=0)\\b.*");
        boolean isTold =
                settings.value("selinux-enabled").filter("true"::equals).isPresent();
        String path = selinux.isEmpty() ? "/etc/apparmor.d" : "/etc/selinux/config";
        Findings here = files.in(path);
        if (isAppArmor || isEnforcing && isTold) {
            here.pass(NO_CONTROL, "the host", Place.START);
            return;
        }
        String found = isEnforcing
                ? "SELinux is enforcing, and the daemon is not told so (selinux-enabled), so it does not label containers"
                : selinux.isEmpty()
                        ? "there is neither /etc/apparmor.d nor /etc/selinux/config"
                        : "SELinux is not enforcing, and there is no /etc/apparmor.d";
        here.fail(NO_CONTROL, "the host", Place.START)
                .says(found + "; " + NO_CONTROL.why())
                .fix(
                        isEnforcing
                                ? "\"selinux-enabled\": true in daemon.json"
                                : "install AppArmor, or set SELINUX=enforcing")
                .add();
    }

    private static void rootful(HostFiles files) {
        String link = "/etc/systemd/system/multi-user.target.wants/docker.service";
        Findings here = files.in(link);
        if (files.root().has(link)) {
            here.fail(ROOTFUL, "dockerd", Place.START)
                    .says("docker.service starts the daemon as root; " + ROOTFUL.why())
                    .fix("dockerd-rootless-setuptool.sh install, where the containers need no more")
                    .add();
        } else {
            here.notAssessed(
                    ROOTFUL,
                    "dockerd",
                    Place.START,
                    "no unit of the system starts the daemon, and who does cannot be told");
        }
    }

    private static void version(HostFiles files) {
        String status = "/var/lib/dpkg/status";
        Optional<String> version = files.root().text(status).flatMap(Containment::dockerCe);
        Findings here = files.in(status);
        if (version.isEmpty()) {
            here.notAssessed(
                    VERSION,
                    "dockerd",
                    Place.START,
                    "the version of Docker's own package is not known here; holdfast scan tells of others");
            return;
        }
        Optional<EndedReleases.Release> ended = EndedReleases.of("docker-engine", version.get());
        if (ended.isPresent()) {
            here.fail(VERSION, "dockerd", Place.START)
                    .says("docker-ce is " + version.get() + ", and support of "
                            + ended.get().name() + " has ended; " + VERSION.why())
                    .fix("update docker-ce and containerd.io")
                    .add();
        } else {
            here.pass(VERSION, "dockerd", Place.START);
        }
    }

    /** The release of the package docker-ce in dpkg's list: paragraphs of {@code Key: value}. */
    private static Optional<String> dockerCe(String status) {
        int from = ("\n" + status).indexOf("\nPackage: docker-ce\n");
        if (from < 0) {
            return Optional.empty();
        }
        int end = status.indexOf("\n\n", from);
        return status.substring(from, end < 0 ? status.length() : end)
                .lines()
                .filter(line -> line.startsWith("Version: "))
                .map(line -> ENGINE.matcher(line.substring(9).strip()))
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .findFirst();
    }

    private static void trust(HostFiles files) {
        boolean isSet = List.of("/etc/environment", "/etc/profile", "/etc/profile.d/docker.sh").stream()
                .anyMatch(file -> files.root()
                        .text(file)
                        .filter(text -> text.matches("(?s).*\\bDOCKER_CONTENT_TRUST=[\"']?1\\b.*"))
                        .isPresent());
        String policy = "/etc/containers/policy.json";
        boolean isBound = files.read(policy)
                .flatMap(node -> node.get("default"))
                .filter(list -> !list.elements().isEmpty())
                .flatMap(list -> list.elements().getFirst().textAt("type"))
                .map(type -> type.toLowerCase(Locale.ROOT))
                .filter(type -> type.equals("reject") || type.equals("signedby") || type.equals("sigstoresigned"))
                .isPresent();
        Findings here = files.in(policy);
        if (isSet || isBound) {
            here.pass(TRUST, "dockerd", Place.START);
        } else {
            here.fail(TRUST, "dockerd", Place.START)
                    .says("neither DOCKER_CONTENT_TRUST=1 nor a policy for signatures is set; " + TRUST.why())
                    .fix("set one of them, or let the cluster's admission ask for signatures")
                    .add();
        }
    }
}
