package dev.holdfast.access.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Limits;
import dev.holdfast.kube.given.GivenObjects;
import dev.holdfast.manifest.kubernetes.Origin;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClusterReaderTest {
    private static Cluster cluster(String text) {
        ClusterReader reader = new ClusterReader("default");
        GivenObjects.text("given.yaml", text, reader, Limits.DEFAULT);
        return reader.cluster();
    }

    private static final String TYPED_LIST = """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleList
            items:
              - metadata: {name: r, namespace: shop}
                rules: [{apiGroups: [''], resources: [pods], verbs: [get]}]
            """;

    @Test
    void readsTypedListsWhoseItemsSayNoKind() {
        Role role = cluster(TYPED_LIST).role("shop", "r").orElseThrow();
        assertThat(role.origin()).isEqualTo(new Origin("given.yaml", 4));
        assertThat(role.rules().getFirst().origin().line()).isEqualTo(5);
    }

    @Test
    void takesABindingToAMissingRoleForAGap() {
        Cluster cluster = cluster("""
                {apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: b, namespace: shop},
                 roleRef: {kind: ClusterRole, name: view}, subjects: [{kind: User, name: dana}]}
                """);
        Answer answer = new Authorizer(cluster)
                .answer(Requester.ofUser("dana"), Request.of("get", "", "pods").in("shop"));
        assertThat(answer.isAllowed()).isFalse();
        assertThat(answer.isUncertain()).isTrue();
        assertThat(cluster.gaps()).extracting(Gap::subject).containsExactly("given.yaml:1");
    }

    @Test
    void keepsTheFirstRoleOfABindingThatIsGivenTwice() {
        Cluster cluster = cluster("""
                {apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: b},
                 roleRef: {kind: ClusterRole, name: cluster-admin}, subjects: [{kind: User, name: dana}]}
                ---
                {apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: b},
                 roleRef: {kind: ClusterRole, name: other}, subjects: [{kind: User, name: dana}]}
                """);
        assertThat(cluster.bindings()).extracting(Binding::roleName).containsExactly("cluster-admin");
        assertThat(cluster.gaps())
                .singleElement()
                .satisfies(gap -> assertThat(gap.detail()).contains("field is immutable"));
    }

    @Test
    void throwsAwayTheRulesBesideAnAggregationAsTheControllerDoes() {
        String roles = """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: {name: whole%s}
                aggregationRule: {clusterRoleSelectors: [{matchExpressions: [{key: part, operator: In, values: [a, b]}]}]}
                rules: [{apiGroups: [''], resources: [nodes], verbs: [delete]}]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: {name: part, labels: {part: b}}
                rules: [{apiGroups: [''], resources: [pods], verbs: [get]}]
                """;
        assertThat(cluster(String.format(Locale.ROOT, roles, ""))
                        .role("", "whole")
                        .orElseThrow()
                        .rules())
                .extracting(Rule::writer)
                .containsExactly("part");
        // what a running server gave was written by its controller already
        assertThat(cluster(String.format(Locale.ROOT, roles, ", uid: 1"))
                        .role("", "whole")
                        .orElseThrow()
                        .rules())
                .extracting(Rule::writer)
                .containsExactly("whole", "part");
    }

    @Test
    void endsOnRolesThatAggregateEachOther() {
        String one =
                "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: %s, labels: {x: '1'}},"
                        + " aggregationRule: {clusterRoleSelectors: [{matchLabels: {x: '1'}}]}}";
        Cluster cluster =
                cluster(String.format(Locale.ROOT, one, "a") + "\n---\n" + String.format(Locale.ROOT, one, "b"));
        assertThat(cluster.role("", "a").orElseThrow().rules()).isEmpty();
    }

    @Test
    void survivesCutAndGarbledDocuments() {
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        List<String> pieces = List.of(
                "rules", "[", "]", "{", "}", ": ", "subjects", "*", "&a ", "*a", "\n", "- ", "''", "null", "1e999");
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder(TYPED_LIST);
            for (int j = 0; j < 4; j++) {
                text.insert(random.nextInt(text.length()), pieces.get(random.nextInt(pieces.size())));
            }
            assertThat(cluster(text.substring(0, random.nextInt(text.length()))).roles())
                    .as("seed %d", seed)
                    .isNotEmpty();
        }
    }
}
