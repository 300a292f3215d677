package dev.holdfast.policy.typing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.policy.definition.PolicyReader;
import dev.holdfast.policy.definition.PolicySet;
import java.util.List;
import org.junit.jupiter.api.Test;

class TypeCheckerTest {
    private static final String WIDGETS = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: widgets.shop.example}
            spec:
              group: shop.example
              scope: Namespaced
              names: {plural: widgets, singular: widget, kind: Widget}
              versions:
                - name: v1
                  served: true
                  storage: true
                  schema:
                    openAPIV3Schema:
                      type: object
                      properties:
                        spec:
                          type: object
                          properties:
                            size: {type: integer}
                            ratio: {type: number}
                            port: {x-kubernetes-int-or-string: true}
                            colours: {type: array, items: {type: string}}
                            weights: {type: object, additionalProperties: {type: integer}}
                            until: {type: string, format: date-time}
                            pause: {type: string, format: duration}
                            key: {type: string, format: byte}
                            on: {type: boolean}
                            any: {x-kubernetes-preserve-unknown-fields: true}
                            open: {type: object, x-kubernetes-preserve-unknown-fields: true}
                            with-dash: {type: string}
                            template: {type: object, x-kubernetes-embedded-resource: true}
                - name: v0
                  served: false
                  storage: false
                  schema: {openAPIV3Schema: {type: object}}
            ---
            """;

    private static String policy(String groups, String resources, String more, String... validations) {
        StringBuilder text = new StringBuilder();
        for (String validation : validations) {
            text.append("    - expression: ").append(validation).append('\n');
        }
        return "apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\nmetadata: {name: p}\nspec:\n"
                + "  matchConstraints:\n    resourceRules:\n      - {operations: [CREATE], apiGroups: " + groups
                + ", apiVersions: [v1], resources: " + resources + "}\n" + more + "  validations:\n" + text;
    }

    private static List<String> warnings(String yaml) throws InputException {
        PolicySet policies = PolicyReader.read(yaml, "p.yaml", Limits.DEFAULT);
        assertThat(policies.refusals()).isEmpty();
        return new TypeChecker(policies.objects())
                .check(policies).stream()
                        .map(warning -> warning.field() + " "
                                + warning.warning().lines().findFirst().orElse(""))
                        .toList();
    }

    private static List<String> ofWidgets(String expression) throws InputException {
        return warnings(WIDGETS + policy("[shop.example]", "[widgets]", "", expression));
    }

    @Test
    void tellsTheKindTheFieldAndTheCharacter() throws Exception {
        PolicySet policies = PolicyReader.read(
                policy("[apps]", "[deployments]", "", "object.spec.replica > 1"), "p.yaml", Limits.DEFAULT);

        assertThat(new TypeChecker(List.of()).check(policies))
                .containsExactly(new ExpressionWarning(
                        "p",
                        "p.yaml:1",
                        "spec.validations[0].expression",
                        "apps/v1, Kind=Deployment: ERROR: <input>:1:12: undefined field 'replica'\n"
                                + " | object.spec.replica > 1\n | ...........^\n"));
    }

    @Test
    void fieldsThatEveryKindHasAreThere() throws Exception {
        assertThat(warnings(policy(
                        "[apps, batch, '']",
                        "[deployments, jobs, pods, services]",
                        "",
                        "object.metadata.namespace != '' && object.metadata.labels['a'] == 'b' && object.kind != ''",
                        "object.metadata.creationTimestamp < timestamp('2030-01-01T00:00:00Z')",
                        "oldObject.metadata.generation < object.metadata.generation")))
                .isEmpty();
    }

    @Test
    void intOrTextIsAnythingAndQuantitiesAreNotSeen() throws Exception {
        assertThat(warnings(policy(
                        "['']",
                        "[services]",
                        "",
                        "object.spec.ports.all(p, p.targetPort == 80 || p.targetPort == 'http')")))
                .isEmpty();
        assertThat(warnings(policy("['']", "[resourcequotas]", "", "has(object.spec.hard)")))
                .containsExactly("spec.validations[0].expression /v1, Kind=ResourceQuota: ERROR: <input>:1:4:"
                        + " undefined field 'hard'");
    }

    @Test
    void withoutAGroupEveryGroupIsMeant() throws Exception {
        // the server looks a resource up by its version alone when the group is the core's
        assertThat(warnings(policy("['']", "[events]", "", "object.note == ''")))
                .containsExactly(
                        "spec.validations[0].expression /v1, Kind=Event: ERROR: <input>:1:7: undefined field 'note'");
        assertThat(warnings(policy("[events.k8s.io]", "[events]", "", "object.note == ''")))
                .isEmpty();
    }

    @Test
    void starsSubresourcesAndUnknownKindsAreNotChecked() throws Exception {
        assertThat(warnings(policy("['*']", "[pods]", "", "object.nope == 1"))).isEmpty();
        assertThat(warnings(policy("[apps]", "['*', deployments/scale]", "", "object.nope == 1")))
                .isEmpty();
        assertThat(warnings(policy("[nope.example]", "[things]", "", "object.nope == 1")))
                .isEmpty();
    }

    @Test
    void schemaOfADefinitionAmongTheFilesCounts() throws Exception {
        assertThat(ofWidgets("object.spec.size + 1 > 2 && object.spec.ratio > 1.0 && object.spec.port == 'http'"))
                .isEmpty();
        assertThat(ofWidgets("object.spec.colours[0].startsWith('a') && object.spec.weights['a'] > 1"))
                .isEmpty();
        assertThat(ofWidgets("object.spec.until > timestamp('2026-01-01T00:00:00Z') && object.spec.on"))
                .isEmpty();
        assertThat(ofWidgets("object.spec.pause < duration('1h') && object.spec.key == b'a'"))
                .isEmpty();
        assertThat(ofWidgets("object.spec.with__dash__dash == object.metadata.name"))
                .isEmpty();
        assertThat(ofWidgets("object.spec.template.metadata.name == object.spec.template.kind"))
                .isEmpty();
    }

    @Test
    void whatADefinitionDoesNotDescribeIsUndefined() throws Exception {
        String head = "spec.validations[0].expression shop.example/v1, Kind=Widget: ERROR: <input>:1:";

        assertThat(ofWidgets("object.spec.weight > 1")).containsExactly(head + "12: undefined field 'weight'");
        assertThat(ofWidgets("object.spec.any == 1")).containsExactly(head + "12: undefined field 'any'");
        assertThat(ofWidgets("object.spec.open.x == 1")).containsExactly(head + "17: undefined field 'x'");
        assertThat(ofWidgets("object.spec.size == 'large'"))
                .containsExactly(head + "18: found no matching overload for '_==_' applied to '(int, string)'");
        assertThat(ofWidgets("object.spec == 1"))
                .containsExactly(head + "13: found no matching overload for '_==_' applied to '(Widget.spec, int)'");
    }

    @Test
    void parametersHaveTheTypeOfTheirKind() throws Exception {
        String params = "  paramKind: {apiVersion: shop.example/v1, kind: Widget}\n";

        assertThat(warnings(WIDGETS + policy("['']", "[pods]", params, "params.spec.size > 1")))
                .isEmpty();
        assertThat(warnings(WIDGETS + policy("['']", "[pods]", params, "params.spec.sise > 1")))
                .containsExactly(
                        "spec.validations[0].expression /v1, Kind=Pod: ERROR: <input>:1:12: undefined field 'sise'");
        assertThat(warnings(policy("['']", "[pods]", params, "params.spec.sise > 1")))
                .as("of a kind that nobody knows")
                .isEmpty();
    }

    @Test
    void variablesCarryTheirTypes() throws Exception {
        String variables = "  variables:\n    - {name: names, expression: 'object.spec.containers.map(c, c.name)'}\n"
                + "    - {name: wrong, expression: 'object.spec.nope'}\n"
                + "    - {name: spec, expression: 'object.spec'}\n";

        assertThat(warnings(policy(
                        "['']",
                        "[pods]",
                        variables,
                        "variables.names.exists(n, n == 'a')",
                        "variables.names.exists(n, n == 1)",
                        "variables.wrong == 1",
                        "variables.spec.anything == 1")))
                .containsExactly("spec.validations[1].expression /v1, Kind=Pod: ERROR: <input>:1:29: found no matching"
                        + " overload for '_==_' applied to '(string, int)'");
    }

    @Test
    void everyKindHasItsTurnUpToTen() throws Exception {
        assertThat(warnings(policy(
                        "['']",
                        "[pods, services, configmaps, secrets, nodes, namespaces, endpoints, limitranges, podtemplates,"
                                + " resourcequotas, serviceaccounts]",
                        "",
                        "object.nope == 1")))
                .hasSize(1);
        PolicySet policies = PolicyReader.read(
                policy(
                        "['']",
                        "[pods, services, configmaps, secrets, nodes, namespaces, endpoints, limitranges, podtemplates,"
                                + " resourcequotas, serviceaccounts]",
                        "",
                        "object.nope == 1"),
                "p.yaml",
                Limits.DEFAULT);
        String warning = new TypeChecker(List.of()).check(policies).getFirst().warning();
        assertThat(warning.lines().filter(line -> line.contains("Kind="))).hasSize(10);
        assertThat(warning).startsWith("/v1, Kind=ConfigMap: ").doesNotContain("Kind=Service:");
    }

    @Test
    void schemaThatHoldsItselfEnds() throws Exception {
        assertThat(warnings(policy(
                        "[apiextensions.k8s.io]",
                        "[customresourcedefinitions]",
                        "",
                        "object.spec.versions.all(v, v.schema.openAPIV3Schema.properties.all(n, has(v.schema.openAPIV3Schema"
                                + ".properties[n].type)))")))
                .containsExactly(
                        "spec.validations[0].expression apiextensions.k8s.io/v1, Kind=CustomResourceDefinition:"
                                + " ERROR: <input>:1:75: undefined field 'type'");
    }

    @Test
    void definitionsThatAreNoneAreIgnored() throws Exception {
        String broken =
                "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, spec: {versions: [1, {served: true,"
                        + " schema: {openAPIV3Schema: {properties: 3}}}, {served: true, schema: [x]}]}}\n---\n"
                        + "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, spec: oops}\n---\n";

        assertThat(warnings(broken + policy("['']", "[pods]", "", "object.spec.hostNetwork == true")))
                .isEmpty();
    }
}
