package dev.holdfast.check.host;

import static dev.holdfast.core.Severity.CRITICAL;
import static dev.holdfast.core.Severity.HIGH;
import static dev.holdfast.core.Severity.LOW;
import static dev.holdfast.core.Severity.MEDIUM;

import dev.holdfast.check.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the programs of a control plane must be started with. The kubelet starts them as pods from the files of
 * {@code /etc/kubernetes/manifests}; their options are the words of {@code command} and {@code args}. What is taken when an option is not
 * set is the default of Kubernetes 1.37.
 */
final class ControlPlane {
    private static final String ANYBODY = "whoever reaches the port is let in without a name";
    private static final String CLEAR = "what is read on the way is read by others, and may be changed";
    private static final String STOLEN = "a stolen or forged credential stays good";
    private static final String UNSEEN = "what an attacker did cannot be found out later";

    private static final Pattern DURATION =
            Pattern.compile("(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})(?:\\.\\d+)?s)?");

    /** The strong ciphers; the names are Go's. */
    private static final List<String> WEAK_CIPHER_WORDS = List.of("_RC4_", "_3DES_", "_CBC_", "TLS_RSA_WITH_");

    private static final List<Demand> API_SERVER = List.of(
            new Demand(
                    Demand.rule("apiserver-anonymous-auth", HIGH, "anonymous requests are answered", ANYBODY),
                    "anonymous-auth",
                    flags -> flags.value("anonymous-auth", "true").equals("false")
                            ? Optional.empty()
                            : Optional.of(
                                    flags.isSet("anonymous-auth")
                                            ? "--anonymous-auth is " + flags.value("anonymous-auth", "")
                                            : "--anonymous-auth is not set, which means true"),
                    "--anonymous-auth=false, or an AuthenticationConfiguration that allows health paths only"),
            Demand.unset("apiserver-token-auth-file", HIGH, "token-auth-file", "static tokens are used", STOLEN),
            Demand.holds(
                    "apiserver-deny-external-ips",
                    MEDIUM,
                    "enable-admission-plugins",
                    "DenyServiceExternalIPs",
                    "services may claim foreign addresses",
                    "whoever may create a service can draw the traffic of others to it"),
            Demand.set(
                    "apiserver-kubelet-client-cert",
                    HIGH,
                    "kubelets cannot tell the API server from others",
                    CLEAR,
                    "kubelet-client-certificate",
                    "kubelet-client-key"),
            Demand.set(
                    "apiserver-kubelet-ca",
                    HIGH,
                    "the certificates of kubelets are not verified",
                    CLEAR,
                    "kubelet-certificate-authority"),
            new Demand(
                    Demand.rule(
                            "apiserver-authz-not-always-allow",
                            CRITICAL,
                            "every request is allowed",
                            "whoever is known by name may do everything"),
                    "authorization-mode",
                    flags -> flags.list("authorization-mode").isEmpty()
                            ? Optional.of("--authorization-mode is not set, which means AlwaysAllow")
                            : flags.list("authorization-mode").contains("AlwaysAllow")
                                    ? Optional.of("--authorization-mode holds AlwaysAllow")
                                    : Optional.empty(),
                    "--authorization-mode=Node,RBAC"),
            authorizer(
                    "apiserver-authz-node",
                    MEDIUM,
                    "Node",
                    "kubelets are not held to their own node",
                    "a stolen kubelet credential reads the secrets of all nodes"),
            authorizer(
                    "apiserver-authz-rbac", HIGH, "RBAC", "RBAC does not decide", "roles and bindings have no effect"),
            Demand.holds(
                    "apiserver-event-rate-limit",
                    LOW,
                    "enable-admission-plugins",
                    "EventRateLimit",
                    "events are not limited",
                    "a flood of events fills the store"),
            Demand.lacks(
                    "apiserver-no-always-admit",
                    HIGH,
                    "enable-admission-plugins",
                    "AlwaysAdmit",
                    "every object is admitted",
                    "no admission rule has an effect"),
            Demand.holds(
                    "apiserver-always-pull-images",
                    LOW,
                    "enable-admission-plugins",
                    "AlwaysPullImages",
                    "images on a node are used without credentials",
                    "a pod runs a private image that another one pulled"),
            Demand.lacks(
                    "apiserver-serviceaccount-plugin",
                    MEDIUM,
                    "disable-admission-plugins",
                    "ServiceAccount",
                    "service accounts are not given out",
                    "pods run without an identity that can be bounded"),
            Demand.lacks(
                    "apiserver-namespace-lifecycle",
                    MEDIUM,
                    "disable-admission-plugins",
                    "NamespaceLifecycle",
                    "objects appear in namespaces that are going",
                    "what is thought to be removed stays"),
            Demand.holds(
                    "apiserver-node-restriction",
                    HIGH,
                    "enable-admission-plugins",
                    "NodeRestriction",
                    "kubelets may change other nodes",
                    "one taken node changes the labels of others and draws pods to itself"),
            Demand.is(
                    "apiserver-profiling-off",
                    LOW,
                    "profiling",
                    "false",
                    "true",
                    "profiling is on",
                    "the profile tells of the inside of the program"),
            new Demand(
                    Demand.rule("apiserver-audit-log-path", HIGH, "no audit log is written", UNSEEN),
                    "audit-log-path",
                    flags -> flags.isSet("audit-log-path") || flags.isSet("audit-webhook-config-file")
                            ? Optional.empty()
                            : Optional.of("neither --audit-log-path nor --audit-webhook-config-file is set"),
                    "--audit-log-path=/var/log/kubernetes/audit.log"),
            Demand.atLeast(
                    "apiserver-audit-log-maxage",
                    MEDIUM,
                    "audit-log-maxage",
                    30,
                    "audit logs are removed too soon",
                    UNSEEN),
            Demand.atLeast(
                    "apiserver-audit-log-maxbackup",
                    MEDIUM,
                    "audit-log-maxbackup",
                    10,
                    "too few audit logs are kept",
                    UNSEEN),
            Demand.atLeast(
                    "apiserver-audit-log-maxsize",
                    MEDIUM,
                    "audit-log-maxsize",
                    100,
                    "audit logs are rotated too soon",
                    UNSEEN),
            new Demand(
                    Demand.rule(
                            "apiserver-service-account-lookup", MEDIUM, "tokens of removed accounts stay good", STOLEN),
                    "service-account-lookup",
                    flags -> flags.value("service-account-lookup", "true").equals("true")
                            ? Optional.empty()
                            : Optional.of("--service-account-lookup is " + flags.value("service-account-lookup", "")),
                    "--service-account-lookup=true"),
            new Demand(
                    Demand.rule(
                            "apiserver-service-account-key",
                            MEDIUM,
                            "service account tokens have no key of their own",
                            STOLEN),
                    "service-account-key-file",
                    flags -> !flags.isSet("service-account-key-file")
                            ? Optional.of("--service-account-key-file is not set")
                            : flags.value("service-account-key-file", "")
                                            .equals(flags.value("tls-private-key-file", "none"))
                                    ? Optional.of("the key of the tokens is the key of the server")
                                    : Optional.empty(),
                    "--service-account-key-file=/etc/kubernetes/pki/sa.pub"),
            Demand.set(
                    "apiserver-etcd-tls",
                    HIGH,
                    "the API server shows etcd no certificate",
                    CLEAR,
                    "etcd-certfile",
                    "etcd-keyfile"),
            Demand.set("apiserver-etcd-ca", HIGH, "the certificate of etcd is not verified", CLEAR, "etcd-cafile"),
            Demand.set(
                    "apiserver-tls-cert",
                    HIGH,
                    "the API server has no certificate of its own",
                    CLEAR,
                    "tls-cert-file",
                    "tls-private-key-file"),
            Demand.set("apiserver-client-ca", HIGH, "client certificates are not verified", ANYBODY, "client-ca-file"),
            Demand.set(
                    "apiserver-encryption-config",
                    HIGH,
                    "secrets are stored in clear text",
                    "whoever reads the store or a copy of it reads every secret",
                    "encryption-provider-config"),
            new Demand(
                    Demand.rule("apiserver-tls-ciphers", MEDIUM, "weak ciphers are spoken", CLEAR),
                    "tls-cipher-suites",
                    flags -> weakCipher(flags.list("tls-cipher-suites"))
                            .map(cipher -> "--tls-cipher-suites holds " + cipher),
                    "leave only TLS 1.3 suites and those with ECDHE and GCM or ChaCha20"),
            Demand.is(
                    "apiserver-token-extension-off",
                    LOW,
                    "service-account-extend-token-expiration",
                    "false",
                    "true",
                    "old tokens live for a year",
                    STOLEN),
            new Demand(
                    Demand.rule(
                            "apiserver-request-timeout",
                            LOW,
                            "requests may take very long",
                            "slow requests hold the server's places for others"),
                    "request-timeout",
                    flags -> isSane(flags.value("request-timeout", "1m0s"))
                            ? Optional.empty()
                            : Optional.of("--request-timeout is " + flags.value("request-timeout", "")),
                    "--request-timeout=60s"),
            Demand.set("audit-policy-present", HIGH, "there is no audit policy", UNSEEN, "audit-policy-file"));

    private static final List<Demand> CONTROLLER_MANAGER = List.of(
            new Demand(
                    Demand.rule(
                            "kcm-terminated-pod-gc",
                            LOW,
                            "ended pods are kept without need",
                            "a loop of pods that end at once fills the store"),
                    "terminated-pod-gc-threshold",
                    flags -> flags.value("terminated-pod-gc-threshold", "").matches("0*[1-9]\\d{0,3}")
                            ? Optional.empty()
                            : Optional.of(
                                    flags.isSet("terminated-pod-gc-threshold")
                                            ? "--terminated-pod-gc-threshold is "
                                                    + flags.value("terminated-pod-gc-threshold", "")
                                            : "--terminated-pod-gc-threshold is not set, which means 12500"),
                    "--terminated-pod-gc-threshold=100"),
            Demand.is(
                    "kcm-profiling-off",
                    LOW,
                    "profiling",
                    "false",
                    "true",
                    "profiling is on",
                    "the profile tells of the inside of the program"),
            Demand.is(
                    "kcm-sa-credentials",
                    MEDIUM,
                    "use-service-account-credentials",
                    "true",
                    "false",
                    "all controllers share one account",
                    "a flaw in one controller has the rights of all"),
            Demand.set(
                    "kcm-sa-private-key",
                    MEDIUM,
                    "service account tokens have no key of their own",
                    STOLEN,
                    "service-account-private-key-file"),
            Demand.set("kcm-root-ca", MEDIUM, "pods cannot verify the API server", CLEAR, "root-ca-file"),
            new Demand(
                    Demand.rule(
                            "kcm-rotate-kubelet-server-cert",
                            MEDIUM,
                            "certificates of kubelets are not rotated",
                            STOLEN),
                    "feature-gates",
                    flags -> flags.list("feature-gates").contains("RotateKubeletServerCertificate=false")
                            ? Optional.of("--feature-gates holds RotateKubeletServerCertificate=false")
                            : Optional.empty(),
                    "take RotateKubeletServerCertificate=false out of --feature-gates"),
            Demand.is(
                    "kcm-bind-localhost",
                    MEDIUM,
                    "bind-address",
                    "127.0.0.1",
                    "0.0.0.0",
                    "the controller manager is open to the network",
                    "its port tells of the cluster"));

    private static final List<Demand> SCHEDULER = List.of(
            Demand.is(
                    "scheduler-profiling-off",
                    LOW,
                    "profiling",
                    "false",
                    "true",
                    "profiling is on",
                    "the profile tells of the inside of the program"),
            Demand.is(
                    "scheduler-bind-localhost",
                    MEDIUM,
                    "bind-address",
                    "127.0.0.1",
                    "0.0.0.0",
                    "the scheduler is open to the network",
                    "its port tells of the cluster"));

    private static final List<Demand> ETCD = List.of(
            Demand.set("etcd-cert-key", HIGH, "etcd speaks in clear text", CLEAR, "cert-file", "key-file"),
            Demand.is(
                    "etcd-client-cert-auth",
                    CRITICAL,
                    "client-cert-auth",
                    "true",
                    "false",
                    "etcd asks clients for no certificate",
                    "whoever reaches the port reads and writes the whole cluster"),
            Demand.unset("etcd-no-auto-tls", HIGH, "auto-tls", "etcd makes its own certificates", CLEAR),
            Demand.set(
                    "etcd-peer-cert-key",
                    HIGH,
                    "peers of etcd speak in clear text",
                    CLEAR,
                    "peer-cert-file",
                    "peer-key-file"),
            Demand.is(
                    "etcd-peer-client-cert-auth",
                    HIGH,
                    "peer-client-cert-auth",
                    "true",
                    "false",
                    "peers of etcd ask for no certificate",
                    "whoever reaches the port joins the store"),
            Demand.unset(
                    "etcd-no-peer-auto-tls",
                    HIGH,
                    "peer-auto-tls",
                    "peers of etcd make their own certificates",
                    CLEAR));

    /** By the name of the program. */
    static final Map<String, List<Demand>> DEMANDS = Map.of(
            "kube-apiserver", API_SERVER,
            "kube-controller-manager", CONTROLLER_MANAGER,
            "kube-scheduler", SCHEDULER,
            "etcd", ETCD);

    private ControlPlane() {}

    static List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        DEMANDS.values().forEach(demands -> demands.forEach(demand -> rules.add(demand.rule())));
        return rules;
    }

    private static Demand authorizer(
            String id, dev.holdfast.core.Severity severity, String word, String title, String why) {
        return new Demand(
                Demand.rule(id, severity, title, why),
                "authorization-mode",
                flags -> flags.list("authorization-mode").contains(word)
                        ? Optional.empty()
                        : Optional.of("--authorization-mode does not hold " + word),
                "add " + word + " to --authorization-mode");
    }

    /** A duration of Go between a second and five minutes. */
    private static boolean isSane(String duration) {
        Matcher matcher = DURATION.matcher(duration);
        if (!matcher.matches()) {
            return false;
        }
        long seconds = number(matcher.group(1)) * 3_600 + number(matcher.group(2)) * 60 + number(matcher.group(3));
        return seconds >= 1 && seconds <= 300;
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    /** The first cipher that is known to be weak. */
    static Optional<String> weakCipher(List<String> ciphers) {
        return ciphers.stream()
                .filter(cipher -> WEAK_CIPHER_WORDS.stream().anyMatch(cipher::contains))
                .findFirst();
    }
}
