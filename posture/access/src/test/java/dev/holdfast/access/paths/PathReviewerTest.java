package dev.holdfast.access.paths;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.access.rbac.Cluster;
import dev.holdfast.access.rbac.ClusterReader;
import dev.holdfast.access.rbac.Requester;
import dev.holdfast.core.Limits;
import dev.holdfast.kube.given.GivenObjects;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathReviewerTest {
    /** A service account of namespace shop that is cluster-admin, to be taken. */
    private static final String STRONG = """
            {apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: strong},
             roleRef: {kind: ClusterRole, name: cluster-admin}, subjects: [{kind: ServiceAccount, name: strong, namespace: shop}]}
            ---
            """;

    private static Cluster cluster(String... documents) {
        ClusterReader reader = new ClusterReader("default");
        GivenObjects.text("given.yaml", String.join("\n---\n", documents), reader, Limits.DEFAULT);
        return reader.cluster();
    }

    private static String everywhere(String rules) {
        return String.format(Locale.ROOT, """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: {name: r}
                rules: %s
                ---
                {apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: b},
                 roleRef: {kind: ClusterRole, name: r}, subjects: [{kind: User, name: dana}]}
                """, rules);
    }

    private static String inShop(String rules) {
        return everywhere(rules)
                .replace(
                        "kind: ClusterRoleBinding, metadata: {name: b}",
                        "kind: RoleBinding, metadata: {name: b, namespace: shop}");
    }

    private static List<Step> shortest(Cluster cluster) {
        return new PathReviewer(cluster).shortest(Requester.ofUser("dana"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bind                 | [{apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles, clusterrolebindings], verbs: [create, bind]}]
            escalate             | [{apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], verbs: [patch, escalate], resourceNames: [r]}]
            impersonate          | [{apiGroups: [''], resources: [users, groups], verbs: [impersonate]}]
            request-token        | [{apiGroups: [''], resources: [serviceaccounts/token], verbs: [create]}]
            create-pod           | [{apiGroups: [batch], resources: [cronjobs], verbs: [create]}]
            change-workload      | [{apiGroups: [apps], resources: [deployments], verbs: [patch]}]
            exec                 | [{apiGroups: [''], resources: [pods/exec], verbs: [create]}]
            ephemeral-container  | [{apiGroups: [''], resources: [pods/ephemeralcontainers], verbs: [patch]}]
            read-secrets         | [{apiGroups: [''], resources: [secrets], verbs: [list]}]
            make-token-secret    | [{apiGroups: [''], resources: [secrets], verbs: [get, create]}]
            node-proxy           | [{apiGroups: [''], resources: [nodes/proxy], verbs: [create]}]
            mutating-webhook     | [{apiGroups: [admissionregistration.k8s.io], resources: [mutatingwebhookconfigurations], verbs: [patch]}]
            approve-certificate  | [{apiGroups: [certificates.k8s.io], resources: ['*'], verbs: [create, update, approve]}]
            held                 | [{apiGroups: ['*'], resources: ['*'], verbs: ['*']}]
            """)
    void findsTheWayThatEachRightOpens(String technique, String rules) {
        List<Step> way = shortest(cluster(STRONG, everywhere(rules)));
        assertThat(way).isNotEmpty();
        assertThat(way.getFirst().technique().word()).isEqualTo(technique);
        assertThat(way.getLast().to()).isEqualTo(new State.ClusterAdmin());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            get alone opens no stream             | [{apiGroups: [''], resources: [pods/exec, pods/attach], verbs: [get]}]
            bindings without bind                 | [{apiGroups: [rbac.authorization.k8s.io], resources: [clusterrolebindings, clusterroles], verbs: [create, update, patch]}]
            bind without a binding to write       | [{apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], verbs: [bind, escalate]}]
            groups without anybody to be          | [{apiGroups: [''], resources: [groups], verbs: [impersonate]}]
            approval without the signer           | [{apiGroups: [certificates.k8s.io], resources: [certificatesigningrequests, certificatesigningrequests/approval], verbs: [create, update]}]
            a subresource that grants nothing     | [{apiGroups: [''], resources: ['pods/*'], verbs: [create]}]
            what only reads                       | [{apiGroups: ['', apps], resources: [pods, deployments, configmaps], verbs: [get, list, watch]}]
            """)
    void findsNoWayWhereTheServerRefusesOne(String reason, String rules) {
        assertThat(shortest(cluster(STRONG, everywhere(rules)))).as(reason).isEmpty();
    }

    @Test
    void leavesNoNamespaceWithoutAnAccountToTake() {
        String rules = "[{apiGroups: [''], resources: [serviceaccounts/token], verbs: [create]}]";
        assertThat(shortest(cluster(STRONG, inShop(rules)))).hasSize(3);
        assertThat(shortest(cluster(STRONG.replace("namespace: shop", "namespace: other"), inShop(rules))))
                .isEmpty();
    }

    @Test
    void takesPodSecurityForWhatItKeepsOut() {
        String rules = "[{apiGroups: [''], resources: [pods], verbs: [create]}]";
        String restricted =
                "{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: baseline}}}";
        assertThat(shortest(cluster(inShop(rules))))
                .extracting(step -> step.technique())
                .containsExactly(Technique.PRIVILEGED_POD, Technique.TAKE_NODE);
        assertThat(shortest(cluster(restricted, inShop(rules)))).isEmpty();
    }

    @Test
    void provesTheSmallestCut() {
        // two rules open ways of their own; one more is harmless
        Cluster cluster = cluster(STRONG, everywhere("""
                        [{apiGroups: [''], resources: [serviceaccounts/token], verbs: [create]},
                         {apiGroups: [''], resources: [pods], verbs: [get, list]},
                         {apiGroups: [''], resources: [secrets, configmaps], verbs: [get, list, create]}]
                        """));
        PathReport report = new PathReviewer(cluster).review(Requester.ofUser("dana"));
        Cut narrowing = report.narrowing().orElseThrow();
        assertThat(narrowing.isSmallest()).isTrue();
        assertThat(narrowing.edits())
                .extracting(edit -> edit instanceof Edit.NarrowRule narrow ? narrow.rights() : List.of())
                .containsExactlyInAnyOrder(
                        List.of("create serviceaccounts/token"), List.of("get secrets", "list secrets"));
        assertThat(report.unbinding().orElseThrow().edits()).hasSize(1);
    }

    @Test
    void editsNothingThatTheServerKeeps() {
        Cluster cluster = cluster(everywhere("[]")
                .replace("name: r}", "name: cluster-admin}")
                .replace(
                        "metadata: {name: b}",
                        "metadata: {name: b, labels: {kubernetes.io/bootstrapping: rbac-defaults}}"));
        assertThat(new PathReviewer(cluster)
                        .review(Requester.ofGroup("system:masters"))
                        .narrowing())
                .isEqualTo(Optional.empty());
    }

    @Test
    void endsOnRandomClusters() {
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        List<String> verbs = List.of("create", "bind", "escalate", "impersonate", "get", "patch", "*");
        List<String> resources = List.of(
                "pods",
                "secrets",
                "serviceaccounts",
                "serviceaccounts/token",
                "clusterroles",
                "roles",
                "rolebindings",
                "clusterrolebindings",
                "users",
                "groups",
                "pods/exec");
        for (int round = 0; round < 20; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 12; i++) {
                text.append(String.format(
                        Locale.ROOT,
                        """
                        {apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: r%d},
                         rules: [{apiGroups: ['', rbac.authorization.k8s.io], resources: [%s, %s], verbs: [%s]}]}
                        ---
                        {apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: b%d, namespace: n%d},
                         roleRef: {kind: ClusterRole, name: r%d}, subjects: [{kind: ServiceAccount, name: s%d, namespace: n%d}]}
                        ---
                        """,
                        i,
                        pick(random, resources),
                        pick(random, resources),
                        pick(random, verbs),
                        i,
                        random.nextInt(3),
                        random.nextInt(12),
                        random.nextInt(4),
                        random.nextInt(3)));
            }
            Cluster cluster = cluster(text.toString());
            for (int i = 0; i < 4; i++) {
                Requester subject = Requester.ofServiceAccount("n" + random.nextInt(3), "s" + i);
                PathReport report = new PathReviewer(cluster).review(subject);
                assertThat(report.ways().isEmpty() || report.unbinding().isPresent())
                        .as("seed %d: who is bound to nothing else has no way", seed)
                        .isTrue();
            }
        }
    }

    private static String pick(Random random, List<String> words) {
        return "'" + words.get(random.nextInt(words.size())) + "'";
    }
}
