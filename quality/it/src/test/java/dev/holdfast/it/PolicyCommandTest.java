package dev.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.ProgramRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code policy test}, and policies beside checks: words, exit codes, JSON. */
final class PolicyCommandTest {
    private static final String POLICY = """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicy
            metadata: {name: no-latest}
            spec:
              matchConstraints:
                resourceRules: [{apiGroups: [""], apiVersions: [v1], operations: ["*"], resources: [pods]}]
              validations:
                - {expression: "object.spec.containers.all(c, c.image.contains(':'))", message: no tag}
            """;

    @TempDir
    Path folder;

    private String policy = "";
    private String pod = "";

    @BeforeEach
    void write() throws Exception {
        policy = file("policy.yaml", POLICY);
        pod = file("pod.yaml", """
                apiVersion: v1
                kind: Pod
                metadata: {name: web}
                spec: {containers: [{name: app, image: nginx}]}
                """);
    }

    private String file(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void judgesManifests() {
        ProgramRun run = ProgramRun.of("policy", "test", policy, "--resources", pod, "--format", "json");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.text()).isEqualToIgnoringWhitespace("""
                        {"schema": "holdfast-policy/1", "tool": {"version": "0.1.0"}, "refused": [], "resources": 1,
                         "results": [{"policy": "no-latest", "binding": "no-latest", "status": "fail", "actions": ["Deny"],
                           "validation": 0, "subject": "Pod web", "path": "%s", "line": 1, "message": "no tag"}],
                         "idle": [], "exceptions": [], "gaps": [],
                         "verdict": {"outcome": "fail", "sentence": "1 of 1 answers of 1 policies refuse an object"}}
                        """.replace("%s", pod));
    }

    @Test
    void runsTests() throws Exception {
        String test = file("test.yaml", """
                apiVersion: holdfast.dev/v1
                kind: PolicyTest
                policies: [policy.yaml]
                resources: [pod.yaml]
                cases:
                  - {name: no tag, resource: Pod web, expect: deny, message: no tag}
                """);
        assertThat(ProgramRun.of("policy", "test", test).exit()).isZero();
        Files.writeString(Path.of(test), Files.readString(Path.of(test)).replace("expect: deny", "expect: allow"));
        ProgramRun run = ProgramRun.of("policy", "test", test);
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.text()).contains("expected allow (\"no tag\"), got deny: no tag");
    }

    @Test
    void aPolicyThatTheServerWouldRefuseIsWrongInput() throws Exception {
        String wrong = file("wrong.yaml", POLICY.replace("contains", "containz"));
        ProgramRun run = ProgramRun.of("policy", "test", wrong, "--resources", pod);
        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.text()).contains("undeclared").contains("'containz'");
    }

    @Test
    void nothingToAskAboutIsWrongUsage() {
        assertThat(ProgramRun.of("policy", "test", policy).exit()).isEqualTo(3);
    }

    @Test
    void standsBesideTheChecks() {
        ProgramRun run = ProgramRun.of("check", pod, "--policy", policy, "--format", "json");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.text()).contains("\"rule\": \"policy/no-latest\"").contains("\"message\": \"no tag\"");
    }

    /** What is exported judges manifests as any other policy does. */
    @Test
    void exportsPoliciesThatItReads() throws Exception {
        ProgramRun run =
                ProgramRun.of("policy", "export", "--pss", "restricted:v1.32", "--checks", "high", "--action", "deny");
        assertThat(run.exit()).isZero();
        assertThat(run.text())
                .contains("name: holdfast-pod-security-restricted-v1-32\n", "name: holdfast-checks-high\n");
        assertThat(run.err()).contains("secret-in-environment").doesNotContain("host-pid");
        ProgramRun judged = ProgramRun.of("policy", "test", file("exported.yaml", run.text()), "--resources", pod);
        assertThat(judged.exit()).isEqualTo(1);
        assertThat(judged.text()).contains("capabilities_restricted: capabilities must drop ALL");
    }

    @Test
    void exportsWhatTheWebhookWouldAsk() throws Exception {
        String settings = file("settings.yaml", """
                mode: warn
                podSecurity: baseline
                namespaces:
                - {names: ["team-*", shop], mode: enforce, podSecurity: "restricted:v1.30"}
                - {names: [lab], mode: "off"}
                """);
        ProgramRun run = ProgramRun.of("policy", "export", "--admission", settings);
        assertThat(run.exit()).isZero();
        assertThat(run.text())
                .contains(
                        "name: holdfast-pod-security-restricted-v1-30-1\n", "name: holdfast-pod-security-baseline-3\n")
                .contains("request.namespace in ['shop'] || request.namespace.matches(r'^team-.*$')")
                .contains("!(request.namespace in ['lab'])");
    }

    @Test
    void nothingToExportIsWrongUsage() {
        assertThat(ProgramRun.of("policy", "export").exit()).isEqualTo(3);
        assertThat(ProgramRun.of("policy", "export", "--pss", "strict").err())
                .contains("--pss strict: a level such as");
    }

    @Test
    void tellsWhatTheAuditLogWouldHold() throws Exception {
        String noting = file(
                "noting.yaml",
                POLICY.replace("name: no-latest", "name: noting")
                        + "  auditAnnotations:\n    - {key: images, valueExpression: \"string(object.spec.containers[0].image)\"}\n");
        ProgramRun json = ProgramRun.of("policy", "test", noting, "--resources", pod, "--format", "json");
        assertThat(json.json()
                        .get("annotations")
                        .elements()
                        .getFirst()
                        .at("entries", "noting/images")
                        .text())
                .contains("nginx");
        assertThat(ProgramRun.of("policy", "test", noting, "--resources", pod).text())
                .contains("noted", "Pod web: noting/images = nginx");
    }

    @Test
    void namesWhatWouldChangeObjectsBefore() throws Exception {
        String mutating = file(
                "mutating.yaml",
                "apiVersion: admissionregistration.k8s.io/v1\nkind: MutatingAdmissionPolicy\nmetadata: {name: sidecar}\n");
        ProgramRun run = ProgramRun.of("policy", "test", policy, mutating, "--resources", pod);
        assertThat(run.text()).contains("MutatingAdmissionPolicy sidecar: it changes objects before they are judged");
    }
}
