package dev.holdfast.report.rules;

import dev.holdfast.core.json.JsonWriter;
import dev.holdfast.report.form.DocumentParts;
import dev.holdfast.rules.Explanation;
import dev.holdfast.rules.LoadedRules;
import dev.holdfast.rules.Problem;
import dev.holdfast.rules.Rule;
import dev.holdfast.rules.event.EventType;
import dev.holdfast.rules.given.RuleTest;
import java.io.OutputStream;
import java.util.List;

/** Writes what there is to say about rule files as JSON of schema {@code holdfast-rules/1}; which members there are depends on the question. */
public final class JsonRules {
    private final JsonWriter json;

    private JsonRules(JsonWriter json) {
        this.json = json;
    }

    /** Writes the problems of files, and how many rules are right. */
    public static void check(LoadedRules loaded, String version, OutputStream out) {
        try (JsonWriter json = new JsonWriter(out)) {
            JsonRules rules = new JsonRules(json);
            rules.document(version, () -> {
                json.number("rules", loaded.rules().rules().size());
                rules.problems(loaded.problems());
            });
        }
    }

    /** Writes the rules themselves. */
    public static void list(List<Rule> listed, String version, OutputStream out) {
        try (JsonWriter json = new JsonWriter(out)) {
            JsonRules rules = new JsonRules(json);
            rules.document(version, () -> json.array("list", () -> listed.forEach(rules::rule)));
        }
    }

    /** Writes why a rule holds for an event, or does not. */
    public static void explanation(Explanation explanation, String version, OutputStream out) {
        try (JsonWriter json = new JsonWriter(out)) {
            JsonRules rules = new JsonRules(json);
            rules.document(version, () -> {
                json.text("rule", explanation.rule().name());
                json.flag("holds", explanation.holds());
                json.array("decisive", () -> explanation.decisive().forEach(rules::step));
            });
        }
    }

    /** Writes what came of tests. */
    public static void tests(List<RuleTest.Outcome> outcomes, String version, OutputStream out) {
        try (JsonWriter json = new JsonWriter(out)) {
            JsonRules rules = new JsonRules(json);
            rules.document(version, () -> json.array("tests", () -> outcomes.forEach(rules::outcome)));
        }
    }

    private void document(String version, Runnable body) {
        json.object(() -> {
            DocumentParts.head(json, "holdfast-rules/1", version);
            body.run();
        });
    }

    private void problems(List<Problem> problems) {
        json.array(
                "problems",
                () -> problems.forEach(problem -> json.object(() -> {
                    json.text("level", problem.isError() ? "error" : "warning");
                    json.text("code", problem.code().name());
                    json.text("message", problem.message());
                    json.text("itemType", problem.itemType());
                    if (!problem.itemName().isEmpty()) {
                        json.text("itemName", problem.itemName());
                    }
                    json.text("file", problem.place().file());
                    json.number("line", problem.place().line());
                    json.number("column", problem.place().column());
                })));
    }

    private void rule(Rule rule) {
        json.object(() -> {
            json.text("name", rule.name());
            json.text("description", rule.description().strip());
            json.text("source", rule.source());
            json.text("priority", rule.priority().word());
            json.texts("tags", rule.tags());
            json.flag("enabled", rule.isEnabled());
            if (!rule.isForAllTypes()) {
                json.texts(
                        "eventTypes",
                        rule.eventTypes().stream().map(EventType::name).sorted().toList());
            }
            json.text("file", rule.place().file());
            json.number("line", rule.place().line());
        });
    }

    private void step(Explanation.Step step) {
        json.object(() -> {
            json.text("check", step.text());
            json.flag("holds", step.holds());
            step.found().filter(found -> !found.equals("<NA>")).ifPresent(found -> json.text("found", found));
        });
    }

    private void outcome(RuleTest.Outcome outcome) {
        json.object(() -> {
            json.text("test", outcome.test().name());
            json.text("file", outcome.test().file());
            json.number("line", outcome.test().line());
            json.text("status", outcome.isPassed() ? "pass" : "fail");
            json.texts("differences", outcome.differences());
        });
    }
}
