package dev.holdfast.check.host;

import static dev.holdfast.core.Severity.CRITICAL;
import static dev.holdfast.core.Severity.HIGH;
import static dev.holdfast.core.Severity.LOW;
import static dev.holdfast.core.Severity.MEDIUM;

import dev.holdfast.check.Rule;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.tree.Node;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a kubelet's configuration file must say ({@code kubelet.config.k8s.io/v1beta1}). What is taken when a field is not set is the default
 * of the file's API, which is stricter than that of the options of old.
 */
final class Kubelet {
    /**
     * A demand on the file.
     *
     * @param field the field that a failure is about
     * @param failure what is wrong; empty when it is right
     */
    record FieldDemand(Rule rule, List<String> field, Function<Node, Optional<String>> failure, String fix) {}

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
                    file -> file.textAt("tlsCertFile").isPresent()
                                            && file.textAt("tlsPrivateKeyFile").isPresent()
                                    || isTrue(file, "serverTLSBootstrap")
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
                    file -> file.at("featureGates", "RotateKubeletServerCertificate")
                                    .filter(Node::isFalse)
                                    .isPresent()
                            ? Optional.of("featureGates.RotateKubeletServerCertificate is false")
                            : Optional.empty(),
                    "remove it"),
            new FieldDemand(
                    Demand.rule(
                            "kubelet-tls-ciphers",
                            MEDIUM,
                            "weak ciphers are spoken",
                            "what is read on the way is read by others"),
                    List.of("tlsCipherSuites"),
                    file -> ControlPlane.weakCipher(file.get("tlsCipherSuites").stream()
                                    .flatMap(list -> list.elements().stream())
                                    .flatMap(each -> each.textAt().stream())
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
                    file -> file.textAt("podPidsLimit")
                                    .filter(value -> !value.startsWith("-"))
                                    .isPresent()
                            ? Optional.empty()
                            : Optional.of(file.textAt("podPidsLimit")
                                    .map(value -> "podPidsLimit is " + value)
                                    .orElse("podPidsLimit is not set")),
                    "podPidsLimit: 4096"),
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
                file -> {
                    Optional<String> value = file.textAt(field);
                    return isRight.test(value.orElse(otherwise))
                            ? Optional.empty()
                            : Optional.of(value.map(is -> name + " is " + is)
                                    .orElse(name + " is not set, which means " + otherwise));
                },
                name + ": " + wanted);
    }

    private static FieldDemand set(String id, Severity severity, String title, String why, String... field) {
        String name = String.join(".", field);
        return new FieldDemand(
                Demand.rule(id, severity, title, why),
                Arrays.asList(field),
                file -> file.textAt(field).filter(value -> !value.isEmpty()).isPresent()
                        ? Optional.empty()
                        : Optional.of(name + " is not set"),
                "set " + name);
    }

    private static boolean isTrue(Node file, String field) {
        return file.get(field).filter(Node::isTrue).isPresent();
    }
}
