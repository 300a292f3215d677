package dev.holdfast.server.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.InputException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a judge makes of labels of namespaces, and of exceptions. */
class SurroundingsTest {
    private static final String PRIVILEGED =
            "{\"containers\":[{\"name\":\"app\",\"image\":\"web:1\",\"securityContext\":{\"privileged\":true}}]}";

    private static Namespaces labelled(Map<String, Object> labels) {
        return name -> name.equals("shop")
                ? new Namespaces.Answer.Known(Map.of("metadata", Map.of("name", name, "labels", labels)))
                : new Namespaces.Answer.Unknown("nobody told");
    }

    private static AdmissionAnswer ask(String settings, String policy, Namespaces namespaces, String namespace)
            throws InputException {
        return Reviews.judge(settings, policy, ImageKnowledge.NOTHING, namespaces)
                .decide(Reviews.request("CREATE", namespace, "", "Pod", "pods", Reviews.pod(PRIVILEGED), ""));
    }

    @Test
    void holdsPodsToTheLabelsOfTheirNamespace() throws InputException {
        Namespaces namespaces = labelled(Map.of(
                "pod-security.kubernetes.io/enforce",
                "baseline",
                "pod-security.kubernetes.io/enforce-version",
                "v1.30",
                "pod-security.kubernetes.io/warn",
                "restricted"));
        AdmissionAnswer answer = ask("mode: enforce\npodSecurity: labels\n", "", namespaces, "shop");
        assertThat(answer.isAllowed()).isFalse();
        assertThat(answer.message()).startsWith("violates PodSecurity \"baseline:v1.30\": privileged");
        assertThat(answer.warnings())
                .singleElement()
                .asString()
                .startsWith("would violate PodSecurity \"restricted:latest\"");
        AdmissionAnswer warned = ask("mode: warn\npodSecurity: labels\n", "", namespaces, "shop");
        assertThat(warned.isAllowed()).isTrue();
        assertThat(warned.warnings()).hasSize(2);
    }

    @Test
    void aNamespaceWithoutLabelsAsksNothingAndAMisspeltLevelTheMost() throws InputException {
        assertThat(ask("mode: enforce\npodSecurity: labels\n", "", labelled(Map.of()), "shop"))
                .isEqualTo(AdmissionAnswer.allowed());
        assertThat(ask(
                                "mode: enforce\npodSecurity: labels\n",
                                "",
                                labelled(Map.of("pod-security.kubernetes.io/enforce", "basline")),
                                "shop")
                        .message())
                .contains("restricted:latest");
    }

    @Test
    void whatIsNotKnownOfANamespaceIsNotAssessed() throws InputException {
        AdmissionAnswer denied = ask("mode: enforce\npodSecurity: labels\n", "", labelled(Map.of()), "other");
        assertThat(denied.isAllowed()).isFalse();
        assertThat(denied.message()).isEqualTo("not assessed: Pod Security Standards of the namespace (nobody told)");
        AdmissionAnswer warned =
                ask("mode: enforce\nonError: allow\npodSecurity: labels\n", "", labelled(Map.of()), "other");
        assertThat(warned.isAllowed()).isTrue();
        assertThat(warned.warnings()).singleElement().asString().startsWith("not assessed");
        assertThat(ask("mode: enforce\npodSecurity: labels\n", "", Namespaces.NOT_LOOKED_AT, "shop")
                        .message())
                .contains("nothing was set up to look at labels");
    }

    @Test
    void policiesSeeTheNamespace() throws InputException {
        String policy = """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: team}
                spec:
                  matchConstraints:
                    namespaceSelector: {matchLabels: {team: shop}}
                    resourceRules:
                    - {apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}
                  validations:
                  - expression: namespaceObject.metadata.labels['team'] == 'other'
                """;
        assertThat(ask("mode: enforce\n", policy, labelled(Map.of("team", "shop")), "shop")
                        .isAllowed())
                .isFalse();
        assertThat(ask("mode: enforce\n", policy, labelled(Map.of("team", "x")), "shop")
                        .isAllowed())
                .isTrue();
        assertThat(ask("mode: enforce\n", policy, labelled(Map.of()), "other").message())
                .startsWith("not assessed");
    }

    @Test
    void anExceptionSetsAsideWhatItNamesUntilItExpires() throws InputException {
        String settings = """
                mode: enforce
                podSecurity: baseline
                checks: critical
                exceptions:
                - {id: privileged*, target: shop/*, reason: needs it, owner: ann, expires: %s}
                """;
        AdmissionAnswer set = ask(settings.replace("%s", "2026-11-26"), "", Namespaces.NOT_LOOKED_AT, "shop");
        assertThat(set.isAllowed()).isTrue();
        assertThat(set.annotations().get("exceptions")).contains("privileged: needs it (ann)");
        assertThat(ask(settings.replace("%s", "2026-11-26"), "", Namespaces.NOT_LOOKED_AT, "lab")
                        .isAllowed())
                .isFalse();
        AdmissionAnswer expired = ask(settings.replace("%s", "2026-11-25"), "", Namespaces.NOT_LOOKED_AT, "shop");
        assertThat(expired.isAllowed()).isFalse();
        assertThat(expired.annotations()).containsKey("exceptions-expired");
    }
}
