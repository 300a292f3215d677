package dev.holdfast.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.InputException;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.policy.Ruling.Outcome;
import dev.holdfast.policy.definition.PolicyReader;
import dev.holdfast.policy.definition.PolicySet;
import dev.holdfast.policy.definition.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every policy that a real API server was recorded with: same verdict, same message, same refusal, same warnings. */
class RecordedPoliciesTest {
    @Test
    void decidesAsTheRecordedServerDid() throws IOException, InputException {
        RecordedServer server = RecordedServer.open();
        List<String> differences = new ArrayList<>();
        List<JsonValue> cases = server.cases();
        for (JsonValue recorded : cases) {
            String expected = expected(recorded);
            String ours = ours(server, recorded);
            if (!ours.equals(expected)) {
                differences.add(
                        recorded.get("id").text().orElseThrow() + "\n  server " + expected + "\n  ours   " + ours);
            }
        }
        assertThat(differences).as("of %d cases", cases.size()).isEmpty();
        assertThat(cases).hasSizeGreaterThan(500);
    }

    private static String expected(JsonValue recorded) {
        String verdict = recorded.get("verdict").text().orElseThrow();
        if (verdict.equals("refused at creation")) {
            return verdict + " "
                    + recorded.at("policy_create", "message").text().orElse("");
        }
        String prefix = "";
        List<String> warnings = new ArrayList<>();
        for (String warning : recorded.at("result", "warnings").texts()) {
            warnings.add(warning.substring("299 - \"".length(), warning.length() - 1));
        }
        String message = recorded.at("result", "message").text().orElse(prefix);
        int behind = message.indexOf(" is forbidden: ");
        return verdict + " " + (behind < 0 ? message : message.substring(behind + " is forbidden: ".length())) + " "
                + recorded.at("result", "reason").text().orElse("") + " " + warnings;
    }

    private static String ours(RecordedServer server, JsonValue recorded) throws IOException, InputException {
        PolicySet policies = server.policies(recorded);
        Optional<Refusal> refusal = policies.refusals().stream()
                .filter(one -> one.kind().equals(PolicyReader.POLICY))
                .findFirst();
        if (refusal.isPresent()) {
            return "refused at creation " + refusal.get().message();
        }
        Decision decision = new Arbiter(policies).decide(server.request(recorded));
        Optional<Ruling> denial = decision.denial();
        String verdict = denial.map(ruling -> ruling.outcome() == Outcome.ERROR ? "error" : "denied")
                .orElse("allowed");
        return verdict + " " + denial.map(Ruling::denial).orElse("") + " "
                + denial.map(ruling -> ruling.reason().word()).orElse("") + " " + decision.warnings();
    }
}
