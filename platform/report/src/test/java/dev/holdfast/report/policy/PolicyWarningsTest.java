package dev.holdfast.report.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.policy.typing.ExpressionWarning;
import dev.holdfast.report.OwnSchema;
import dev.holdfast.report.form.Ink;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PolicyWarningsTest {
    private static final String TEXT = "apps/v1, Kind=Deployment: ERROR: <input>:1:12: undefined field 'replica'\n"
            + " | object.spec.replica > 1 || '\u001b[31m" + "x".repeat(120) + "'\n | ...........^\n";

    private static final PolicyResults RESULTS = new PolicyResults(
            "0.1.0",
            List.of(),
            List.of(new ExpressionWarning(
                    "replicas", "policies/replicas.yaml:1", "spec.validations[0].expression", TEXT)),
            List.of(),
            Optional.empty());

    @Test
    void tellsThePolicyTheExpressionAndThePlaceInIt() {
        String view = TerminalPolicy.render(RESULTS, Ink.PLAIN, false);

        assertThat(view)
                .startsWith("warning  replicas  policies/replicas.yaml:1\n  spec.validations[0].expression\n"
                        + "    apps/v1, Kind=Deployment: ERROR: <input>:1:12: undefined field 'replica'\n"
                        + "     | object.spec.replica > 1 || '")
                .contains("     | ...........^\n")
                .doesNotContain("\u001b");
        assertThat(view.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    }

    @Test
    void jsonHoldsTheWordsOfTheServer() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonPolicy.write(RESULTS, out);
        JsonValue warning = Json.parse(out.toByteArray(), Limits.DEFAULT)
                .get("warnings")
                .elements()
                .getFirst();

        assertThat(warning.get("policy").text()).contains("replicas");
        assertThat(warning.get("field").text()).contains("spec.validations[0].expression");
        assertThat(warning.get("warning").text()).contains(TEXT);
        assertThat(OwnSchema.violations("holdfast-policy-1.json", out.toByteArray()))
                .isEmpty();
    }
}
