package dev.holdfast.rules.given;

import dev.holdfast.rules.Priority;
import dev.holdfast.rules.Rule;
import dev.holdfast.rules.RuleEngine;
import dev.holdfast.rules.RuleSelection;
import dev.holdfast.rules.RuleSet;
import dev.holdfast.rules.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Events, and the alerts that rules should give for them.
 *
 * @param line where it begins
 * @param alerts exactly these, in order
 */
public record RuleTest(String name, String file, int line, List<Event> events, List<Alert> alerts) {
    public RuleTest {
        events = List.copyOf(events);
        alerts = List.copyOf(alerts);
    }

    /** An alert that is expected; what is absent may be anything. */
    public record Alert(String rule, Optional<String> priority, Optional<String> output) {}

    /**
     * What came of a test.
     *
     * @param differences each one line; none when it passes
     */
    public record Outcome(RuleTest test, List<String> differences) {
        public Outcome {
            differences = List.copyOf(differences);
        }

        public boolean isPassed() {
            return differences.isEmpty();
        }
    }

    private record Given(Rule rule, String output) {}

    /** Asks the rules about the events. */
    public Outcome run(RuleSet rules, RuleEngine.Matching matching) {
        RuleEngine.Matcher matcher =
                RuleEngine.of(rules, RuleSelection.ALL, matching).matcher();
        List<Given> given = new ArrayList<>();
        for (Event event : events) {
            for (Rule rule : matcher.match(event)) {
                given.add(new Given(rule, rule.output().print(event)));
            }
        }
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < Math.max(given.size(), alerts.size()); i++) {
            if (i >= given.size()) {
                differences.add("no alert of \"" + alerts.get(i).rule + "\"");
            } else if (i >= alerts.size()) {
                differences.add("an alert of \"" + given.get(i).rule.name() + "\" that is not expected");
            } else {
                compare(alerts.get(i), given.get(i), differences);
            }
        }
        return new Outcome(this, differences);
    }

    private static void compare(Alert expected, Given given, List<String> differences) {
        if (!expected.rule.equals(given.rule.name())) {
            differences.add("an alert of \"" + given.rule.name() + "\" instead of \"" + expected.rule + "\"");
            return;
        }
        expected.priority
                .filter(word ->
                        Priority.of(word).filter(given.rule.priority()::equals).isEmpty())
                .ifPresent(word -> differences.add("\"" + expected.rule + "\" has the priority "
                        + given.rule.priority().word() + ", not " + word));
        expected.output
                .filter(text -> !text.equals(given.output))
                .ifPresent(text -> differences.add(
                        "\"" + expected.rule + "\" prints \"" + given.output + "\", not \"" + text + "\""));
    }
}
