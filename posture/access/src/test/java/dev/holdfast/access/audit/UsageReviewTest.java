package dev.holdfast.access.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.access.rbac.ClusterReader;
import dev.holdfast.core.Limits;
import dev.holdfast.kube.given.GivenObjects;
import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

class UsageReviewTest {
    private static final String OBJECTS = """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {name: r, namespace: shop}
            rules:
              - {apiGroups: [''], resources: [pods, secrets], verbs: [get, list]}
              - {apiGroups: [apps], resources: ['*'], verbs: ['*']}
            ---
            {apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: b, namespace: shop},
             roleRef: {kind: Role, name: r}, subjects: [{kind: User, name: dana}, {kind: User, name: idle}]}
            ---
            {apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: never, namespace: shop},
             roleRef: {kind: Role, name: r}, subjects: [{kind: User, name: gone}]}
            """;

    private static String event(String id, String user, String verb, String group, String resource, String decision) {
        return "{\"kind\":\"Event\",\"auditID\":\"" + id + "\",\"stage\":\"ResponseComplete\",\"verb\":\"" + verb
                + "\",\"user\":{\"username\":\"" + user
                + "\",\"groups\":[\"system:authenticated\"]},\"objectRef\":{\"resource\":\""
                + resource + "\",\"apiGroup\":\"" + group
                + "\",\"namespace\":\"shop\"},\"requestReceivedTimestamp\":\"2026-11-01T00:00:0" + id
                + "Z\",\"annotations\":{\"authorization.k8s.io/decision\":\"" + decision + "\"}}\n";
    }

    @Test
    void tellsWhatNobodyUsed() throws IOException {
        ClusterReader objects = new ClusterReader("default");
        GivenObjects.text("given.yaml", OBJECTS, objects, Limits.DEFAULT);
        UsageReview usage = new UsageReview(objects.cluster());
        AuditReader reader = new AuditReader(Limits.DEFAULT);
        String log = event("1", "dana", "get", "", "pods", "allow")
                + event("1", "dana", "get", "", "secrets", "allow") // the same request again: another stage
                + event("2", "dana", "patch", "apps", "deployments", "allow")
                + event("3", "idle", "list", "", "pods", "forbid")
                + "no event\n\n";
        reader.read("audit.log", new StringReader(log), usage::use);
        UsageReport report = usage.report();

        assertThat(reader.gaps())
                .singleElement()
                .satisfies(gap -> assertThat(gap.detail()).startsWith("1 lines"));
        assertThat(report.events()).isEqualTo(2);
        UsageReport.BindingUse used = report.bindings().getFirst();
        assertThat(used.isUnused()).isFalse();
        assertThat(used.idle()).extracting(subject -> subject.name()).containsExactly("idle");
        assertThat(used.rules().get(0).unused()).containsExactly("get secrets", "list pods", "list secrets");
        assertThat(used.rules().get(1).used()).containsExactly("patch deployments.apps");
        assertThat(used.rules().get(1).unused()).isEmpty();
        assertThat(report.bindings().get(1).isUnused()).isTrue();
    }

    @Test
    void countsActingAsSomebodyElseForBoth() throws IOException {
        ClusterReader objects = new ClusterReader("default");
        GivenObjects.text("given.yaml", OBJECTS + """
                ---
                {apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: support},
                 rules: [{apiGroups: [''], resources: [users], verbs: [impersonate]}]}
                ---
                {apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: support},
                 roleRef: {kind: ClusterRole, name: support}, subjects: [{kind: User, name: sue}]}
                """, objects, Limits.DEFAULT);
        UsageReview usage = new UsageReview(objects.cluster());
        String line = event("1", "sue", "get", "", "pods", "allow")
                .replace("\"objectRef\"", "\"impersonatedUser\":{\"username\":\"gone\"},\"objectRef\"");
        new AuditReader(Limits.DEFAULT).read("audit.log", new StringReader(line), usage::use);
        assertThat(usage.report().bindings())
                .extracting(UsageReport.BindingUse::isUnused)
                .containsExactly(true, false, false);
    }
}
