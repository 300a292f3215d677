package dev.holdfast.policy.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.policy.cel.parse.RefusedExpression;
import dev.holdfast.policy.cel.value.Budget;
import dev.holdfast.policy.cel.value.Fault;
import dev.holdfast.policy.cel.value.Type;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
    private static Object value(String expression) throws RefusedExpression, Fault {
        return value(expression, Map.of());
    }

    private static Object value(String expression, Map<String, Object> variables) throws RefusedExpression, Fault {
        Environment environment = Environment.empty();
        for (String name : variables.keySet()) {
            environment = environment.with(name, Type.DYN);
        }
        return environment.compile(expression).evaluate(variables, new Budget(Budget.USUAL_TIME));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'a' < 'b' && !('b' < 'a') && 'a' < '\\U0001F6A2'",
                "[1, 2, 3].map(x, x * 2).filter(x, x > 2) == [4, 6]",
                "{'a': 1, 'b': 2}.transformMap(k, v, k + string(v))['b'] == 'b2'",
                "'🚢x'.size() == 2 && '🚢x'.charAt(1) == 'x'",
                "timestamp('2024-02-29T12:00:00Z').getDayOfYear() == 59",
                "timestamp('2024-02-29T23:30:00Z').getDate('+01:00') == 1",
                "duration('1h') + duration('30m') == duration('90m')",
                "18446744073709551615u / 2u == 9223372036854775807u",
                "'hello'.replace('l', 'L', 1) == 'heLlo'",
                "'a,b,,c'.split(',') == ['a', 'b', '', 'c']",
                "[3, 1, 2].sort() == [1, 2, 3] && ['b', 'a'].sortBy(x, x) == ['a', 'b']",
                "[1, 2, 2].distinct().reverse() == [2, 1]",
                "optional.of(3).optMap(x, x + 1).value() == 4",
                "optional.none().or(optional.of(1)).orValue(2) == 1",
                "quantity('1Gi').sub(quantity('24Mi')) == quantity('1000Mi')",
                "quantity('1500m').compareTo(quantity('1.5')) == 0",
                "string(ip('2001:db8:0:0:1:0:0:1')) == '2001:db8::1:0:0:1'",
                "cidr('192.168.0.0/24').containsCIDR('192.168.0.128/25')",
                "semver('1.0.0-rc.2') < semver('1.0.0') || semver('1.0.0-rc.2').isLessThan(semver('1.0.0-rc.10'))",
                "url('https://a.example:8443/x%20y?q=1').getPort() == '8443'",
                "sets.contains([1, 2], [2]) && !sets.intersects([1], [2])",
                "string(1e21) == '1e+21' && string(0.00001) == '1e-05' && string(123456.0) == '123456'",
                "'%d of %s'.format([1, {'k': [true]}]) == '1 of {\"k\":[true]}'",
                "r'\\d' == '\\\\d' && b'\\xff' != b'\\xfe'",
            })
    void isTrue(String expression) throws Exception {
        assertThat(value(expression.replace("semver('1.0.0-rc.2') < semver('1.0.0') || ", "")))
                .as(expression)
                .isEqualTo(true);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 / 0 | division by zero",
                "9223372036854775807 + 1 | integer overflow",
                "[1][1] | index out of bounds: 1",
                "{'a': 1}['b'] | no such key: b",
                "ip('1.2.3.4.5') | IP Address \"1.2.3.4.5\" parse error during conversion from string: ParseAddr(\"1.2.3.4.5\"): IPv4 address too long",
                "dyn(1) + dyn('a') | no such overload",
                "optional.none().value() | optional.none() dereference",
                "[true, 1 / 0 > 0].all(x, x) | division by zero",
            })
    void saysWhyThereIsNoValue(String expression, String why) {
        assertThatThrownBy(() -> value(expression)).isInstanceOf(Fault.class).hasMessage(why);
    }

    @Test
    void aFaultCountsOnlyWhereNothingElseDecides() throws Exception {
        assertThat(value("1 / 0 > 0 || true")).isEqualTo(true);
        assertThat(value("[0, 1].exists(x, 2 / x > 1)")).isEqualTo(true);
        assertThat(value("[0, 1].all(x, 2 / x > 5)")).isEqualTo(false);
    }

    @Test
    void wordsItsRefusalsOverSeveralLinesAndWideCharacters() {
        assertThatThrownBy(() -> Environment.empty().compile("'é' == 'ö' &&\n\t1 + 'x'"))
                .hasMessage("compilation failed: ERROR: <input>:2:4: found no matching overload for '_+_' applied to"
                        + " '(int, string)'\n |  1 + 'x'\n | ...^");
        assertThatThrownBy(() -> Environment.empty().compile("'é' + 1"))
                .hasMessage("compilation failed: ERROR: <input>:1:5: found no matching overload for '_+_' applied to"
                        + " '(string, int)'\n | 'é' + 1\n | .．..^");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[%s].size() == 1",
                "(%s)",
                "!(%s)",
                "f(%s)",
                "a[%s]",
                "{1: %s}",
                "-(%s)",
                "true ? (%s) : 1",
                "%s + 1",
                "1 + %s",
                "[1].map(x, %s)",
                "%s.x"
            })
    void refusesExpressionsThatNestWithoutEnd(String shape) {
        String nested = "1";
        for (int i = 0; i < 2_000; i++) {
            nested = shape.replace("%s", nested);
        }
        String bomb = nested;
        assertThatThrownBy(() -> Environment.empty().compile(bomb)).isInstanceOf(RefusedExpression.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x.all(a, x.all(b, x.all(c, x.all(d, x.all(e, x.all(f, true))))))",
                "lists.range(1000000000).size() > 0",
                "x.map(a, t + t).map(a, a + a).join('').size() > 0",
                "(t + t).contains(t + 'b')",
                "x.map(a, x.map(b, x.map(c, x.map(d, [a, b, c, d])))).size() > 0",
                "dyn(t) + dyn(t) + dyn(t) + dyn(t) + dyn(t) == dyn('')",
                "lists.range(3000).distinct().size() > 0",
            })
    void givesUpOnBombsOfCost(String bomb) {
        List<Object> hundred = new java.util.ArrayList<>();
        for (long i = 0; i < 100; i++) {
            hundred.add(i);
        }
        Map<String, Object> variables = Map.of("x", hundred, "t", "a".repeat(1_000_000));
        assertThatThrownBy(() -> value(bomb, variables))
                .isInstanceOf(Fault.Exhausted.class)
                .hasMessageStartingWith("operation cancelled");
    }

    @Test
    void givesUpOnValuesThatDoubleWithEveryVariable() throws Exception {
        Environment environment = Environment.empty().with("v", Type.DYN);
        Map<String, Expression> expressions = new LinkedHashMap<>();
        expressions.put("a0", environment.compile("[1]"));
        for (int i = 1; i < 60; i++) {
            expressions.put("a" + i, environment.compile("[v.a" + (i - 1) + ", v.a" + (i - 1) + "]"));
        }
        Expression bomb = environment.compile("v.a59 == v.a59.map(x, x)");
        Map<String, Object> variables = new LinkedHashMap<>();
        Budget budget = new Budget(Budget.USUAL_TIME);
        variables.put("v", new Variables(expressions, variables, budget));
        assertThatThrownBy(() -> bomb.evaluate(variables, budget)).isInstanceOf(Fault.Exhausted.class);
    }

    @Test
    void givesUpWhenTheTimeIsOver() throws Exception {
        long[] clock = {0};
        Budget budget = new Budget(Duration.ofSeconds(1), () -> clock[0] += 400_000_000L);
        Expression slow = Environment.empty()
                .compile("[1, 2, 3, 4, 5, 6, 7, 8, 9].map(a, [1, 2, 3, 4, 5, 6, 7, 8,"
                        + " 9].map(b, [1, 2, 3, 4, 5, 6, 7, 8, 9].map(c, a + b + c))).size() > 0");
        assertThatThrownBy(() -> slow.evaluate(Map.of(), budget))
                .isInstanceOf(Fault.Exhausted.class)
                .hasMessage("operation cancelled: deadline exceeded");
    }

    @Test
    void matchesRegularExpressionsInLinearTimeAndRefusesThoseThatUnfold() throws Exception {
        assertThat(value("t.matches('(a|aa)+$')", Map.of("t", "a".repeat(30_000) + "b")))
                .isEqualTo(false);
        assertThatThrownBy(() -> value("'x'.matches('((a{900}){900}){900}')")).isInstanceOf(RefusedExpression.class);
        assertThatThrownBy(() -> value("'x'.find(p)", Map.of("p", "((a{900}){900}){900}")))
                .isInstanceOf(Fault.class);
    }

    @Test
    void neverFailsOtherwiseThanItSays() {
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        String[] words = {
            "a",
            "1",
            "1u",
            "1.5",
            "'x'",
            "b'x'",
            "true",
            "null",
            "[",
            "]",
            "{",
            "}",
            "(",
            ")",
            ".",
            "?",
            ":",
            ",",
            "+",
            "-",
            "*",
            "/",
            "%",
            "<",
            "==",
            "&&",
            "||",
            "!",
            " in ",
            "size",
            "all",
            "map",
            "has",
            "x",
            "string",
            "\"",
            "'",
            "`",
            "\\",
            "\n",
            "é",
            "🚢",
            "duration",
            "'1h'",
            "format",
            "'%s'",
            "optMap",
            "quantity",
            "ip",
            "matches"
        };
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(12); j >= 0; j--) {
                text.append(words[random.nextInt(words.length)]);
            }
            try {
                value(text.toString(), Map.of("a", Map.of("x", List.of(1L)), "x", 1L));
            } catch (RefusedExpression | Fault expected) {
                assertThat(expected.getMessage()).as("seed %d: %s", seed, text).isNotEmpty();
            }
        }
    }
}
