package dev.holdfast.check.host;

import static dev.holdfast.core.Severity.CRITICAL;
import static dev.holdfast.core.Severity.HIGH;
import static dev.holdfast.core.Severity.LOW;
import static dev.holdfast.core.Severity.MEDIUM;

import dev.holdfast.check.Rule;
import dev.holdfast.core.Severity;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a kubelet must be told, by its configuration ({@code kubelet.config.k8s.io/v1beta1}) or by options. What is taken when a field is not set
 * is the default of the file's API, which is stricter than that of the options of old.
 */
final class Kubelet {
    /**
     * A demand on the file.
     *
     * @param field the field that a failure is about
     * @param failure what is wrong; empty when it is right
     */
    record FieldDemand(
            Rule rule, List<String> field, Function<KubeletSettings, Optional<String>> failure, String fix) {}

    static final List<FieldDemand> DEMANDS = List.of(
            is(
                    "kubelet-anonymous-auth",
                    CRITICAL,
                    "false",
                    "false",
                    "the kubelet answers anonymous requests",
                    "whoever reaches the node runs commands in its pods",
                    "authentication",
                    "anonymous",
                    "enabled"),
            isNot(
                    "kubelet-authz-webhook",
                    CRITICAL,
                    "AlwaysAllow",
                    "Webhook",
                    "the kubelet allows every request",
                    "whoever is known by name runs commands in the pods of the node",
                    "authorization",
                    "mode"),
            set(
                    "kubelet-client-ca",
                    HIGH,
                    "client certificates are not verified",
                    "a forged certificate is taken for the API server",
                    "authentication",
                    "x509",
                    "clientCAFile"),
            is(
                    "kubelet-read-only-port",
                    HIGH,
                    "0",
                    "0",
                    "the read-only port is open",
                    "everybody on the network reads what runs on the node",
                    "readOnlyPort"),
            isNot(
                    "kubelet-streaming-timeout",
                    LOW,
                    "0",
                    "4h0m0s",
                    "idle streams are never closed",
                    "forgotten sessions hold the node's connections",
                    "streamingConnectionIdleTimeout"),
            is(
                    "kubelet-iptables-chains",
                    LOW,
                    "true",
                    "true",
                    "the kubelet does not keep its iptables chains",
                    "rules of others open what should be closed",
                    "makeIPTablesUtilChains"),
            isNot(
                    "kubelet-event-qps",
                    LOW,
                    "0",
                    "50",
                    "events are not limited",
                    "a flood of events fills the store",
                    "eventRecordQPS"),
            new FieldDemand(
                    Demand.rule(
                            "kubelet-tls-cert",
                            MEDIUM,
                            "the kubelet signs its own certificate",
                            "the API server cannot tell it from another"),
                    List.of("tlsCertFile"),
                    settings -> settings.value("tlsCertFile").isPresent()
                                            && settings.value("tlsPrivateKeyFile")
                                                    .isPresent()
                                    || settings.value("serverTLSBootstrap")
                                            .filter(value -> value.text().equals("true"))
                                            .isPresent()
                            ? Optional.empty()
                            : Optional.of("neither tlsCertFile and tlsPrivateKeyFile nor serverTLSBootstrap are set"),
                    "serverTLSBootstrap: true"),
            is(
                    "kubelet-rotate-certs",
                    MEDIUM,
                    "true",
                    "false",
                    "the client certificate is not rotated",
                    "a stolen credential stays good",
                    "rotateCertificates"),
            new FieldDemand(
                    Demand.rule(
                            "kubelet-rotate-server-cert",
                            MEDIUM,
                            "the serving certificate is not rotated",
                            "a stolen key stays good"),
                    List.of("featureGates", "RotateKubeletServerCertificate"),
                    settings -> settings.gate("RotateKubeletServerCertificate")
                            .filter(value -> value.text().equals("false"))
                            .map(_ -> "the feature gate RotateKubeletServerCertificate is false"),
                    "remove it"),
            new FieldDemand(
                    Demand.rule(
                            "kubelet-tls-ciphers",
                            MEDIUM,
                            "weak ciphers are spoken",
                            "what is read on the way is read by others"),
                    List.of("tlsCipherSuites"),
                    settings -> ControlPlane.weakCipher(settings.values("tlsCipherSuites").stream()
                                    .map(KubeletSettings.Value::text)
                                    .toList())
                            .map(cipher -> "tlsCipherSuites holds " + cipher),
                    "leave only TLS 1.3 suites and those with ECDHE and GCM or ChaCha20"),
            new FieldDemand(
                    Demand.rule(
                            "kubelet-pod-pids-limit",
                            MEDIUM,
                            "a pod may start any number of processes",
                            "one pod stops the whole node"),
                    List.of("podPidsLimit"),
                    settings -> settings.value("podPidsLimit")
                                    .filter(value -> !value.text().startsWith("-"))
                                    .isPresent()
                            ? Optional.empty()
                            : Optional.of(settings.value("podPidsLimit")
                                    .map(value -> "podPidsLimit is " + value.text())
                                    .orElse("podPidsLimit is not set")),
                    "podPidsLimit: 4096"),
            new FieldDemand(
                    Demand.rule(
                            "kubelet-hostname-override",
                            LOW,
                            "the node goes by another name than its own",
                            "certificates and logs name a machine that is not the one"),
                    List.of("hostnameOverride"),
                    settings ->
                            settings.value("hostnameOverride").map(value -> "--hostname-override is " + value.text()),
                    "remove it"),
            is(
                    "kubelet-seccomp-default",
                    MEDIUM,
                    "true",
                    "false",
                    "containers start without seccomp",
                    "every system call of the kernel is open to them",
                    "seccompDefault"));

    private Kubelet() {}

    static List<Rule> rules() {
        return DEMANDS.stream().map(FieldDemand::rule).toList();
    }

    private static FieldDemand is(
            String id, Severity severity, String wanted, String otherwise, String title, String why, String... field) {
        return value(id, severity, value -> value.equals(wanted), otherwise, wanted, title, why, field);
    }

    private static FieldDemand isNot(
            String id, Severity severity, String refused, String otherwise, String title, String why, String... field) {
        return value(id, severity, value -> !value.equals(refused), otherwise, otherwise, title, why, field);
    }

    private static FieldDemand value(
            String id,
            Severity severity,
            java.util.function.Predicate<String> isRight,
            String otherwise,
            String wanted,
            String title,
            String why,
            String... field) {
        String name = String.join(".", field);
        return new FieldDemand(
                Demand.rule(id, severity, title, why),
                Arrays.asList(field),
                settings -> {
                    Optional<String> value = settings.value(field).map(KubeletSettings.Value::text);
                    String unset = settings.whenUnset(name, otherwise);
                    return isRight.test(value.orElse(unset))
                            ? Optional.empty()
                            : Optional.of(value.map(is -> name + " is " + is)
                                    .orElse(name + " is not set, which means " + unset));
                },
                name + ": " + wanted);
    }

    private static FieldDemand set(String id, Severity severity, String title, String why, String... field) {
        String name = String.join(".", field);
        return new FieldDemand(
                Demand.rule(id, severity, title, why),
                Arrays.asList(field),
                settings -> settings.value(field)
                                .filter(value -> !value.text().isEmpty())
                                .isPresent()
                        ? Optional.empty()
                        : Optional.of(name + " is not set"),
                "set " + name);
    }
}
