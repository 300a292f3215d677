package dev.holdfast.check.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.check.CheckRequest;
import dev.holdfast.check.Checker;
import dev.holdfast.check.Result;
import dev.holdfast.check.Rule;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A manifest is judged as the server would store it: recorded objects, as submitted and as stored, come to the same findings. */
class RecordedDefaultingTest {
    /** What only the submitted text can have: the server drops, or rewrites, what these speak of. */
    private static final Set<String> OF_THE_TEXT =
            Set.of("unknown-field", "duplicate-field", "service-account-deprecated-field", "deprecated-api-version");

    private static final Set<String> OF_LIMITS =
            Set.of("cpu-request-missing", "cpu-unlimited", "memory-request-missing", "memory-unlimited");

    private static Set<String> findings(String json) throws Exception {
        Set<String> findings = new TreeSet<>();
        for (Result failure : new Checker(Limits.DEFAULT)
                .check(CheckRequest.ofText("object.json", json).profile(Rule.Profile.STRICT))
                .failures()) {
            if (!OF_THE_TEXT.contains(failure.rule())) {
                findings.add(failure.rule() + " " + failure.severity());
            }
        }
        return findings;
    }

    @Test
    void whatTheServerFillsInChangesNoFinding() throws Exception {
        String shared = System.getProperty("holdfast.shared", "");
        Path file = Path.of(shared, "fixtures", "kube", "defaulting", "defaulting.jsonl");
        assumeTrue(Files.exists(file), "the recorded objects are not at hand (holdfast.shared)");
        List<String> differences = new ArrayList<>();
        int judged = 0;
        for (String line : Files.readAllLines(file)) {
            JsonValue recorded = Json.parse(line.getBytes(StandardCharsets.UTF_8), Limits.DEFAULT);
            String submitted = field(line, "\"submitted\":", "\"code\":");
            String stored = field(line, "\"stored\":", "");
            if (stored.startsWith("{")) {
                judged++;
                Set<String> before = findings(submitted);
                Set<String> after = findings(stored);
                if (recorded.get("name").text().orElse("").startsWith("limitrange/")) {
                    // another object of the namespace, which the manifest does not show, gave limits to these
                    before.removeIf(finding -> OF_LIMITS.contains(finding.split(" ", 2)[0]));
                    after.removeIf(finding -> OF_LIMITS.contains(finding.split(" ", 2)[0]));
                }
                if (!before.equals(after)) {
                    differences.add(recorded.get("name").text().orElse("") + " "
                            + recorded.get("kind").text().orElse("") + ": " + difference(before, after));
                }
            }
        }
        assertThat(differences).isEmpty();
        assertThat(judged).isGreaterThan(100);
    }

    /** The raw text of a member of a line that is written without spaces. */
    private static String field(String line, String name, String next) {
        int from = line.indexOf(name) + name.length();
        int to = next.isEmpty() ? line.length() - 1 : line.lastIndexOf("," + next, line.indexOf(next, from));
        return line.substring(from, to);
    }

    private static String difference(Set<String> before, Set<String> after) {
        Set<String> gone = new TreeSet<>(before);
        gone.removeAll(after);
        Set<String> added = new TreeSet<>(after);
        added.removeAll(before);
        return "only submitted " + gone + ", only stored " + added;
    }
}
