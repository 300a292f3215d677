package dev.holdfast.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.core.Limits;
import dev.holdfast.rules.Rule;
import dev.holdfast.rules.RuleEngine;
import dev.holdfast.rules.RuleLoader;
import dev.holdfast.rules.RuleSelection;
import dev.holdfast.rules.ShippedRules;
import dev.holdfast.rules.event.Event;
import dev.holdfast.watch.open.Sources;
import dev.holdfast.watch.source.EventSource;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Our own rules for the audit log of Kubernetes on the log of a real server, and on lines of it in which one thing is changed. */
class OwnAuditRulesTest {
    private static final Path LOG =
            Path.of(System.getProperty("holdfast.shared", "absent"), "fixtures/kube/audit/audit.jsonl");

    /** A line of the table: the rule, {@code =}, {@code +} or {@code -}, and what stands behind. */
    private record Row(String rule, char kind, String rest) {}

    private static List<Row> table() throws Exception {
        List<Row> rows = new ArrayList<>();
        String name = "own-audit-rules.txt";
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(OwnAuditRulesTest.class.getResourceAsStream(name), name), UTF_8))) {
            String rule = "";
            for (String line : lines.lines().toList()) {
                if (line.startsWith("=") || line.startsWith("+") || line.startsWith("-")) {
                    rows.add(new Row(rule, line.charAt(0), line.substring(1).strip()));
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    rule = line;
                }
            }
        }
        return rows;
    }

    private static List<List<String>> met(byte[] log) throws Exception {
        LiveRules.Choice choice =
                new LiveRules.Choice(List.of(Path.of(ShippedRules.NAME)), RuleSelection.ALL, RuleEngine.Matching.ALL);
        List<List<String>> met = new ArrayList<>();
        try (LiveRules rules = LiveRules.read(choice, Limits.DEFAULT, new Tally(), line -> {});
                EventSource source =
                        new Sources(Limits.DEFAULT, false).open("audit.jsonl", new ByteArrayInputStream(log))) {
            RuleEngine.Matcher matcher = rules.get().matcher();
            for (var event = source.next(); event.isPresent(); event = source.next()) {
                met.add(matcher.match(event.get()).stream().map(Rule::name).toList());
            }
        }
        return met;
    }

    @Test
    void everyRuleHasARowThatMeetsItAndOneThatDoesNot() throws Exception {
        List<String> rules = new RuleLoader(Limits.DEFAULT)
                .load(ShippedRules.files()).rules().rules().stream()
                        .filter(rule -> rule.source().equals(Event.K8S_AUDIT))
                        .map(Rule::name)
                        .toList();
        List<Row> table = table();
        assertThat(rulesOf(table.stream().filter(row -> row.kind == '+' || (row.kind == '=' && !row.rest.isEmpty()))))
                .containsExactlyInAnyOrderElementsOf(rules);
        assertThat(rulesOf(table.stream().filter(row -> row.kind == '-'))).containsExactlyInAnyOrderElementsOf(rules);
    }

    private static List<String> rulesOf(Stream<Row> rows) {
        return rows.map(Row::rule).distinct().toList();
    }

    @Test
    void meetTheLinesThatTheyAreForAndNoOthers() throws Exception {
        assumeTrue(Files.exists(LOG), "the shared corpus is not here");
        Map<String, List<String>> expected = new LinkedHashMap<>();
        Map<String, List<String>> found = new LinkedHashMap<>();
        for (Row row : table()) {
            if (row.kind == '=') {
                expected.put(row.rule, row.rest.isEmpty() ? List.of() : List.of(row.rest.split(" ")));
                found.put(row.rule, new ArrayList<>());
            }
        }
        List<List<String>> met = met(Files.readAllBytes(LOG));
        assertThat(met).hasSize(771);
        for (int i = 0; i < met.size(); i++) {
            for (String rule : met.get(i)) {
                Objects.requireNonNull(found.get(rule), rule).add(Integer.toString(i + 1));
            }
        }
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void oneChangeDecides() throws Exception {
        assumeTrue(Files.exists(LOG), "the shared corpus is not here");
        List<String> log = Files.readAllLines(LOG);
        for (Row row : table()) {
            if (row.kind == '=') {
                continue;
            }
            int blank = row.rest.indexOf(' ');
            String[] change = row.rest.substring(blank + 1).split(" -> ");
            String line = log.get(Integer.parseInt(row.rest.substring(0, blank)) - 1);
            assertThat(line).as(row.toString()).contains(change[0]);
            List<String> met =
                    met(line.replace(change[0], change[1]).getBytes(UTF_8)).getFirst();
            assertThat(met.contains(row.rule)).as(row.toString()).isEqualTo(row.kind == '+');
        }
    }
}
