package dev.holdfast.server.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.JsonReader;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.policy.definition.PolicyReader;
import dev.holdfast.policy.definition.PolicySet;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JudgeTest {
    private static final String PRIVILEGED =
            "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":[{\"name\":\"app\",\"image\":\"web:1\",\"securityContext\":{\"privileged\":true}}]}}";
    private static final String SETTINGS = """
            mode: enforce
            podSecurity: baseline:v1.32
            namespaces:
            - names: [kube-*]
              mode: "off"
            - names: [lab]
              mode: warn
            - names: [quiet]
              mode: audit
            """;

    private static byte[] review(String operation, String namespace, String kind, String resource, String object) {
        return ("{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"request\":{\"uid\":\"u-1\",\"kind\":{\"group\":\"\",\"version\":\"v1\",\"kind\":\""
                        + kind + "\"},\"resource\":{\"group\":\"\",\"version\":\"v1\",\"resource\":\"" + resource
                        + "\"},\"name\":\"p\",\"namespace\":\"" + namespace + "\",\"operation\":\"" + operation
                        + "\",\"userInfo\":{\"username\":\"ann\"},\"object\":" + object + "}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static AdmissionAnswer answer(String settings, String policy, byte[] review) throws InputException {
        PolicySet policies =
                policy.isEmpty() ? PolicySet.NONE : PolicyReader.read(policy, "policy.yaml", Limits.DEFAULT);
        Judge judge = new Judge(
                SettingsReader.read(settings, "settings.yaml", Limits.DEFAULT),
                policies,
                Limits.DEFAULT,
                Surroundings.NONE);
        return judge.decide(new ReviewReader(Limits.DEFAULT).read(review));
    }

    @Test
    void deniesInTheServersWords() throws InputException {
        AdmissionAnswer answer = answer(SETTINGS, "", review("CREATE", "shop", "Pod", "pods", PRIVILEGED));
        assertThat(answer.isAllowed()).isFalse();
        assertThat(answer.message())
                .isEqualTo(
                        "violates PodSecurity \"baseline:v1.32\": privileged (container \"app\" must not set securityContext.privileged=true)");
        assertThat(answer.annotations()).containsKey("pod-security-violations");
    }

    @Test
    void asksAsSeriouslyAsTheNamespaceHasIt() throws InputException {
        assertThat(answer(SETTINGS, "", review("CREATE", "kube-system", "Pod", "pods", PRIVILEGED)))
                .isEqualTo(AdmissionAnswer.allowed());
        AdmissionAnswer warned = answer(SETTINGS, "", review("CREATE", "lab", "Pod", "pods", PRIVILEGED));
        assertThat(warned.isAllowed()).isTrue();
        assertThat(warned.warnings()).singleElement().asString().startsWith("violates PodSecurity");
        AdmissionAnswer audited = answer(SETTINGS, "", review("CREATE", "quiet", "Pod", "pods", PRIVILEGED));
        assertThat(audited.isAllowed()).isTrue();
        assertThat(audited.warnings()).isEmpty();
        assertThat(audited.annotations()).containsEntry("mode", "audit");
    }

    @Test
    void warnsOfTemplatesAsTheServersOwnAdmissionDoes() throws InputException {
        String deployment =
                "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"p\"},\"spec\":{\"template\":"
                        + PRIVILEGED.replace("\"apiVersion\":\"v1\",\"kind\":\"Pod\",", "") + "}}";
        AdmissionAnswer answer =
                answer(SETTINGS, "", review("CREATE", "shop", "Deployment", "deployments", deployment));
        assertThat(answer.isAllowed()).isTrue();
        assertThat(answer.warnings()).singleElement().asString().startsWith("would violate PodSecurity");
    }

    @Test
    void anUpdateThatLeavesThePodAloneIsNotHeldAgainstIt() throws InputException {
        String text = new String(review("UPDATE", "shop", "Pod", "pods", PRIVILEGED), StandardCharsets.UTF_8);
        text = text.substring(0, text.length() - 2) + ",\"oldObject\":" + PRIVILEGED + "}}";
        assertThat(answer(SETTINGS, "", text.getBytes(StandardCharsets.UTF_8)).isAllowed())
                .isTrue();
    }

    @Test
    void asksOurChecksFromTheSeverityOn() throws InputException {
        AdmissionAnswer answer =
                answer("mode: enforce\nchecks: critical\n", "", review("CREATE", "shop", "Pod", "pods", PRIVILEGED));
        assertThat(answer.isAllowed()).isFalse();
        assertThat(answer.message()).startsWith("privileged-container: ");
    }

    @Test
    void asksThePoliciesOfTheUser() throws InputException {
        String policy = """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: owner}
                spec:
                  matchConstraints:
                    resourceRules:
                    - {apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}
                  validations:
                  - expression: has(object.metadata.labels)
                    message: a pod has an owner
                """;
        AdmissionAnswer answer = answer("mode: enforce\n", policy, review("CREATE", "shop", "Pod", "pods", PRIVILEGED));
        assertThat(answer.isAllowed()).isFalse();
        assertThat(answer.message()).contains("'owner'", "a pod has an owner");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v2\",\"request\":{\"uid\":\"u\"}}",
                "{\"kind\":\"Pod\",\"apiVersion\":\"v1\"}",
                "{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v1\"}",
                "{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v1\",\"request\":{}}",
                "{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v1\",\"request\":{\"uid\":\"u\",\"operation\":\"PATCH\"}}"
            })
    void refusesWhatIsNoQuestion(String body) {
        assertThatThrownBy(() -> new ReviewReader(Limits.DEFAULT).read(body.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("no AdmissionReview: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mod: enforce",
                "mode: strict",
                "podSecurity: tight",
                "podSecurity: baseline:v1.99",
                "checks: awful",
                "onError: maybe",
                "namespaces: [{mode: warn}]",
                "mode: warn\nmode: enforce",
                "[]",
                "mode: [",
                ""
            })
    void refusesSettingsThatWouldLeaveADoorOpen(String settings) {
        assertThatThrownBy(() -> SettingsReader.read(settings, "settings.yaml", Limits.DEFAULT))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("settings.yaml");
    }

    @Test
    void warningsReachTheClientWhole() {
        List<String> warnings = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            warnings.add("w" + i + " \u0007" + "x".repeat(200));
        }
        List<String> fitting = ReviewWriter.fitting(warnings);
        assertThat(fitting.stream().mapToInt(String::length).sum()).isLessThanOrEqualTo(4_096);
        assertThat(fitting.getLast()).endsWith("more; see the audit log");
        assertThat(fitting).noneMatch(warning -> warning.chars().anyMatch(Character::isISOControl));
        assertThat(ReviewWriter.fitting(List.of("é".repeat(9_000))))
                .singleElement()
                .satisfies(only ->
                        assertThat(only.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(4_096));
    }

    /** Every question that a real server sent gets an answer which that server takes. */
    @Test
    void answersWhatARealServerAsked() throws Exception {
        Path file = Path.of(System.getProperty("holdfast.shared", ""), "fixtures/kube/admission/reviews.jsonl");
        Assumptions.assumeTrue(Files.isRegularFile(file), "no recorded reviews at " + file);
        Judge judge = new Judge(
                SettingsReader.read(
                        "mode: enforce\npodSecurity: restricted\nchecks: high\n", "settings.yaml", Limits.DEFAULT),
                PolicySet.NONE,
                Limits.DEFAULT,
                Surroundings.NONE);
        int answered = 0;
        int denied = 0;
        for (String line : Files.readAllLines(file)) {
            String text = Json.parse(line, Limits.DEFAULT).get("review") instanceof JsonValue.JsonObject
                    ? line.substring(line.indexOf("\"review\":") + 9, line.length() - 1)
                    : "";
            AdmissionRequest request = new ReviewReader(Limits.DEFAULT).read(text.getBytes(StandardCharsets.UTF_8));
            AdmissionAnswer answer = judge.decide(request);
            Node review = root(ReviewWriter.write(request, answer));
            Node asked = root(text.getBytes(StandardCharsets.UTF_8));
            assertThat(review.textAt("apiVersion")).isEqualTo(asked.textAt("apiVersion"));
            assertThat(review.textAt("kind")).contains("AdmissionReview");
            assertThat(review.textAt("response", "uid"))
                    .isEqualTo(asked.textAt("request", "uid"))
                    .isPresent();
            assertThat(review.at("response", "allowed").orElseThrow().isTrue()).isEqualTo(answer.isAllowed());
            assertThat(review.at("response", "patch")).isEmpty();
            if (!answer.isAllowed()) {
                assertThat(review.textAt("response", "status", "code")).contains("403");
                assertThat(review.textAt("response", "status", "message").orElse(""))
                        .isNotBlank();
                assertThat(request.object()).isPresent();
                denied++;
            }
            assertThat(answer.annotations()).doesNotContainKey("error");
            answered++;
        }
        assertThat(answered).isEqualTo(387);
        assertThat(denied).as("a recording has pods that restricted refuses").isBetween(1, answered - 1);
    }

    private static Node root(byte[] json) {
        Document document = new JsonReader(Limits.DEFAULT).read(json);
        assertThat(document).isInstanceOf(Document.Read.class);
        return ((Document.Read) document).root();
    }
}
