package dev.holdfast.check.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.check.CheckReport;
import dev.holdfast.check.CheckRequest;
import dev.holdfast.check.Checker;
import dev.holdfast.check.Result;
import dev.holdfast.check.Rule;
import dev.holdfast.check.Status;
import dev.holdfast.core.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** For every rule over hosts the files of one that has the weakness, and of one that nearly has it. */
class HostTableTest {
    /** What no file of a host can show: they are never anything but not assessed. */
    private static final Set<String> LIVE = Set.of(
            "partition-for-docker-root",
            "swarm-manager-count",
            "overlay-encrypted-live",
            "swarm-secrets-used",
            "swarm-certificate-rotation",
            "hung-or-privileged-exec",
            "image-sprawl",
            "container-sprawl");

    private static final String DAEMON = "etc/docker/daemon.json";
    private static final String STATE = "var/lib/docker/swarm/docker-state.json";
    private static final String UNIT = "lib/systemd/system/docker.service";
    private static final String DROP_IN = "etc/systemd/system/docker.service.d/10-ours.conf";
    private static final String KUBELET = "var/lib/kubelet/config.yaml";
    private static final String AUDIT = "etc/audit/rules.d/docker.rules";

    @TempDir
    private Path root = Path.of("");

    record Case(String rule, Map<String, String> failing, Map<String, String> passing) {
        @Override
        public String toString() {
            return rule;
        }
    }

    private static Case daemon(String rule, String failing, String passing) {
        return new Case(rule, Map.of(DAEMON, failing), Map.of(DAEMON, passing));
    }

    private static String pod(String program, String... options) {
        StringBuilder pod = new StringBuilder("apiVersion: v1\nkind: Pod\nmetadata: {name: " + program
                + "}\nspec:\n  containers:\n  - name: main\n    command:\n    - /usr/local/bin/" + program
                + "\n    args:\n    - --v=2\n");
        for (String option : options) {
            pod.append("    - \"").append(option).append("\"\n");
        }
        return pod.toString();
    }

    private static Case started(String program, String rule, String failing, String... passing) {
        String file = "etc/kubernetes/manifests/" + program + ".yaml";
        return new Case(
                rule,
                Map.of(file, failing.isEmpty() ? pod(program) : pod(program, failing.split(" "))),
                Map.of(file, pod(program, passing)));
    }

    private static Case server(String rule, String failing, String... passing) {
        return started("kube-apiserver", rule, failing, passing);
    }

    private static Case given(String rule, String option, String failing, String passing) {
        String manifest = "etc/kubernetes/manifests/kube-apiserver.yaml";
        String server = pod("kube-apiserver", option + "=/etc/kubernetes/given.yaml");
        return new Case(
                rule,
                Map.of(manifest, server, "etc/kubernetes/given.yaml", failing),
                Map.of(manifest, server, "etc/kubernetes/given.yaml", passing));
    }

    private static Case kubelet(String rule, String failing, String passing) {
        String head = "apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n";
        return new Case(rule, Map.of(KUBELET, head + failing), Map.of(KUBELET, head + passing));
    }

    private static Case audited(String rule, String path) {
        return new Case(
                rule,
                Map.of(DAEMON, "{}", path, "", AUDIT, "-w /" + path + ".old -k docker\n# -w /" + path + "\n"),
                Map.of(DAEMON, "{}", path, "", AUDIT, "-a always,exit -F path=/" + path + " -F perm=wa -k docker\n"));
    }

    static Stream<Case> cases() {
        return Stream.of(daemons(), swarm(), containment(), audits(), servers(), others(), kubelets())
                .flatMap(stream -> stream);
    }

    private static Stream<Case> daemons() {
        return Stream.of(
                daemon("icc-off", "{\"icc\": true}", "{\"icc\": false}"),
                new Case(
                        "icc-off",
                        Map.of(
                                UNIT, "[Service]\nExecStart=/usr/bin/dockerd --icc=false\n",
                                DROP_IN, "[Service]\nExecStart=\nExecStart=/usr/bin/dockerd \\\n  --icc=true\n",
                                DAEMON, "{}"),
                        Map.of(
                                UNIT,
                                "[Service]\nEnvironmentFile=-/etc/default/docker\nExecStart=/usr/bin/dockerd $DOCKER_OPTS\n",
                                "etc/default/docker",
                                "# --icc=true\nDOCKER_OPTS=\"--icc=false -H fd://\"\n",
                                DAEMON,
                                "{}")),
                daemon("log-level-info", "{\"log-level\": \"debug\"}", "{\"log-level\": \"info\"}"),
                daemon("iptables-on", "{\"iptables\": false}", "{\"ip6tables\": false}"),
                daemon(
                        "no-insecure-registry",
                        "{\"insecure-registries\": [\"10.0.0.0/8\"]}",
                        "{\"insecure-registries\": []}"),
                daemon(
                        "storage-driver-not-aufs",
                        "{\"storage-driver\": \"devicemapper\"}",
                        "{\"storage-driver\": \"btrfs\"}"),
                daemon(
                        "tcp-socket-tls",
                        "{\"hosts\": [\"fd://\", \"tcp://10.0.0.1:2376\"], \"tls\": true, \"tlscacert\": \"/a\", \"tlscert\": \"/b\", \"tlskey\": \"/c\"}",
                        "{\"hosts\": [\"fd://\", \"tcp://10.0.0.1:2376\"], \"tlsverify\": true, \"tlscacert\": \"/a\", \"tlscert\": \"/b\", \"tlskey\": \"/c\"}"),
                daemon(
                        "base-device-size",
                        "{\"storage-opts\": [\"dm.fs=xfs\", \"dm.basesize=50G\"]}",
                        "{\"storage-opts\": [\"overlay2.size=50G\"]}"),
                daemon(
                        "default-ulimits",
                        "{\"default-ulimits\": {}}",
                        "{\"default-ulimits\": {\"nofile\": {\"Hard\": 64000}}}"),
                daemon("userns-remap", "{\"userns-remap\": \"\"}", "{\"userns-remap\": \"default\"}"),
                daemon(
                        "cgroup-parent-default",
                        "{\"cgroup-parent\": \"/foo\"}",
                        "{\"exec-opts\": [\"native.cgroupdriver=systemd\"]}"),
                daemon(
                        "authorization-plugin",
                        "{\"authorization-plugins\": []}",
                        "{\"authorization-plugins\": [\"opa\"]}"),
                daemon("central-logging", "{\"log-driver\": \"json-file\"}", "{\"log-driver\": \"journald\"}"),
                daemon("no-new-privileges-default", "{\"no-new-privileges\": false}", "{\"no-new-privileges\": true}"),
                daemon("live-restore", "{}", "{\"live-restore\": true}"),
                daemon("userland-proxy-off", "{\"userland-proxy\": true}", "{\"userland-proxy\": false}"),
                daemon(
                        "seccomp-profile-daemon",
                        "{\"seccomp-profile\": \"unconfined\"}",
                        "{\"seccomp-profile\": \"/etc/docker/own.json\"}"),
                daemon("experimental-off", "{\"experimental\": true}", "{\"experimental\": false}"),
                new Case(
                        "docker-socket-open",
                        Map.of(
                                DAEMON,
                                "{}",
                                "lib/systemd/system/docker.socket",
                                "[Socket]\nListenStream=/run/docker.sock\nSocketMode=0660\n",
                                "etc/systemd/system/docker.socket.d/tcp.conf",
                                "[Socket]\nListenStream=2375\n"),
                        Map.of(
                                DAEMON,
                                "{}",
                                "lib/systemd/system/docker.socket",
                                "[Socket]\nListenStream=2375\n",
                                "etc/systemd/system/docker.socket.d/tcp.conf",
                                "[Socket]\nListenStream=\nListenStream=127.0.0.1:2375\nListenStream=/run/docker.sock\n")),
                new Case(
                        "docker-socket-open",
                        Map.of(
                                DAEMON,
                                "{}",
                                "lib/systemd/system/docker.socket",
                                "[Socket]\nListenStream=/run/docker.sock\nSocketMode=0666\n"),
                        Map.of(
                                DAEMON,
                                "{}",
                                "lib/systemd/system/docker.socket",
                                "[Socket]\nListenStream=%t/docker.sock\nSocketMode=0660\n")),
                new Case(
                        "docker-group-members",
                        Map.of(DAEMON, "{}", "etc/group", "root:x:0:\ndocker:x:999:ann,bob\n"),
                        Map.of(DAEMON, "{}", "etc/group", "root:x:0:\ndocker:x:999:\ndockers:x:998:ann\n")));
    }

    private static Stream<Case> swarm() {
        String node =
                "{\"LocalAddr\": \"10.0.0.1\", \"ListenAddr\": \"%s\", \"AdvertiseAddr\": \"10.0.0.1:2377\", \"DataPathAddr\": \"%s\"}";
        String open = node.replaceFirst("%s", "0.0.0.0:2377").replaceFirst("%s", "10.0.0.1");
        String bound = node.replaceFirst("%s", "10.0.0.1:2377").replaceFirst("%s", "10.1.0.1");
        String key = "var/lib/docker/swarm/certificates/swarm-node.key";
        return Stream.of(
                new Case(
                        "swarm-mode-needed",
                        Map.of(DAEMON, "{}", STATE, bound),
                        Map.of(DAEMON, "{}", STATE, "{\"LocalAddr\": \"\"}")),
                new Case("swarm-bind-address", Map.of(DAEMON, "{}", STATE, open), Map.of(DAEMON, "{}", STATE, bound)),
                new Case("swarm-planes-split", Map.of(DAEMON, "{}", STATE, open), Map.of(DAEMON, "{}", STATE, bound)),
                new Case(
                        "swarm-autolock",
                        Map.of(DAEMON, "{}", STATE, bound, key, "-----BEGIN EC PRIVATE KEY-----\nraft-dek: x\n"),
                        Map.of(
                                DAEMON,
                                "{}",
                                STATE,
                                bound,
                                key,
                                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nraft-dek: x\n")));
    }

    private static Stream<Case> containment() {
        String package24 =
                "Package: docker-ce\nStatus: install ok installed\nVersion: 5:24.0.7-1~debian.12~bookworm\n\n";
        String package29 =
                "Package: docker-ce-cli\nVersion: 5:24.0.7-1\n\nPackage: docker-ce\nVersion: 5:29.1.2-1~debian.13~trixie\n\n";
        return Stream.of(
                new Case(
                        "mac-not-active",
                        Map.of(DAEMON, "{}", "etc/selinux/config", "SELINUX=enforcing\n"),
                        Map.of(
                                DAEMON,
                                "{\"selinux-enabled\": true}",
                                "etc/selinux/config",
                                "# SELINUX=disabled\nSELINUX=enforcing\n")),
                new Case(
                        "mac-not-active",
                        Map.of(
                                DAEMON,
                                "{}",
                                "etc/apparmor.d/docker",
                                "",
                                "etc/default/grub",
                                "GRUB_CMDLINE_LINUX=\"quiet apparmor=0\"\n"),
                        Map.of(
                                DAEMON,
                                "{}",
                                "etc/apparmor.d/docker",
                                "",
                                "etc/selinux/config",
                                "SELINUX=permissive\n")),
                new Case(
                        "rootless-mode",
                        Map.of(DAEMON, "{}", "etc/systemd/system/multi-user.target.wants/docker.service", ""),
                        Map.of(DAEMON, "{}", UNIT, "[Service]\nExecStart=/usr/bin/dockerd\n")),
                new Case(
                        "docker-version-supported",
                        Map.of(DAEMON, "{}", "var/lib/dpkg/status", package24),
                        Map.of(DAEMON, "{}", "var/lib/dpkg/status", package29)),
                new Case(
                        "content-trust-env",
                        Map.of(
                                DAEMON,
                                "{}",
                                "etc/containers/policy.json",
                                "{\"default\": [{\"type\": \"insecureAcceptAnything\"}]}"),
                        Map.of(
                                DAEMON,
                                "{}",
                                "etc/containers/policy.json",
                                "{\"default\": [{\"type\": \"sigstoreSigned\"}]}")),
                new Case(
                        "content-trust-env",
                        Map.of(DAEMON, "{}", "etc/environment", "DOCKER_CONTENT_TRUST=0\n"),
                        Map.of(DAEMON, "{}", "etc/environment", "PATH=/bin\nDOCKER_CONTENT_TRUST=1\n")));
    }

    private static Stream<Case> audits() {
        return Stream.of(
                audited("audit-dockerd", "usr/bin/dockerd"),
                audited("audit-run-containerd", "run/containerd"),
                audited("audit-docker-data", "var/lib/docker"),
                new Case(
                        "audit-etc-docker",
                        Map.of(DAEMON, "{}", AUDIT, "-w /etc/dockers -k a\n"),
                        Map.of(DAEMON, "{}", AUDIT, "-w /etc/docker/ -p wa -k a\n")),
                audited("audit-docker-service", "usr/lib/systemd/system/docker.service"),
                audited("audit-containerd-socket", "run/containerd/containerd.sock"),
                audited("audit-docker-socket-unit", "usr/lib/systemd/system/docker.socket"),
                audited("audit-default-docker", "etc/default/docker"),
                new Case(
                        "audit-daemon-json",
                        Map.of(DAEMON, "{}", AUDIT, "-w /etc/docker/certs.d -k a\n"),
                        Map.of(DAEMON, "{}", AUDIT, "-a always,exit -F dir=/etc/docker -F perm=wa\n")),
                audited("audit-containerd-config", "etc/containerd/config.toml"),
                audited("audit-sysconfig-docker", "etc/sysconfig/docker"),
                audited("audit-containerd", "usr/bin/containerd"),
                audited("audit-containerd-shim", "usr/bin/containerd-shim"),
                audited("audit-containerd-shim-v1", "usr/bin/containerd-shim-runc-v1"),
                audited("audit-containerd-shim-v2", "usr/bin/containerd-shim-runc-v2"),
                audited("audit-runc", "usr/bin/runc"));
    }

    private static Stream<Case> servers() {
        String policyHead = "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n";
        String authorizers = "apiVersion: apiserver.config.k8s.io/v1\nkind: AuthorizationConfiguration\nauthorizers:\n";
        String authentication = "apiVersion: apiserver.config.k8s.io/v1\nkind: AuthenticationConfiguration\n";
        return Stream.of(
                server("apiserver-anonymous-auth", "--anonymous-auth=true", "--anonymous-auth=false"),
                given(
                        "apiserver-anonymous-auth",
                        "--authentication-config",
                        authentication
                                + "anonymous:\n  enabled: true\n  conditions:\n  - path: /livez\n  - path: /api\n",
                        authentication
                                + "anonymous:\n  enabled: true\n  conditions: [{path: /livez}, {path: /readyz}]\n"),
                given(
                        "apiserver-jwt-unprefixed",
                        "--authentication-config",
                        authentication
                                + "jwt:\n- issuer: {url: https://id.example}\n  claimMappings: {username: {claim: sub, prefix: \"\"}}\n",
                        authentication
                                + "jwt:\n- issuer: {url: https://id.example}\n  claimMappings: {username: {claim: sub, prefix: \"\"}}\n"
                                + "  userValidationRules: [{expression: \"!user.username.startsWith('system:')\"}]\n"
                                + "- issuer: {url: https://b.example}\n  claimMappings: {username: {claim: sub, prefix: 'b:'}}\n"),
                server("apiserver-token-auth-file", "--token-auth-file=/etc/tokens.csv", "--token-auth-file="),
                server(
                        "apiserver-deny-external-ips",
                        "--enable-admission-plugins=NodeRestriction,DenyServiceExternalIPsX",
                        "--enable-admission-plugins=NodeRestriction,DenyServiceExternalIPs"),
                server(
                        "apiserver-kubelet-client-cert",
                        "--kubelet-client-certificate=/a",
                        "--kubelet-client-certificate=/a",
                        "--kubelet-client-key=/b"),
                server(
                        "apiserver-kubelet-ca",
                        "--kubelet-certificate-authority=",
                        "--kubelet-certificate-authority=/ca"),
                server(
                        "apiserver-authz-not-always-allow",
                        "--authorization-mode=RBAC,AlwaysAllow",
                        "--authorization-mode=RBAC"),
                given(
                        "apiserver-authz-not-always-allow",
                        "--authorization-config",
                        authorizers + "- {type: RBAC, name: rbac}\n- {type: AlwaysAllow, name: rest}\n",
                        authorizers + "- {type: RBAC, name: rbac}\n- {type: AlwaysDeny, name: AlwaysAllow}\n"),
                server("apiserver-authz-node", "--authorization-mode=RBAC", "--authorization-mode=Node,RBAC"),
                given(
                        "apiserver-authz-node",
                        "--authorization-config",
                        authorizers + "- {type: RBAC, name: Node}\n",
                        authorizers + "- {type: Node, name: n}\n- {type: RBAC, name: rbac}\n"),
                server(
                        "apiserver-authz-rbac",
                        "--authorization-mode=Node,Webhook",
                        "--authorization-mode=Node,Webhook,RBAC"),
                given(
                        "apiserver-authz-rbac",
                        "--authorization-config",
                        authorizers + "- {type: Node, name: n}\n",
                        authorizers + "- {type: Node, name: n}\n- {type: RBAC, name: rbac}\n"),
                given(
                        "apiserver-authz-webhook-fails-open",
                        "--authorization-config",
                        authorizers
                                + "- type: Webhook\n  name: guard\n  webhook:\n    timeout: 3s\n    failurePolicy: NoOpinion\n",
                        authorizers + "- {type: Webhook, name: guard, webhook: {failurePolicy: Deny}}\n"),
                server(
                        "apiserver-event-rate-limit",
                        "--enable-admission-plugins=NodeRestriction",
                        "--enable-admission-plugins=EventRateLimit"),
                server(
                        "apiserver-no-always-admit",
                        "--enable-admission-plugins=AlwaysAdmit",
                        "--enable-admission-plugins=AlwaysPullImages"),
                server(
                        "apiserver-always-pull-images",
                        "--enable-admission-plugins=AlwaysAdmit",
                        "--enable-admission-plugins=AlwaysPullImages"),
                server(
                        "apiserver-serviceaccount-plugin",
                        "--disable-admission-plugins=ServiceAccount",
                        "--enable-admission-plugins=ServiceAccount"),
                server(
                        "apiserver-namespace-lifecycle",
                        "--disable-admission-plugins=X,NamespaceLifecycle",
                        "--disable-admission-plugins=X"),
                server(
                        "apiserver-node-restriction",
                        "--disable-admission-plugins=NodeRestriction",
                        "--enable-admission-plugins=A,NodeRestriction"),
                server("apiserver-profiling-off", "--profiling", "--profiling=false"),
                server("apiserver-audit-log-path", "--audit-log-path=", "--audit-webhook-config-file=/a"),
                server("apiserver-audit-log-maxage", "--audit-log-maxage=7", "--audit-log-maxage=30"),
                server("apiserver-audit-log-maxbackup", "--audit-log-maxbackup=9", "--audit-log-maxbackup=10"),
                server("apiserver-audit-log-maxsize", "--audit-log-maxsize=many", "--audit-log-maxsize=100"),
                server("apiserver-request-timeout", "--request-timeout=1h0m0s", "--request-timeout=2m30s"),
                server(
                        "apiserver-service-account-lookup",
                        "--service-account-lookup=false",
                        "--service-account-lookup"),
                server(
                        "apiserver-service-account-key",
                        "--service-account-key-file=/k --tls-private-key-file=/k",
                        "--service-account-key-file=/k",
                        "--tls-private-key-file=/l"),
                server("apiserver-etcd-tls", "--etcd-certfile=/a", "--etcd-certfile=/a", "--etcd-keyfile=/b"),
                server("apiserver-etcd-ca", "--etcd-certfile=/a", "--etcd-cafile=/a"),
                server("apiserver-tls-cert", "--tls-cert-file=/a", "--tls-cert-file=/a", "--tls-private-key-file=/b"),
                server("apiserver-client-ca", "--requestheader-client-ca-file=/a", "--client-ca-file=/a"),
                server("apiserver-encryption-config", "", "--encryption-provider-config=/a"),
                given(
                        "apiserver-encryption-provider",
                        "--encryption-provider-config",
                        "kind: EncryptionConfiguration\nresources:\n- resources: [configmaps]\n  providers: [{aesgcm: {}}]\n"
                                + "- resources: [secrets]\n  providers:\n  - identity: {}\n  - aesgcm: {}\n",
                        "kind: EncryptionConfiguration\nresources:\n- resources: ['*.*']\n  providers:\n  - kms: {apiVersion: v2}\n  - identity: {}\n"),
                server(
                        "apiserver-tls-ciphers",
                        "--tls-cipher-suites=TLS_AES_128_GCM_SHA256,TLS_RSA_WITH_AES_128_GCM_SHA256",
                        "--tls-cipher-suites=TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"),
                server(
                        "apiserver-token-extension-off",
                        "--service-account-extend-token-expiration=true",
                        "--service-account-extend-token-expiration=false"),
                server("audit-policy-present", "--audit-log-path=/a", "--audit-policy-file=/a"),
                given(
                        "audit-policy-coverage",
                        "--audit-policy-file",
                        policyHead
                                + "- level: None\n  verbs: [get]\n  resources: [{group: '', resources: [configmaps]}]\n- level: Metadata\n",
                        policyHead
                                + "- level: None\n  users: ['system:kube-proxy']\n- level: None\n  userGroups: ['system:nodes']\n"
                                + "- level: None\n  nonResourceURLs: ['/healthz*']\n- level: Metadata\n"),
                given(
                        "audit-policy-logs-secrets",
                        "--audit-policy-file",
                        policyHead
                                + "- {level: Metadata, namespaces: [kube-system]}\n- level: RequestResponse\n  resources: [{group: ''}]\n- level: Metadata\n",
                        policyHead
                                + "- level: Metadata\n  resources: [{group: '', resources: [secrets, 'serviceaccounts/token']},"
                                + " {group: authentication.k8s.io, resources: ['*']}]\n- level: RequestResponse\n"));
    }

    private static Stream<Case> others() {
        String etcd = "etc/kubernetes/manifests/etcd.yaml";
        String api = "etc/kubernetes/manifests/kube-apiserver.yaml";
        String server = pod("kube-apiserver", "--client-ca-file=/etc/kubernetes/pki/ca.crt");
        String manager = "kube-controller-manager";
        return Stream.of(
                started(
                        manager,
                        "kcm-terminated-pod-gc",
                        "--terminated-pod-gc-threshold=0",
                        "--terminated-pod-gc-threshold=10"),
                started(manager, "kcm-profiling-off", "--profiling=true", "--profiling=false"),
                started(
                        manager,
                        "kcm-sa-credentials",
                        "--use-service-account-credentials=false",
                        "--use-service-account-credentials"),
                started(manager, "kcm-sa-private-key", "--root-ca-file=/a", "--service-account-private-key-file=/a"),
                started(manager, "kcm-root-ca", "--service-account-private-key-file=/a", "--root-ca-file=/a"),
                started(
                        manager,
                        "kcm-rotate-kubelet-server-cert",
                        "--feature-gates=A=true,RotateKubeletServerCertificate=false",
                        "--feature-gates=RotateKubeletServerCertificate=true"),
                started(manager, "kcm-bind-localhost", "--bind-address=0.0.0.0", "--bind-address=127.0.0.1"),
                started("kube-scheduler", "scheduler-profiling-off", "--profiling=true", "--profiling=false"),
                started("kube-scheduler", "scheduler-bind-localhost", "--bind-address=::", "--bind-address=127.0.0.1"),
                started("etcd", "etcd-cert-key", "--cert-file=/a", "--cert-file=/a", "--key-file=/b"),
                started("etcd", "etcd-client-cert-auth", "--client-cert-auth=false", "--client-cert-auth"),
                started("etcd", "etcd-no-auto-tls", "--auto-tls", "--auto-tls=false"),
                started(
                        "etcd",
                        "etcd-peer-cert-key",
                        "--peer-key-file=/b",
                        "--peer-cert-file=/a",
                        "--peer-key-file=/b"),
                started("etcd", "etcd-peer-client-cert-auth", "--client-cert-auth", "--peer-client-cert-auth=true"),
                started("etcd", "etcd-no-peer-auto-tls", "--peer-auto-tls=true", "--auto-tls=true"),
                new Case(
                        "etcd-own-ca",
                        Map.of(
                                api,
                                server,
                                etcd,
                                pod("etcd", "--trusted-ca-file=/etc/kubernetes/pki/etcd/ca.crt"),
                                "etc/kubernetes/pki/ca.crt",
                                "the same",
                                "etc/kubernetes/pki/etcd/ca.crt",
                                "the same"),
                        Map.of(
                                api,
                                server,
                                etcd,
                                pod("etcd", "--trusted-ca-file=/etc/kubernetes/pki/etcd/ca.crt"),
                                "etc/kubernetes/pki/ca.crt",
                                "one",
                                "etc/kubernetes/pki/etcd/ca.crt",
                                "another")));
    }

    private static Stream<Case> kubelets() {
        String unit = "lib/systemd/system/kubelet.service";
        String addition = "usr/lib/systemd/system/kubelet.service.d/10-kubeadm.conf";
        String kubeadm = "[Service]\nEnvironment=\"KUBELET_CONFIG_ARGS=--config=/var/lib/kubelet/config.yaml\"\n"
                + "EnvironmentFile=-/var/lib/kubelet/kubeadm-flags.env\nEnvironmentFile=-/etc/default/kubelet\n"
                + "ExecStart=\nExecStart=/usr/bin/kubelet $KUBELET_CONFIG_ARGS $KUBELET_KUBEADM_ARGS $KUBELET_EXTRA_ARGS\n";
        String safe = "kind: KubeletConfiguration\nreadOnlyPort: 0\n";
        return Stream.of(
                kubelet(
                        "kubelet-anonymous-auth",
                        "authentication: {anonymous: {enabled: true}}\n",
                        "authentication: {x509: {}}\n"),
                new Case(
                        "kubelet-anonymous-auth",
                        Map.of(
                                unit,
                                "[Service]\nExecStart=/usr/bin/kubelet\n",
                                addition,
                                kubeadm,
                                KUBELET,
                                safe,
                                "var/lib/kubelet/kubeadm-flags.env",
                                "KUBELET_KUBEADM_ARGS=\"--v=2 --anonymous-auth=true\"\n"),
                        Map.of(
                                unit, "[Service]\nExecStart=/usr/bin/kubelet --anonymous-auth=true\n",
                                addition, kubeadm,
                                KUBELET, safe)),
                new Case(
                        "kubelet-anonymous-auth",
                        Map.of(unit, "[Service]\nExecStart=/usr/bin/kubelet --kubeconfig=/a\n", "etc/kubernetes/a", ""),
                        Map.of(
                                unit,
                                "[Service]\nExecStart=/usr/bin/kubelet --kubeconfig=/a --anonymous-auth=false\n",
                                "etc/kubernetes/a",
                                "")),
                kubelet(
                        "kubelet-authz-webhook",
                        "authorization: {mode: AlwaysAllow}\n",
                        "authorization: {webhook: {}}\n"),
                kubelet(
                        "kubelet-client-ca",
                        "authentication: {x509: {clientCAFile: ''}}\n",
                        "authentication: {x509: {clientCAFile: /ca}}\n"),
                kubelet("kubelet-read-only-port", "readOnlyPort: 10255\n", "port: 10255\n"),
                new Case(
                        "kubelet-read-only-port",
                        Map.of(
                                unit,
                                "[Service]\nExecStart=/usr/bin/kubelet --config=/etc/kubernetes/k.yaml --config-dir=/etc/kubernetes/k.d\n",
                                "etc/kubernetes/k.yaml",
                                safe,
                                "etc/kubernetes/k.d/10-a.conf",
                                "readOnlyPort: 0\n",
                                "etc/kubernetes/k.d/20-b.conf",
                                "{\"readOnlyPort\": 10255}\n"),
                        Map.of(
                                unit,
                                "[Service]\nExecStart=/usr/bin/kubelet --config=/etc/kubernetes/k.yaml --config-dir=/etc/kubernetes/k.d\n",
                                "etc/kubernetes/k.yaml",
                                "readOnlyPort: 10255\n",
                                "etc/kubernetes/k.d/20-b.conf",
                                "readOnlyPort: 0\n")),
                kubelet(
                        "kubelet-streaming-timeout",
                        "streamingConnectionIdleTimeout: 0\n",
                        "streamingConnectionIdleTimeout: 5m\n"),
                kubelet("kubelet-iptables-chains", "makeIPTablesUtilChains: false\n", "makeIPTablesUtilChains: true\n"),
                new Case(
                        "kubelet-hostname-override",
                        Map.of(
                                unit,
                                "[Service]\nEnvironmentFile=/etc/default/kubelet\nExecStart=/usr/bin/kubelet ${ARGS}\n",
                                KUBELET,
                                safe,
                                "etc/default/kubelet",
                                "ARGS=--hostname-override=a\n"),
                        Map.of(
                                unit,
                                "[Service]\nExecStart=/usr/bin/kubelet\n",
                                KUBELET,
                                safe,
                                "etc/default/kubelet",
                                "ARGS=--hostname-override=a\n")),
                kubelet("kubelet-event-qps", "eventRecordQPS: 0\n", "eventRecordQPS: 5\n"),
                kubelet("kubelet-tls-cert", "tlsCertFile: /a\n", "serverTLSBootstrap: true\n"),
                kubelet("kubelet-rotate-certs", "rotateCertificates: false\n", "rotateCertificates: true\n"),
                kubelet(
                        "kubelet-rotate-server-cert",
                        "featureGates: {RotateKubeletServerCertificate: false}\n",
                        "featureGates: {RotateKubeletServerCertificate: true}\n"),
                kubelet(
                        "kubelet-tls-ciphers",
                        "tlsCipherSuites: [TLS_AES_128_GCM_SHA256, TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA]\n",
                        "tlsCipherSuites: [TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256]\n"),
                kubelet("kubelet-pod-pids-limit", "podPidsLimit: -1\n", "podPidsLimit: 4096\n"),
                kubelet("kubelet-seccomp-default", "seccompDefault: false\n", "seccompDefault: true\n"),
                new Case(
                        "kube-proxy-metrics-localhost",
                        Map.of(KUBELET, safe, "var/lib/kube-proxy/config.conf", "metricsBindAddress: 0.0.0.0:10249\n"),
                        Map.of(
                                KUBELET,
                                safe,
                                "var/lib/kube-proxy/config.conf",
                                "metricsBindAddress: ''\nhealthzBindAddress: 0.0.0.0:1\n")));
    }

    /** The files below a root of their own. */
    private Path host(String name, Map<String, String> files) throws IOException {
        Path host = root.resolve(name);
        write(host, "etc/passwd", "root:x:0:0:root:/root:/bin/sh\n");
        write(host, "etc/group", "root:x:0:\ndocker:x:999:\n");
        Files.createDirectories(host.resolve("etc/kubernetes"));
        for (Map.Entry<String, String> file : files.entrySet()) {
            write(host, file.getKey(), file.getValue());
        }
        return host;
    }

    private static void write(Path host, String path, String text) throws IOException {
        Path file = host.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    private static List<Result> of(Path host, String rule, Status status) throws Exception {
        CheckReport report = new Checker(Limits.DEFAULT)
                .check(CheckRequest.ofHost("host", host).profile(Rule.Profile.STRICT));
        assertThat(report.results()).noneMatch(result -> result.status() == Status.ERROR);
        return report.results().stream()
                .filter(result -> result.rule().equals(rule) && result.status() == status)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void blamesTheHostAndNotItsHarmlessNeighbour(Case each) throws Exception {
        List<Result> failures = of(host("failing", each.failing()), each.rule(), Status.FAIL);
        assertThat(failures).hasSize(1);
        assertThat(failures.getFirst().message()).isNotBlank();
        assertThat(failures.getFirst().fix()).isNotBlank();
        assertThat(of(host("passing", each.passing()), each.rule(), Status.FAIL))
                .isEmpty();
    }

    static Stream<FileDemand> demands() {
        return Stream.concat(FileDemand.ENGINE.stream(), FileDemand.KUBERNETES_FILES.stream());
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all =
                PosixFilePermission.values(); // owner's, group's and others', each read, write, execute
        for (int bit = 0; bit < 9; bit++) {
            if ((mode & (0400 >> bit)) != 0) {
                permissions.add(all[bit]);
            }
        }
        return permissions;
    }

    private static Path meant(Path host, FileDemand demand) throws IOException {
        if (demand.isFolder()) {
            return Files.createDirectories(host.resolve(demand.folder().substring(1)));
        }
        List<String> names = List.of(
                "docker.service",
                "docker.socket",
                "daemon.json",
                "docker",
                "docker.sock",
                "containerd.sock",
                "kube-apiserver.yaml",
                "kube-controller-manager.yaml",
                "kube-scheduler.yaml",
                "etcd.yaml",
                "10-net.conflist",
                "admin.conf",
                "scheduler.conf",
                "controller-manager.conf",
                "ca.crt",
                "ca.key",
                "10-kubeadm.conf",
                "kubelet.conf",
                "config.yaml",
                "kubeconfig.conf");
        String name = names.stream().filter(demand.isMeant()).findFirst().orElseThrow();
        write(host, demand.folder().substring(1) + "/" + name, "");
        return host.resolve(demand.folder().substring(1) + "/" + name);
    }

    @ParameterizedTest
    @MethodSource("demands")
    void blamesWhatAFileGrantsBeyondItsDemand(FileDemand demand) throws Exception {
        Path host = host("files", Map.of(DAEMON, "{}"));
        Path file = meant(host, demand);
        Files.setPosixFilePermissions(file, permissions(demand.allowed()));
        assertThat(of(host, demand.permissions().id(), Status.FAIL)).isEmpty();
        Files.setPosixFilePermissions(file, permissions(demand.allowed() | 0002));
        assertThat(of(host, demand.permissions().id(), Status.FAIL)).isNotEmpty();
        assumeTrue(Files.getAttribute(file, "unix:uid").equals(0), "only root can give files away");
        assertThat(of(host, demand.owner().id(), Status.FAIL)).isEmpty();
        Files.setAttribute(file, "unix:uid", 12_345);
        assertThat(of(host, demand.owner().id(), Status.FAIL)).isNotEmpty();
    }

    @Test
    void looksAtTheFilesThatSettingsName() throws Exception {
        Path host = host(
                "named",
                Map.of(
                        DAEMON,
                        "{\"tlscacert\": \"/srv/ca.pem\", \"tlscert\": \"/srv/cert.pem\", \"tlskey\": \"/srv/key.pem\"}",
                        "srv/ca.pem",
                        "",
                        "srv/cert.pem",
                        "",
                        "srv/key.pem",
                        "",
                        "etc/docker/certs.d/registry.example:5000/ca.crt",
                        "",
                        KUBELET,
                        "authentication: {x509: {clientCAFile: /srv/clients.pem}}\n",
                        "srv/clients.pem",
                        ""));
        Map<String, String> named = Map.of(
                "docker-tls-ca-perms", "srv/ca.pem",
                "docker-tls-cert-perms", "srv/cert.pem",
                "docker-tls-key-perms", "srv/key.pem",
                "registry-certs-perms", "etc/docker/certs.d/registry.example:5000/ca.crt",
                "kubelet-ca-perms", "srv/clients.pem");
        for (Map.Entry<String, String> one : named.entrySet()) {
            Path file = host.resolve(one.getValue());
            Files.setPosixFilePermissions(file, permissions(0666));
            assertThat(of(host, one.getKey(), Status.FAIL))
                    .singleElement()
                    .satisfies(result -> assertThat(result.path()).isEqualTo("/" + one.getValue()));
            Files.setPosixFilePermissions(file, permissions(0400));
            assertThat(of(host, one.getKey(), Status.FAIL)).isEmpty();
            assertThat(of(host, one.getKey(), Status.PASS)).hasSize(1);
        }
    }

    @Test
    void everyRuleHasAnExample() {
        Set<String> rules = new HashSet<>();
        HostInspection.rules().forEach(rule -> rules.add(rule.id()));
        cases().forEach(each -> rules.remove(each.rule()));
        FileDemand.all()
                .forEach(demand -> rules.removeAll(
                        List.of(demand.permissions().id(), demand.owner().id())));
        assertThat(rules).isEqualTo(LIVE);
    }
}
