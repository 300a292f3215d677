package dev.holdfast.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.policy.definition.PolicyReader;
import dev.holdfast.policy.definition.PolicySet;
import dev.holdfast.policy.typing.ExpressionWarning;
import dev.holdfast.policy.typing.TypeChecker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The type checking that a real server did of recorded policies: same expressions, same words. */
class RecordedTypeCheckingTest {
    /** The server puts the time of day behind the kind's name. */
    private static final Pattern KIND_WITH_TIME = Pattern.compile("\\b(Pod|Deployment)[0-9]+");

    private static final TypeChecker CHECKER = new TypeChecker(List.of());

    @Test
    void warnsOfTheRecordedPoliciesAsTheServerDid() throws IOException, InputException {
        RecordedServer server = RecordedServer.open();
        List<String> differences = new ArrayList<>();
        int checked = 0;
        int warned = 0;
        for (JsonValue recorded : server.cases()) {
            PolicySet policies = server.policies(recorded);
            if (recorded.get("type_checking").isAbsent() || policies.policies().isEmpty()) {
                continue; // refused: nobody checked it
            }
            List<String> expected = expected(recorded.get("type_checking"));
            checked++;
            warned += expected.isEmpty() ? 0 : 1;
            compare(recorded.get("id").text().orElseThrow(), expected, CHECKER.check(policies), differences);
        }
        assertThat(differences).as("of %d policies", checked).isEmpty();
        assertThat(checked).isGreaterThan(300);
        assertThat(warned).isGreaterThan(15);
    }

    @Test
    void warnsOfOtherKindsAsTheServerDid() throws IOException, InputException {
        List<String> differences = new ArrayList<>();
        for (JsonValue recorded : RecordedServer.open().typeChecks()) {
            List<String> expected = expected(recorded.at("status", "typeChecking"));
            String name = recorded.get("name").text().orElseThrow();
            String message = name.equals("message-expression")
                    ? ", \"messageExpression\": \"'replicas ' + string(object.spec.replica)\""
                    : "";
            String policy =
                    "{apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingAdmissionPolicy, metadata: {name: p},"
                            + " spec: {matchConstraints: {resourceRules: [{operations: [CREATE], apiVersions: [v1], apiGroups: "
                            + texts(recorded, "apiGroups") + ", resources: " + texts(recorded, "resources")
                            + "}]}, validations: [{\"expression\": "
                            + quoted(recorded.get("expression").text().orElseThrow()) + message + "}]}}";
            PolicySet policies = PolicyReader.read(policy, "p.yaml", Limits.DEFAULT);
            if (!recorded.get("status").isAbsent()) {
                compare(name, expected, CHECKER.check(policies), differences);
            }
        }
        assertThat(differences).isEmpty();
    }

    private static String texts(JsonValue recorded, String name) {
        return recorded.get(name).texts().stream()
                .map(RecordedTypeCheckingTest::quoted)
                .toList()
                .toString();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static List<String> expected(JsonValue typeChecking) {
        List<String> texts = new ArrayList<>();
        for (JsonValue warning : typeChecking.get("expressionWarnings").elements()) {
            String text = warning.get("warning").text().orElseThrow();
            texts.add(warning.get("fieldRef").text().orElseThrow() + " "
                    + KIND_WITH_TIME.matcher(text).replaceAll("$1"));
        }
        return texts;
    }

    private static void compare(
            String name, List<String> expected, List<ExpressionWarning> ours, List<String> differences) {
        List<String> texts = ours.stream()
                .map(warning -> warning.field() + " " + warning.warning())
                .toList();
        if (!texts.equals(expected)) {
            differences.add(name + "\n  server " + expected + "\n  ours   " + texts);
        }
    }
}
