package dev.holdfast.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import dev.holdfast.rules.Rule;
import dev.holdfast.rules.RuleEngine;
import dev.holdfast.rules.RuleSelection;
import dev.holdfast.rules.event.Event;
import dev.holdfast.watch.open.Sources;
import dev.holdfast.watch.source.EventSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** 771 lines of the log of a real server, each with the rules of today's Kubernetes audit rule file that it must meet. */
class KubeAuditLogTest {
    private static final Path SHARED = Path.of(System.getProperty("holdfast.shared", "absent"));

    @Test
    void everyLineMeetsTheRulesThatItMust() throws Exception {
        Path log = SHARED.resolve("fixtures/kube/audit/audit.jsonl");
        assumeTrue(Files.exists(log), "the shared corpus is not here");
        List<String> expected = new ArrayList<>();
        for (String line : Files.readAllLines(SHARED.resolve("fixtures/kube/audit/expected-rules.jsonl"))) {
            expected.add(Json.parse(line, Limits.DEFAULT).get("rules").texts().toString());
        }
        LiveRules.Choice choice = new LiveRules.Choice(
                List.of(SHARED.resolve("oracles/falco/shipped-rules/k8s_audit_rules.yaml")),
                RuleSelection.ALL,
                RuleEngine.Matching.ALL);
        List<String> found = new ArrayList<>();
        try (LiveRules rules = LiveRules.read(choice, Limits.DEFAULT, new Tally(), line -> {});
                EventSource source = new Sources(Limits.DEFAULT, false).open(log)) {
            RuleEngine.Matcher matcher = rules.get().matcher();
            Optional<? extends Event> event = source.next();
            while (event.isPresent()) {
                found.add(matcher.match(event.get()).stream()
                        .map(Rule::name)
                        .toList()
                        .toString());
                event = source.next();
            }
            assertThat(source.gaps()).isEmpty();
        }
        assertThat(found).hasSize(771).containsExactlyElementsOf(expected);
    }
}
