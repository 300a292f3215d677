package dev.holdfast.check.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.check.CheckReport;
import dev.holdfast.check.CheckRequest;
import dev.holdfast.check.Checker;
import dev.holdfast.check.Registries;
import dev.holdfast.check.Result;
import dev.holdfast.check.Rule;
import dev.holdfast.check.join.KnownImages;
import dev.holdfast.check.kubernetes.relation.Relations;
import dev.holdfast.core.Limits;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** For every rule an object that has the weakness and one that nearly has it. */
class RuleTableTest {
    /** Without a weakness of their own; they tell that something is no object, or not one that is known. */
    private static final Set<String> TELLING_NOTHING = Set.of("custom-resource", "kustomize-patch");

    record Case(String rule, String failing, String passing) {
        @Override
        public String toString() {
            return rule;
        }
    }

    private static String pod(String spec) {
        return "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {" + spec + "}\n";
    }

    private static String container(String fields) {
        return pod("containers: [{name: c, image: 'web:1', " + fields + "}]");
    }

    private static String context(String fields) {
        return container("securityContext: {" + fields + "}");
    }

    /** The pod's own setting, and a container that has it or not. */
    private static String both(String ofPod, String ofContainer) {
        return pod("securityContext: {" + ofPod + "}, containers: [{name: c, image: 'web:1', securityContext: {"
                + ofContainer + "}}]");
    }

    private static String mount(String path, String mount) {
        return pod("volumes: [{name: v, hostPath: {path: " + path
                + "}}], containers: [{name: c, image: 'web:1', volumeMounts: [{name: v, mountPath: /x" + mount
                + "}]}]");
    }

    private static String object(String version, String kind, String rest) {
        return "apiVersion: " + version + "\nkind: " + kind + "\nmetadata: {name: o}\n" + rest + "\n";
    }

    private static String role(String rule) {
        return object("rbac.authorization.k8s.io/v1", "ClusterRole", "rules: [" + rule + "]");
    }

    private static String binding(String role, String subject) {
        return object(
                "rbac.authorization.k8s.io/v1",
                "ClusterRoleBinding",
                "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: " + role + "}\nsubjects: ["
                        + subject + "]");
    }

    private static String grant(String group, String resource, String verb) {
        return role("{apiGroups: ['" + group + "'], resources: ['" + resource + "'], verbs: ['" + verb + "']}");
    }

    private static String webhook(String fields) {
        return object(
                "admissionregistration.k8s.io/v1",
                "ValidatingWebhookConfiguration",
                "webhooks: [{name: w.x.io, clientConfig: {service: {name: s, namespace: guard}}, sideEffects: None,"
                        + " admissionReviewVersions: [v1], " + fields + "}]");
    }

    private static final String PODS =
            "rules: [{apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [pods]}]";

    static Stream<Case> cases() {
        String rbac = "rbac.authorization.k8s.io";
        return Stream.of(
                new Case("privileged-container", context("privileged: true"), context("privileged: 'true'")),
                new Case(
                        "privilege-escalation-allowed",
                        context("runAsNonRoot: true"),
                        context("allowPrivilegeEscalation: false")),
                new Case(
                        "capabilities-not-dropped",
                        context("capabilities: {drop: [NET_RAW]}"),
                        context("capabilities: {drop: [all]}")),
                new Case(
                        "dangerous-capability",
                        context("capabilities: {drop: [ALL], add: [SYS_PTRACE]}"),
                        context("capabilities: {drop: [ALL], add: [CHOWN, NET_BIND_SERVICE]}")),
                new Case(
                        "capability-unknown",
                        context("capabilities: {drop: [CAP_NET_RAW]}"),
                        context("capabilities: {drop: [net_raw]}")),
                new Case(
                        "seccomp-not-set",
                        context("runAsNonRoot: true"),
                        both("seccompProfile: {type: RuntimeDefault}", "runAsUser: 5")),
                new Case(
                        "seccomp-unconfined",
                        both("seccompProfile: {type: RuntimeDefault}", "seccompProfile: {type: Unconfined}"),
                        both("", "seccompProfile: {type: Localhost, localhostProfile: p.json}")),
                new Case(
                        "apparmor-unconfined",
                        both("", "appArmorProfile: {type: Unconfined}"),
                        both("appArmorProfile: {type: RuntimeDefault}", "")),
                new Case(
                        "selinux-disabled",
                        both("seLinuxOptions: {type: spc_t}", ""),
                        both("seLinuxOptions: {level: 's0:c1,c2', type: container_t}", "")),
                new Case(
                        "writable-root-filesystem",
                        context("readOnlyRootFilesystem: false"),
                        context("readOnlyRootFilesystem: true")),
                new Case(
                        "contradicting-privileges",
                        context("privileged: true, allowPrivilegeEscalation: false"),
                        context("privileged: false, allowPrivilegeEscalation: false")),
                new Case(
                        "host-network",
                        pod("hostNetwork: yes, containers: [{name: c, image: 'web:1'}]"),
                        pod("hostNetwork: no, containers: [{name: c, image: 'web:1'}]")),
                new Case(
                        "host-pid",
                        pod("hostPID: true, containers: [{name: c, image: 'web:1'}]"),
                        pod("hostIPC: true, containers: [{name: c, image: 'web:1'}]")),
                new Case(
                        "host-ipc",
                        pod("hostIPC: true, containers: [{name: c, image: 'web:1'}]"),
                        pod("hostPID: true, containers: [{name: c, image: 'web:1'}]")),
                new Case(
                        "host-port",
                        container("ports: [{containerPort: 80, hostPort: 80}]"),
                        container("ports: [{containerPort: 80, hostPort: 0}]")),
                new Case(
                        "windows-host-process",
                        both("windowsOptions: {hostProcess: true}", ""),
                        both("windowsOptions: {runAsUserName: u}", "")),
                new Case(
                        "proc-mount-unmasked",
                        context("procMount: Unmasked"),
                        pod(
                                "hostUsers: false, containers: [{name: c, image: 'web:1', securityContext: {procMount: Unmasked}}]")),
                new Case(
                        "probe-or-lifecycle-host",
                        container("livenessProbe: {httpGet: {host: 10.0.0.1, port: 80}}"),
                        container("livenessProbe: {httpGet: {host: '', port: 80}}")),
                new Case(
                        "share-process-namespace",
                        pod("shareProcessNamespace: true, containers: [{name: c, image: 'web:1'}]"),
                        pod("shareProcessNamespace: false, containers: [{name: c, image: 'web:1'}]")),
                new Case(
                        "host-users",
                        container("tty: false"),
                        pod("hostUsers: false, containers: [{name: c, image: 'web:1'}]")),
                new Case(
                        "unsafe-sysctl",
                        both("sysctls: [{name: kernel.msgmax, value: '1'}]", ""),
                        both("sysctls: [{name: net.ipv4.tcp_rmem, value: '1'}]", "")),
                new Case(
                        "runtime-socket-mounted",
                        mount("/run/containerd/containerd.sock", ", readOnly: true"),
                        mount("/run/myapp/app.sock", "")),
                new Case(
                        "sensitive-host-path", mount("/etc//kubernetes/", ", readOnly: true"), mount("/srv/files", "")),
                new Case(
                        "host-path-volume",
                        mount("/srv/files", ""),
                        pod("volumes: [{name: v}], containers: [{name: c, image: 'web:1'}]")),
                new Case(
                        "mount-propagation-shared",
                        mount("/srv", ", mountPropagation: Bidirectional"),
                        mount("/srv", ", mountPropagation: HostToContainer")),
                new Case("runs-as-root", both("runAsUser: 0", ""), both("runAsUser: 0", "runAsUser: 1000")),
                new Case(
                        "run-as-non-root-missing",
                        both("runAsNonRoot: true", "runAsNonRoot: false"),
                        both("runAsNonRoot: true", "")),
                new Case(
                        "root-against-non-root",
                        both("runAsNonRoot: true", "runAsUser: 0"),
                        both("runAsNonRoot: true", "runAsUser: 1")),
                new Case("run-as-user-low", both("", "runAsUser: 1000"), both("", "runAsUser: 10001")),
                new Case("run-as-group-zero", both("runAsGroup: 0", ""), both("runAsGroup: 0", "runAsGroup: 7")),
                new Case(
                        "image-latest-or-untagged",
                        pod("containers: [{name: c, image: 'reg:5000/web'}]"),
                        pod("containers: [{name: c, image: 'reg:5000/web:1'}]")),
                new Case(
                        "image-not-digest-pinned",
                        container("tty: false"),
                        pod("containers: [{name: c, image: 'web@sha256:aa'}]")),
                new Case(
                        "image-registry-not-allowed",
                        pod("containers: [{name: c, image: 'ghcr.io/acme-evil/web:1'}]"),
                        pod("containers: [{name: c, image: 'ghcr.io/acme/web:1'}]")),
                new Case(
                        "image-pull-policy",
                        pod("containers: [{name: c, image: web, imagePullPolicy: IfNotPresent}]"),
                        pod("containers: [{name: c, image: web}]")),
                new Case(
                        "memory-unlimited",
                        container("resources: {limits: {cpu: 1}}"),
                        container("resources: {limits: {memory: 64Mi}}")),
                new Case(
                        "cpu-unlimited",
                        container("resources: {requests: {cpu: 1}}"),
                        pod("resources: {limits: {cpu: 1}}, containers: [{name: c, image: 'web:1'}]")),
                new Case(
                        "memory-request-missing",
                        container("resources: {requests: {cpu: 1}}"),
                        container("resources: {limits: {memory: 64Mi}}")),
                new Case(
                        "cpu-request-missing",
                        container("resources: {requests: {memory: 1Gi}}"),
                        container("resources: {limits: {cpu: 1}}")),
                new Case(
                        "ephemeral-storage-limit-missing",
                        container("tty: false"),
                        container("resources: {limits: {ephemeral-storage: 1Gi}}")),
                new Case(
                        "service-account-token-automount",
                        container("tty: false"),
                        pod("serviceAccountName: web, containers: [{name: c, image: 'web:1'}]")),
                new Case(
                        "default-service-account",
                        pod("serviceAccountName: default, containers: [{name: c, image: 'web:1'}]"),
                        pod("serviceAccount: web, containers: [{name: c, image: 'web:1'}]")),
                new Case(
                        "service-account-deprecated-field",
                        pod("serviceAccount: web, containers: [{name: c, image: 'web:1'}]"),
                        pod("serviceAccountName: web, serviceAccount: web, containers: [{name: c, image: 'web:1'}]")),
                new Case(
                        "healthcheck-missing",
                        container("tty: false"),
                        container("startupProbe: {exec: {command: [ok]}}")),
                new Case(
                        "probe-port-unknown",
                        container("ports: [{containerPort: 80, name: web}], readinessProbe: {httpGet: {port: http}}"),
                        container("ports: [{containerPort: 80, name: web}], readinessProbe: {httpGet: {port: 8080}}")),
                new Case(
                        "dangerous-toleration",
                        pod("tolerations: [{operator: Exists}], containers: [{name: c, image: 'web:1'}]"),
                        pod(
                                "tolerations: [{operator: Exists, effect: NoExecute}], containers: [{name: c, image: 'web:1'}]")),
                new Case(
                        "priority-class-system",
                        pod("priorityClassName: system-node-critical, containers: [{name: c, image: 'web:1'}]"),
                        pod("priorityClassName: high, containers: [{name: c, image: 'web:1'}]")),
                new Case(
                        "node-name-pinned",
                        pod("nodeName: n1, containers: [{name: c, image: 'web:1'}]"),
                        pod("nodeName: , containers: [{name: c, image: 'web:1'}]")),
                new Case("stdin-tty", container("tty: true"), container("tty: false")),
                new Case(
                        "host-aliases-set",
                        pod("hostAliases: [{ip: 10.0.0.1, hostnames: [a]}], containers: [{name: c, image: 'web:1'}]"),
                        container("tty: false")),
                new Case(
                        "duplicate-env",
                        container("env: [{name: A, value: '1'}, {name: A, value: '2'}]"),
                        container("env: [{name: A, value: '1'}, {name: a, value: '2'}]")),
                new Case(
                        "secret-in-environment",
                        container("env: [{name: DB_PASSWORD, value: 'Tr0ub4dor&3xq'}]"),
                        container("env: [{name: DB_PASSWORD_FILE, value: /run/secrets/db}]")),
                new Case(
                        "secret-in-command",
                        container("args: ['--password=Tr0ub4dor&3xq']"),
                        container("args: ['--password=$(DB_PASSWORD)']")),
                new Case(
                        "secret-as-env-var",
                        container("env: [{name: A, valueFrom: {secretKeyRef: {name: s, key: k}}}]"),
                        container("env: [{name: A, valueFrom: {configMapKeyRef: {name: s, key: k}}}]")),
                new Case(
                        "secret-in-configuration",
                        object("v1", "ConfigMap", "data: {app.properties: \"a=1\\ndb.password=Tr0ub4dor&3xq\\n\"}"),
                        object("v1", "ConfigMap", "data: {password.file: /run/secrets/db}")),
                new Case(
                        "secret-manifest-plain",
                        object("v1", "Secret", "data: {token: czNjcjN0LXYxLXRva2Vu}"),
                        object("v1", "Secret", "stringData: {password: '<your password>', username: admin}")),
                new Case(
                        "last-applied-holds-secret",
                        "apiVersion: v1\nkind: Secret\nmetadata: {name: o, annotations: {kubectl.kubernetes.io/last-applied-configuration: '{\"data\":{\"a\":\"Yg==\"}}'}}\n",
                        object("v1", "Secret", "type: Opaque")),
                new Case("unknown-field", context("privilaged: true"), context("privileged: false")),
                new Case(
                        "duplicate-field",
                        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: o}\ndata: {a: '1', a: '2'}\n",
                        object("v1", "ConfigMap", "data: {a: '1', A: '2'}")),
                new Case(
                        "field-of-wrong-type",
                        container("ports: [{containerPort: http}]"),
                        container("livenessProbe: {httpGet: {port: http}}, ports: [{name: http, containerPort: 80}]")),
                new Case(
                        "deprecated-api-version",
                        object("extensions/v1beta1", "Ingress", "spec: {}"),
                        object("networking.k8s.io/v1", "Ingress", "spec: {}")),
                new Case(
                        "service-external-ips",
                        object("v1", "Service", "spec: {externalIPs: [10.0.0.1]}"),
                        object("v1", "Service", "spec: {externalIPs: []}")),
                new Case(
                        "service-open-load-balancer",
                        object("v1", "Service", "spec: {type: LoadBalancer}"),
                        object("v1", "Service", "spec: {type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8]}")),
                new Case(
                        "service-node-port",
                        object("v1", "Service", "spec: {type: NodePort}"),
                        object("v1", "Service", "spec: {ports: [{port: 80}]}")),
                new Case(
                        "ingress-no-tls",
                        object("networking.k8s.io/v1", "Ingress", "spec: {rules: [{host: a.example}]}"),
                        object("networking.k8s.io/v1", "Ingress", "spec: {tls: [{secretName: s}]}")),
                new Case(
                        "ingress-wildcard-host",
                        object("networking.k8s.io/v1", "Ingress", "spec: {rules: [{host: '*.example'}]}"),
                        object("networking.k8s.io/v1", "Ingress", "spec: {rules: [{host: a.example}]}")),
                new Case(
                        "ingress-nginx-snippet",
                        "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: o, annotations: {nginx.ingress.kubernetes.io/server-snippet: x}}\n",
                        "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: o, annotations: {nginx.ingress.kubernetes.io/rewrite-target: /}}\n"),
                new Case(
                        "network-policy-allows-all",
                        object("networking.k8s.io/v1", "NetworkPolicy", "spec: {podSelector: {}, ingress: [{}]}"),
                        object("networking.k8s.io/v1", "NetworkPolicy", "spec: {podSelector: {}, ingress: []}")),
                new Case(
                        "network-policy-egress-open",
                        object(
                                "networking.k8s.io/v1",
                                "NetworkPolicy",
                                "spec: {podSelector: {}, egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0}}]}]}"),
                        object(
                                "networking.k8s.io/v1",
                                "NetworkPolicy",
                                "spec: {podSelector: {}, egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0, except: [169.254.169.254/32]}}]}]}")),
                new Case(
                        "cluster-admin-binding",
                        binding("cluster-admin", "{kind: User, name: ann}"),
                        binding("view", "{kind: User, name: cluster-admin}")),
                new Case(
                        "anonymous-bound",
                        binding("view", "{kind: Group, name: 'system:unauthenticated'}"),
                        binding("view", "{kind: Group, name: ops}")),
                new Case(
                        "authenticated-group-bound",
                        binding("view", "{kind: Group, name: 'system:authenticated'}"),
                        binding("view", "{kind: Group, name: 'system:nodes'}")),
                new Case(
                        "system-masters-group",
                        binding("view", "{kind: Group, name: 'system:masters'}"),
                        binding("view", "{kind: Group, name: masters}")),
                new Case(
                        "default-sa-bound",
                        binding("view", "{kind: ServiceAccount, name: default, namespace: a}"),
                        binding("view", "{kind: User, name: default}")),
                new Case("wildcard-all", grant("*", "*", "*"), grant("*", "*", "get")),
                new Case("wildcard-verbs", grant("apps", "deployments", "*"), grant("apps", "deployments", "get")),
                new Case("wildcard-resources", grant("", "*", "get"), grant("", "pods", "get")),
                new Case(
                        "read-secrets",
                        grant("", "secrets", "list"),
                        role("{apiGroups: [''], resources: [secrets], resourceNames: [mine], verbs: [get]}")),
                new Case("escalate-verb", grant(rbac, "clusterroles", "escalate"), grant(rbac, "clusterroles", "get")),
                new Case("bind-verb", grant(rbac, "roles", "bind"), grant("apps", "roles", "bind")),
                new Case("impersonate-verb", grant("", "users", "impersonate"), grant("", "pods", "impersonate")),
                new Case("nodes-proxy", grant("", "nodes/*", "get"), grant("", "nodes", "get")),
                new Case(
                        "csr-approve",
                        grant("certificates.k8s.io", "certificatesigningrequests/approval", "update"),
                        grant("certificates.k8s.io", "certificatesigningrequests", "get")),
                new Case(
                        "manage-rbac-objects",
                        grant(rbac, "rolebindings", "create"),
                        grant(rbac, "rolebindings", "list")),
                new Case(
                        "webhook-config-write",
                        grant("admissionregistration.k8s.io", "mutatingwebhookconfigurations", "patch"),
                        grant("admissionregistration.k8s.io", "mutatingwebhookconfigurations", "watch")),
                new Case(
                        "serviceaccount-token-create",
                        grant("", "serviceaccounts/token", "create"),
                        grant("", "serviceaccounts", "create")),
                new Case("pods-exec-attach", grant("", "pods/exec", "create"), grant("", "pods/log", "get")),
                new Case("create-pods", grant("batch", "cronjobs", "create"), grant("batch", "cronjobs", "get")),
                new Case(
                        "namespace-or-node-labels",
                        grant("", "namespaces", "patch"),
                        role("{apiGroups: [''], resources: [namespaces], resourceNames: [mine], verbs: [patch]}")),
                new Case(
                        "persistent-volume-create",
                        grant("", "persistentvolumes", "create"),
                        grant("", "persistentvolumeclaims", "create")),
                new Case(
                        "network-objects-write",
                        grant("networking.k8s.io", "networkpolicies", "update"),
                        grant("networking.k8s.io", "networkpolicies", "get")),
                new Case("delete-logs-or-events", grant("", "events", "delete"), grant("", "events", "create")),
                new Case(
                        "webhook-fail-open",
                        webhook("failurePolicy: Ignore, " + PODS),
                        webhook(PODS + ", namespaceSelector: {matchLabels: {a: b}}")),
                new Case(
                        "webhook-self-lock",
                        webhook(PODS),
                        webhook(
                                PODS
                                        + ", namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: NotIn, values: [guard, kube-system]}]}")),
                new Case(
                        "webhook-timeout-long",
                        webhook("timeoutSeconds: 30, " + PODS),
                        webhook("timeoutSeconds: 10, " + PODS)),
                new Case(
                        "namespace-no-psa-label",
                        object("v1", "Namespace", ""),
                        "apiVersion: v1\nkind: Namespace\nmetadata: {name: o, labels: {pod-security.kubernetes.io/enforce: baseline}}\n"),
                new Case(
                        "namespace-psa-privileged",
                        "apiVersion: v1\nkind: Namespace\nmetadata: {name: o, labels: {pod-security.kubernetes.io/enforce: privileged}}\n",
                        "apiVersion: v1\nkind: Namespace\nmetadata: {name: kube-system, labels: {pod-security.kubernetes.io/enforce: privileged}}\n"),
                new Case(
                        "namespace-default",
                        "apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: default}\nspec: {containers: [{name: c, image: 'web:1'}]}\n",
                        container("tty: false")),
                new Case(
                        "pv-host-path",
                        object("v1", "PersistentVolume", "spec: {hostPath: {path: /data}}"),
                        object("v1", "PersistentVolume", "spec: {nfs: {server: s, path: /}}")),
                new Case(
                        "pdb-forbids-eviction",
                        object("policy/v1", "PodDisruptionBudget", "spec: {maxUnavailable: 0}"),
                        object("policy/v1", "PodDisruptionBudget", "spec: {maxUnavailable: 1}")),
                new Case("selector-mismatch", deployment("web", "api"), deployment("web", "web")));
    }

    private static String deployment(String selected, String labelled) {
        return object(
                "apps/v1",
                "Deployment",
                "spec: {selector: {matchLabels: {app: " + selected + "}}, template: {metadata: {labels: {app: "
                        + labelled + "}}, spec: {containers: [{name: c, image: 'web:1'}]}}}");
    }

    private static List<Result> failures(String text, String rule) throws Exception {
        CheckReport report = new Checker(Limits.DEFAULT)
                .check(CheckRequest.ofText("o.yaml", text)
                        .profile(Rule.Profile.STRICT)
                        .registries(new Registries(List.of("ghcr.io/acme", "docker.io/library"))));
        assertThat(report.gaps()).isEmpty();
        return report.failures().stream()
                .filter(result -> result.rule().equals(rule))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void findsTheWeaknessAndOnlyIt(Case each) throws Exception {
        assertThat(failures(each.failing(), each.rule())).hasSize(1).allSatisfy(result -> {
            assertThat(result.message()).isNotBlank();
            assertThat(result.fix()).isNotBlank();
            assertThat(result.place().line()).isPositive();
        });
        assertThat(failures(each.passing(), each.rule())).isEmpty();
    }

    @Test
    void noRuleIsWithoutExamples() {
        Set<String> untried = new HashSet<>();
        new KubernetesInspection(new KnownImages()).rules().forEach(rule -> untried.add(rule.id()));
        cases().forEach(each -> untried.remove(each.rule()));
        new Relations(_ -> List.of()).rules().forEach(rule -> untried.remove(rule.id())); // theirs are with their test
        untried.removeAll(TELLING_NOTHING);
        assertThat(untried).isEmpty();
    }
}
