package dev.holdfast.report.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Limits;
import dev.holdfast.report.form.Ink;
import dev.holdfast.rules.Explainer;
import dev.holdfast.rules.Explanation;
import dev.holdfast.rules.LoadedRules;
import dev.holdfast.rules.RuleEngine;
import dev.holdfast.rules.RuleFile;
import dev.holdfast.rules.RuleLoader;
import dev.holdfast.rules.given.GivenEvents;
import dev.holdfast.rules.given.RuleTest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RulesViewTest {
    private static final LoadedRules LOADED =
            new RuleLoader(Limits.DEFAULT).load(List.of(new RuleFile("my.yaml", """
                    - macro: is_open
                      condition: evt.type in (open, openat)
                    - rule: shadow
                      desc: Somebody opens the shadow file
                      condition: is_open and fd.name=/etc/shadow
                      output: "%proc.name read %fd.name"
                      priority: WARNING
                      tags: [host]
                    - rule: wrong
                      desc: d
                      condition: is_open and no.such=1
                      output: o
                      priority: INFO
                    """)));
    private static final RuleFile EVENT =
            new RuleFile("event.yaml", "{type: openat, fields: {fd.name: /etc/passwd, proc.name: cat}}");
    private static final RuleFile TESTS = new RuleFile("tests.yaml", """
            - test: told
              event: {type: open, fields: {fd.name: /etc/shadow, proc.name: cat}}
              alerts: [{rule: shadow, priority: WARNING, output: cat read /etc/shadow}]
            - test: not told
              event: {type: open, fields: {fd.name: /etc/passwd}}
              alerts: [shadow]
            """);

    private static String json(java.util.function.Consumer<ByteArrayOutputStream> writer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.accept(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String below(String condition) {
        String file = "- rule: r\n  desc: d\n  output: o\n  priority: INFO\n  condition: " + condition + "\n";
        String text =
                TerminalRules.checkWithExcerpts(new RuleLoader(Limits.DEFAULT).load(List.of(new RuleFile("f", file))));
        return text.substring(text.indexOf('\n') + 1);
    }

    @Test
    void caretStandsBelowThePlaceBehindWideCharactersMarksAndTabs() {
        assertThat(below("proc.name = 容器 and no.such=1")).isEqualTo("""
                    5 |   condition: proc.name = 容器 and no.such=1
                      |                                   ^
                """.indent(0));
        assertThat(below("proc.name = e\u0301 and no.such=1")).endsWith("      | " + " ".repeat(31) + "^\n");
        assertThat(below("\"proc.name = 'a\tb' and no.such=1\""))
                .contains("'a    b' and")
                .endsWith(" ^\n");
    }

    @Test
    void longLineIsCutAroundThePlaceAndNeverWiderThanTheTerminal() {
        String values = "v, ".repeat(5_000) + "v";
        String text = below("proc.name in (" + values + ") and no.such=1 or proc.name in (" + values + ")");
        assertThat(text.lines()).hasSize(2).allMatch(line -> line.length() <= 100);
        String first = text.lines().toList().getFirst();
        String second = text.lines().toList().getLast();
        assertThat(first).startsWith("    5 | …").endsWith("…");
        assertThat(first.indexOf("no.such")).isEqualTo(second.indexOf('^'));
    }

    @Test
    void escapeSequencesOfTheFileDoNotReachTheTerminal() {
        String text = below("proc.name = \u202Ereversed and no.such=1");
        assertThat(text).contains("\\u202ereversed").doesNotContain("\u202E");
        assertThat(text.lines().toList().getFirst().indexOf("no.such"))
                .isEqualTo(text.lines().toList().getLast().indexOf('^'));
    }

    @Test
    void whoLooksIsToldThatNothingIsWrong() {
        LoadedRules right = new RuleLoader(Limits.DEFAULT)
                .load(List.of(new RuleFile(
                        "f", "- rule: r\n  desc: d\n  output: o\n  priority: INFO\n  condition: evt.type = open\n")));
        assertThat(TerminalRules.check(right)).isEmpty();
        assertThat(TerminalRules.checkWithExcerpts(right)).isEqualTo("1 rule, nothing wrong or doubtful\n");
    }

    @Test
    void problemsAreLinesAndJson() {
        String line = "my.yaml:11:26: error LOAD_ERR_COMPILE_CONDITION: rule 'wrong': "
                + "filter_check called with nonexistent field no.such\n";
        assertThat(TerminalRules.check(LOADED)).isEqualTo(line);
        assertThat(TerminalRules.checkWithExcerpts(LOADED))
                .isEqualTo(
                        line + "   11 |   condition: is_open and no.such=1\n" + "      |                          ^\n");
        assertThat(json(out -> JsonRules.check(LOADED, "0.1.0", out))).isEqualTo("""
                {
                  "schema": "holdfast-rules/1",
                  "tool": {
                    "version": "0.1.0"
                  },
                  "rules": 1,
                  "problems": [
                    {
                      "level": "error",
                      "code": "LOAD_ERR_COMPILE_CONDITION",
                      "message": "filter_check called with nonexistent field no.such",
                      "itemType": "rule",
                      "itemName": "wrong",
                      "file": "my.yaml",
                      "line": 11,
                      "column": 26
                    }
                  ]
                }
                """);
    }

    @Test
    void rulesAreListed() {
        assertThat(TerminalRules.list(LOADED.rules().rules(), Ink.PLAIN))
                .startsWith("Warning       shadow")
                .endsWith("\n1 rule, 1 of them enabled\n");
        assertThat(json(out -> JsonRules.list(LOADED.rules().rules(), "0.1.0", out)))
                .contains("""
                      "priority": "Warning",
                      "tags": [
                        "host"
                      ],
                      "enabled": true,
                      "eventTypes": [
                        "open",
                        "openat"
                      ],
                      "file": "my.yaml",
                      "line": 3
                """);
    }

    @Test
    void explanationsNameTheCheckThatFails() throws Exception {
        Explanation explanation = new Explainer(LOADED.rules().catalogue())
                .explain(LOADED.rules().rule("shadow").orElseThrow(), new GivenEvents(Limits.DEFAULT).event(EVENT));
        assertThat(TerminalRules.explanation(explanation, Ink.PLAIN)).isEqualTo("""
                shadow does not hold, because of these checks:

                  fails fd.name = /etc/shadow
                        the event has /etc/passwd
                """);
        assertThat(json(out -> JsonRules.explanation(explanation, "0.1.0", out)))
                .contains("""
                  "rule": "shadow",
                  "holds": false,
                  "decisive": [
                    {
                      "check": "fd.name = /etc/shadow",
                      "holds": false,
                      "found": "/etc/passwd"
                    }
                  ]
                """);
    }

    @Test
    void testsTellWhatDiffers() throws Exception {
        List<RuleTest.Outcome> outcomes = new GivenEvents(Limits.DEFAULT)
                .tests(TESTS).stream()
                        .map(test -> test.run(LOADED.rules(), RuleEngine.Matching.ALL))
                        .toList();
        assertThat(TerminalRules.tests(outcomes, Ink.PLAIN)).isEqualTo("""
                FAIL  not told  tests.yaml:4
                      no alert of "shadow"
                1 of 2 tests pass
                """);
        assertThat(json(out -> JsonRules.tests(outcomes, "0.1.0", out)))
                .contains("\"status\": \"pass\"", "\"status\": \"fail\"", "no alert of \\\"shadow\\\"");
    }
}
