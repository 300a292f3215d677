package dev.holdfast.check.kubernetes.relation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.check.CheckReport;
import dev.holdfast.check.CheckRequest;
import dev.holdfast.check.Checker;
import dev.holdfast.check.Result;
import dev.holdfast.check.Rule;
import dev.holdfast.check.Status;
import dev.holdfast.core.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What only several objects together tell: for each rule a set that has the weakness at a line, and one that nearly has it. */
class RelationsTest {
    @TempDir
    private Path folder = Path.of("");

    record Case(String rule, int line, String failing, String passing) {
        @Override
        public String toString() {
            return rule + " " + line;
        }
    }

    /** A deployment of five lines, whose pods have the label app, and a port of the name http. */
    private static String web(String name, String ofPod) {
        return "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: " + name
                + "}\nspec: {selector: {matchLabels: {app: " + name + "}}, template: {metadata: {labels: {app: " + name
                + "}}, spec: {" + ofPod
                + "containers: [{name: c, image: 'web:1', ports: [{name: http, containerPort: 8080}]}]}}}\n";
    }

    private static String service(String selector, String port) {
        return "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  selector: {" + selector
                + "}\n  ports: [{port: 80, targetPort: " + port + "}]\n";
    }

    private static String ingress(String service, String port) {
        return "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: i}\nspec:\n  rules:\n  - http:\n      paths:\n"
                + "      - backend: {service: {name: " + service + ", port: {number: " + port + "}}}\n---\n";
    }

    private static String policy(String selector) {
        return "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: n}\nspec:\n  podSelector: "
                + selector + "\n";
    }

    private static String budget(String app) {
        return "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: b}\nspec:\n  selector: {matchLabels: {app: "
                + app + "}}\n";
    }

    private static String scaler(String target) {
        return "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: h}\nspec:\n"
                + "  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: " + target + "}\n";
    }

    private static String object(String kind, String name) {
        return "---\napiVersion: v1\nkind: " + kind + "\nmetadata: {name: " + name + "}\n";
    }

    private static String rights(String role) {
        return "---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: agent}\n"
                + "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: reader}\n"
                + "rules: [{apiGroups: [''], resources: [" + role + "], verbs: [get, list]}]\n"
                + "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: b}\n"
                + "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader}\n"
                + "subjects: [{kind: ServiceAccount, name: agent, namespace: tools}]\n";
    }

    private static String binding(String role) {
        return "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: b}\n"
                + "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: " + role + "}\n"
                + "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: reader}\nrules: []\n";
    }

    private static String webhook(String service, String selector) {
        return "apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata: {name: w}\nwebhooks:\n"
                + "- name: w.x.io\n  sideEffects: None\n  admissionReviewVersions: [v1]\n"
                + "  clientConfig: {service: {name: " + service + ", namespace: guard}}\n"
                + "  rules: [{apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [pods]}]\n"
                + "  namespaceSelector: " + selector + "\n";
    }

    private static final String GUARD =
            "---\napiVersion: v1\nkind: Service\nmetadata: {name: guard, namespace: guard}\nspec: {ports: [{port: 443}]}\n";

    private static String mounting(String volume) {
        return web("web", "volumes: [{name: v, " + volume + "}], ");
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case(
                        "service-selects-nothing",
                        5,
                        service("app: api", "http") + web("web", ""),
                        service("app: web", "http") + web("web", "")),
                new Case(
                        "service-selects-nothing",
                        5,
                        service("app: web, tier: x", "http") + web("web", ""),
                        "apiVersion: v1\nkind: ReplicationController\nmetadata: {name: r}\nspec:\n  selector: {app: old}\n"
                                + "  template: {metadata: {labels: {app: old}}, spec: {containers: [{name: c, image: 'web:1'}]}}\n---\n"
                                + service("app: old", "8080") + web("web", "")),
                new Case(
                        "service-selects-nothing",
                        5,
                        service("app: db, statefulset.kubernetes.io/pod-name: db-0", "1") + web("web", ""),
                        service("app: web, statefulset.kubernetes.io/pod-name: web-0", "1") + web("web", "")),
                new Case(
                        "service-target-port-missing",
                        6,
                        service("app: web", "https") + web("web", ""),
                        service("app: web", "9090") + web("web", "")),
                new Case(
                        "ingress-backend-missing",
                        8,
                        ingress("api", "80") + service("app: web", "http"),
                        ingress("web", "80") + service("app: web", "http")),
                new Case(
                        "ingress-backend-missing",
                        8,
                        ingress("web", "8080") + service("app: web", "http"),
                        ingress("other", "80").replace("{name: i}", "{name: i, namespace: here}")
                                + "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: elsewhere}\nspec: {}\n"),
                new Case(
                        "network-policy-missing",
                        3,
                        web("web", "") + policy("{matchLabels: {app: db}}"),
                        web("web", "") + policy("{}")),
                new Case(
                        "network-policy-dangling",
                        6,
                        policy("{matchLabels: {app: db}}") + web("web", ""),
                        policy("{matchExpressions: [{key: app, operator: In, values: [db, web]}]}") + web("web", "")),
                new Case("pdb-selects-nothing", 5, budget("db") + web("web", ""), budget("web") + web("web", "")),
                new Case("hpa-target-missing", 5, scaler("db") + web("web", ""), scaler("web") + web("web", "")),
                new Case(
                        "hpa-against-replicas",
                        10,
                        scaler("web") + web("web", "").replace("spec: {selector", "spec: {replicas: 3, selector"),
                        scaler("db") + web("web", "").replace("spec: {selector", "spec: {replicas: 3, selector")),
                new Case(
                        "configmap-missing",
                        5,
                        mounting("configMap: {name: settings}") + object("ConfigMap", "other"),
                        mounting("configMap: {name: settings, optional: true}") + object("ConfigMap", "other")),
                new Case(
                        "secret-missing",
                        5,
                        mounting("secret: {secretName: keys}") + object("Secret", "other"),
                        mounting("secret: {secretName: keys}") + object("Secret", "keys")),
                new Case(
                        "volume-claim-missing",
                        5,
                        mounting("persistentVolumeClaim: {claimName: disk}") + object("PersistentVolumeClaim", "other"),
                        mounting("persistentVolumeClaim: {claimName: disk}") + object("PersistentVolumeClaim", "disk")),
                new Case(
                        "service-account-missing",
                        5,
                        web("web", "serviceAccountName: agent, ") + object("ServiceAccount", "other"),
                        web("web", "serviceAccountName: agent, ") + object("ServiceAccount", "agent")),
                new Case(
                        "workload-holds-risky-token",
                        5,
                        web("web", "serviceAccountName: agent, ") + rights("secrets"),
                        web("web", "serviceAccountName: agent, ") + rights("configmaps")),
                new Case(
                        "workload-holds-risky-token",
                        5,
                        web("web", "serviceAccountName: agent, ") + rights("secrets"),
                        web("web", "serviceAccountName: agent, automountServiceAccountToken: false, ")
                                + rights("secrets")),
                new Case("dangling-binding", 4, binding("writer"), binding("reader")),
                new Case("webhook-service-missing", 8, webhook("gate", "{}") + GUARD, webhook("guard", "{}") + GUARD),
                new Case(
                        "webhook-self-lock",
                        10,
                        webhook(
                                "guard",
                                "{matchExpressions: [{key: kubernetes.io/metadata.name, operator: NotIn, values: [kube-system]}]}"),
                        webhook(
                                "guard",
                                "{matchExpressions: [{key: kubernetes.io/metadata.name, operator: NotIn, values: [kube-system, guard]}]}")),
                new Case(
                        "webhook-self-lock",
                        10,
                        webhook("guard", "{matchLabels: {guarded: 'yes'}}")
                                + "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: guard, labels: {guarded: 'yes'}}\n",
                        webhook("guard", "{matchLabels: {guarded: 'yes'}}")
                                + "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: guard}\n"));
    }

    private static CheckReport check(String text) throws Exception {
        return new Checker(Limits.DEFAULT)
                .check(CheckRequest.ofText("o.yaml", text).profile(Rule.Profile.STRICT));
    }

    private static List<Result> failures(CheckReport report, String rule) {
        return report.failures().stream().filter(one -> one.rule().equals(rule)).toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void findsTheWeaknessAndOnlyIt(Case each) throws Exception {
        assertThat(failures(check(each.failing()), each.rule())).hasSize(1).allSatisfy(result -> {
            assertThat(result.place().line()).isEqualTo(each.line());
            assertThat(result.message()).isNotBlank();
            assertThat(result.fix()).isNotBlank();
        });
        assertThat(failures(check(each.passing()), each.rule())).isEmpty();
    }

    @Test
    void everyRuleHasACase() {
        Set<String> untried = new HashSet<>();
        new Relations(_ -> List.of()).rules().forEach(rule -> untried.add(rule.id()));
        cases().forEach(each -> untried.remove(each.rule()));
        assertThat(untried).isEmpty();
    }

    private void write(String name, String text) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private CheckReport checkFolder() throws Exception {
        return new Checker(Limits.DEFAULT).check(CheckRequest.of("f", folder));
    }

    private static List<Status> answers(CheckReport report, String rule) {
        return report.results().stream()
                .filter(one -> one.rule().equals(rule))
                .map(Result::status)
                .toList();
    }

    @Test
    void oneObjectAloneMissesNothing() throws Exception {
        assertThat(answers(check(service("app: api", "http")), "service-selects-nothing"))
                .isEmpty();
    }

    @Test
    void aServiceApartFromWorkloadsIsNotAssessed() throws Exception {
        write("services/s.yaml", service("app: api", "http"));
        write("apps/web.yaml", web("web", ""));
        assertThat(answers(checkFolder(), "service-selects-nothing")).containsExactly(Status.NOT_ASSESSED);
    }

    @Test
    void besideATemplateNothingIsMissed() throws Exception {
        write("s.yaml", service("app: api", "http") + web("web", ""));
        write("more/api.yaml", "apiVersion: v1\nkind: Pod\nmetadata:\n{{- include }}\n  name: x: y\n");
        assertThat(answers(checkFolder(), "service-selects-nothing")).containsExactly(Status.NOT_ASSESSED);
    }

    @Test
    void whatAnOperatorMakesIsNotMissed() throws Exception {
        assertThat(answers(
                        check(service("app: kafka", "http") + web("web", "")
                                + "---\napiVersion: kafka.strimzi.io/v1\nkind: Kafka\nmetadata: {name: k}\nspec: {}\n"),
                        "service-selects-nothing"))
                .containsExactly(Status.NOT_ASSESSED);
    }

    @Test
    void whatAnotherFileHoldsIsFound() throws Exception {
        write("a/s.yaml", service("app: web", "http") + web("other", ""));
        write("b/web.yaml", web("web", ""));
        assertThat(answers(checkFolder(), "service-selects-nothing")).containsExactly(Status.PASS);
    }

    @Test
    void severalOpenWorkloadsAreOneFinding() throws Exception {
        List<Result> open = failures(
                check(web("a", "") + web("b", "") + web("d", "") + web("e", "") + policy("{matchLabels: {app: a}}")),
                "network-policy-missing");
        assertThat(open).hasSize(1);
        assertThat(open.getFirst().message()).startsWith("Deployment b, Deployment d, Deployment e are selected by no");
    }
}
