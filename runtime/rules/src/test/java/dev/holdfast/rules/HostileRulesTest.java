package dev.holdfast.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Limits;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files made to break a loader: each costs little, and a line says what is wrong. */
final class HostileRulesTest {
    private static LoadedRules load(String text) {
        return new RuleLoader(Limits.DEFAULT).load(List.of(new RuleFile("hostile.yaml", text)));
    }

    private static String rule(String condition) {
        return "- rule: r\n  desc: d\n  output: o\n  priority: INFO\n  condition: '" + condition.replace("'", "''")
                + "'\n";
    }

    private static void assertOneError(LoadedRules loaded) {
        assertThat(loaded.isWrong()).isTrue();
        assertThat(loaded.problems())
                .allSatisfy(problem -> assertThat(problem.toString()).doesNotContain("\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "---",
                "- ",
                "- - -",
                "[",
                "{",
                "- rule: [",
                "- rule: &a *a",
                "\u0000",
                "- \u0007: x",
                "- rule: r\n condition: x",
                "- !!java.lang.Runtime x",
                "- rule: \"\\ud800\"",
                "- {? [a] : b}",
                "a: &a [*a]",
                "- list: l\n  items: [\"\\u0000\"]\n"
            })
    void brokenYaml(String text) {
        assertThat(load(text).rules().rules()).isEmpty();
    }

    @Test
    void macrosThatMultiply() {
        StringBuilder text = new StringBuilder("- macro: m0\n  condition: fd.num=1\n");
        for (int i = 1; i < 80; i++) {
            text.append("- macro: m")
                    .append(i)
                    .append("\n  condition: m")
                    .append(i - 1)
                    .append(" and m")
                    .append(i - 1)
                    .append('\n');
        }
        assertOneError(load(text + rule("evt.type=open and m79")));
    }

    @Test
    void listsThatMultiply() {
        StringBuilder text = new StringBuilder("- list: l0\n  items: [a, b]\n");
        for (int i = 1; i < 80; i++) {
            text.append("- list: l")
                    .append(i)
                    .append("\n  items: [l")
                    .append(i - 1)
                    .append(", l")
                    .append(i - 1)
                    .append("]\n");
        }
        assertOneError(load(text + rule("evt.type=open and proc.name in (l79)")));
    }

    @Test
    void macrosInALongChain() {
        StringBuilder text = new StringBuilder("- macro: m0\n  condition: fd.num=1\n");
        for (int i = 1; i < 20_000; i++) {
            text.append("- macro: m")
                    .append(i)
                    .append("\n  condition: not m")
                    .append(i - 1)
                    .append(" or fd.num=2\n");
        }
        assertOneError(load(text + rule("evt.type=open and m19999")));
    }

    @Test
    void macrosThatLeadBackToThemselves() {
        StringBuilder text = new StringBuilder();
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 500; i++) {
                text.append("- macro: m").append(i).append("\n  condition: ");
                text.append(round == 0 ? "fd.num=1" : "m" + (i + 1) % 500).append('\n');
            }
        }
        assertOneError(load(text + rule("evt.type=open and m0")));
    }

    @Test
    void listsThatLeadBackToThemselves() {
        StringBuilder text = new StringBuilder();
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 500; i++) {
                text.append("- list: l").append(i).append("\n  items: [");
                text.append(round == 0 ? "a" : "l" + (i + 1) % 500).append("]\n");
            }
        }
        assertOneError(load(text + rule("evt.type=open and proc.name in (l0)")));
    }

    @Test
    void aListOfHundredThousandItems() {
        StringBuilder text = new StringBuilder("- list: big\n  items:\n");
        for (int i = 0; i < 100_000; i++) {
            text.append("    - item").append(i).append('\n');
        }
        LoadedRules loaded = load(text + rule("evt.type=open and fd.name in (big)"));
        assertThat(loaded.problems()).isEmpty();
        assertThat(RuleEngine.of(loaded.rules(), RuleSelection.ALL, RuleEngine.Matching.ALL)
                        .rules())
                .hasSize(1);
    }

    @Test
    void aConditionThatNestsDeep() {
        assertOneError(load(rule("(".repeat(50_000) + "evt.type=open" + ")".repeat(50_000))));
    }

    @Test
    void manyTypesInManyParts() {
        StringBuilder condition = new StringBuilder("fd.num=1");
        String[] types = {"open", "close", "read", "write", "connect", "accept", "bind", "listen", "socket", "dup"};
        for (int i = 0; i < 20_000; i++) {
            condition
                    .append(" or (evt.type=")
                    .append(types[i % 10])
                    .append(" and fd.num=")
                    .append(i)
                    .append(')');
        }
        LoadedRules loaded = load(rule(condition.toString()));
        assertThat(loaded.isWrong()).isFalse();
        assertThat(RuleEngine.of(loaded.rules(), RuleSelection.ALL, RuleEngine.Matching.ALL)
                        .rules())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proc.name regex \"((a{1000}){1000}){1000}\"",
                "proc.name regex \"(((((((((((((((((((((((((((((((((((((((((a\"",
                "fd.num > 99999999999999999999999999",
                "fd.num = -9223372036854775809",
                "fd.sip in (1.2.3.4/99999999999)",
                "proc.aname[99999999999999999999999] = a",
                "fd.name pmatch (\"%s\")"
            })
    void valuesBeyondAllBounds(String condition) {
        assertOneError(load(rule("evt.type=open and " + condition.replace("%s", "/a".repeat(10_000)))));
    }

    @Test
    void outputsWithLongNames() {
        assertOneError(load("- rule: r\n  desc: d\n  condition: evt.type=open\n  priority: INFO\n  output: '%"
                + "a.".repeat(500_000) + "'\n"));
    }

    @Test
    void thousandsOfProblems() {
        assertThat(load("- nonsense: 1\n".repeat(50_000)).problems()).hasSize(1_000);
    }

    /** Files with a byte changed, cut or doubled. */
    @Test
    void brokenBytes() {
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        String text = """
                - required_engine_version: 0.57.0
                - list: l
                  items: [a, "b c"]
                - macro: m
                  condition: (evt.type in (open, openat) and fd.name startswith /etc)
                - rule: r
                  desc: d
                  condition: m and not proc.name in (l) and tolower(proc.args) regex '[a-z]+(x|y){1,3}'
                  output: "%evt.time %20proc.name %tolower(fd.name)"
                  priority: INFO
                  exceptions: [{name: e, fields: [proc.name, fd.name], comps: [=, in], values: [[a, (b, c)]]}]
                - rule: r
                  condition: and fd.num=1
                  override: {condition: append}
                """;
        for (int i = 0; i < 3_000; i++) {
            StringBuilder broken = new StringBuilder(text);
            for (int times = 1 + random.nextInt(3); times > 0; times--) {
                int at = random.nextInt(broken.length());
                switch (random.nextInt(3)) {
                    case 0 -> broken.setCharAt(at, "'\"[]{}(),:%\\\n -&*=x\u0000".charAt(random.nextInt(20)));
                    case 1 -> broken.deleteCharAt(at);
                    default -> broken.insert(at, broken.substring(at, Math.min(broken.length(), at + 20)));
                }
            }
            LoadedRules loaded = load(broken.toString());
            RuleEngine.of(loaded.rules(), RuleSelection.ALL, RuleEngine.Matching.ALL);
            assertThat(loaded.problems())
                    .as("seed %d, %s", seed, broken)
                    .allSatisfy(problem -> assertThat(problem.place().line()).isPositive());
        }
    }
}
