package dev.holdfast.report.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.access.AccessReport;
import dev.holdfast.access.AccessReviewer;
import dev.holdfast.access.Question;
import dev.holdfast.access.Scope;
import dev.holdfast.access.audit.AuditEvent;
import dev.holdfast.access.audit.UsageReview;
import dev.holdfast.access.rbac.ClusterReader;
import dev.holdfast.access.rbac.Request;
import dev.holdfast.access.rbac.Requester;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.kube.given.GivenObjects;
import dev.holdfast.report.OwnSchema;
import dev.holdfast.report.form.Columns;
import dev.holdfast.report.form.Ink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccessReportTest {
    private static final String OBJECTS = """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: tokens}
            rules:
              - apiGroups: ['']
                resources: [serviceaccounts/token, secrets]
                verbs: [create, get]
              - nonResourceURLs: [/metrics]
                verbs: [get]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: tokens}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: tokens}
            subjects: [{kind: User, name: "da\\u001bna"}]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: viewers, namespace: shop}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
            subjects: [{kind: ServiceAccount, name: web}]
            """;

    private static final Requester DANA = Requester.ofUser("da\u001bna");

    private static AccessReviewer reviewer() {
        return new AccessReviewer(cluster(), false);
    }

    private static dev.holdfast.access.rbac.Cluster cluster() {
        ClusterReader reader = new ClusterReader("default");
        GivenObjects.text("rbac.yaml", OBJECTS, reader, Limits.DEFAULT);
        return reader.cluster();
    }

    private static List<AccessReport> reports() {
        Question secrets = Question.of("get", "secrets", "", "", "shop");
        UsageReview usage = new UsageReview(cluster());
        usage.use(new AuditEvent(DANA, Request.of("get", "", "secrets"), "2026-11-26T00:00:00Z"));
        return List.of(
                reviewer().whoCan(secrets, new Scope.Within("shop")),
                reviewer().whoCan(Question.of("get", "/metrics", "", "", ""), new Scope.Anywhere()),
                reviewer().can(DANA, secrets),
                reviewer().can(Requester.named("sa:shop/web"), secrets),
                reviewer().rights(DANA),
                reviewer().paths(DANA),
                reviewer().unused(usage.report(), List.of()));
    }

    private static byte[] json(AccessReport report) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonAccess.write(report, "0", out);
        return out.toByteArray();
    }

    @Test
    void writesWhatItsSchemaSays() throws IOException {
        for (AccessReport report : reports()) {
            assertThat(OwnSchema.violations("holdfast-access-1.json", json(report)))
                    .isEmpty();
        }
    }

    @Test
    void carriesTheChainWithItsPlaces() throws InputException {
        JsonValue answer = Json.parse(json(reports().get(2)), Limits.DEFAULT);
        assertThat(answer.get("allowed").isTrue()).isTrue();
        JsonValue grant = answer.get("grants").elements().getFirst();
        assertThat(grant.at("binding", "line").integer()).contains(11L);
        assertThat(grant.at("role", "line").integer()).contains(1L);
        assertThat(grant.at("rule", "line").integer()).contains(5L);
        assertThat(grant.at("rule", "path").text()).contains("rbac.yaml");
    }

    @Test
    void saysThatItCouldNotTellWhereARoleIsMissing() {
        assertThat(reports().get(3).verdict().outcome()).isEqualTo(AccessReport.Outcome.COULD_NOT_TELL);
        assertThat(TerminalAccess.render(reports().get(3), Ink.PLAIN, false))
                .startsWith("could not tell: service account shop/web may be able to get secrets in namespace shop.\n")
                .contains("clusterrole.rbac.authorization.k8s.io \"view\" not found");
    }

    @Test
    void keepsHostileNamesAndLongLinesOffTheTerminal() {
        for (AccessReport report : reports()) {
            String text = TerminalAccess.render(report, Ink.PLAIN, true);
            assertThat(text).doesNotContain("\u001b");
            assertThat(text.lines())
                    .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(Columns.WIDTH));
        }
    }
}
