package dev.holdfast.rules.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RegexTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "abc ~ abc ~ true",
                "abc ~ xabc ~ false",
                "abc ~ abcx ~ false",
                "a.c ~ abc ~ true",
                "a.*c ~ ac ~ true",
                "(my|your).* ~ myexe ~ true",
                "a+b? ~ aaa ~ true",
                "a{2,3} ~ a ~ false",
                "a{2,3} ~ aaa ~ true",
                "a{2,3} ~ aaaa ~ false",
                "a{2} ~ aa ~ true",
                "a{2,} ~ aaaaa ~ true",
                "a{,2} ~ a{,2} ~ true",
                "x{ ~ x{ ~ true",
                "[a-c]+ ~ abcabc ~ true",
                "[^a-c]+ ~ xyz ~ true",
                "[]a]+ ~ ]a] ~ true",
                "[[:digit:]]+ ~ 2026 ~ true",
                "[[:alpha:]_-]+ ~ a_b-c ~ true",
                "/etc/(passwd|shadow) ~ /etc/shadow ~ true",
                "\\.ssh/.* ~ .ssh/id ~ true",
                "\\d+ ~ 123 ~ true",
                "\\x41 ~ A ~ true",
                "^ab$ ~ ab ~ true",
                "(a|b)*abb ~ ababb ~ true",
                "(?:ab)+ ~ abab ~ true",
                "a|b|`` ~ `` ~ false",
                "(a|) ~ `` ~ true"
            })
    void matchesWholeTexts(String expression, String text, boolean isMatch) throws PatternException {
        assertThat(Regex.of(expression).matches(text)).isEqualTo(isMatch);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                ")",
                "a)",
                "(a",
                "[",
                "[a",
                "*",
                "+a",
                "a**",
                "a{3,2}",
                "a{1001}",
                "[b-a]",
                "[[:nope:]]",
                "\\",
                "\\q",
                "\\xZZ",
                "((a{1000}){1000}){1000}"
            })
    void refusesWhatIsNoExpression(String expression) {
        assertThatThrownBy(() -> Regex.of(expression)).isInstanceOf(PatternException.class);
    }

    @Test
    void refusesGroupsThatNestTooDeep() {
        assertThatThrownBy(() -> Regex.of("(".repeat(100_000) + ")".repeat(100_000)))
                .isInstanceOf(PatternException.class);
    }

    /** Backtracking engines need 2^n steps for these. */
    @ParameterizedTest
    @ValueSource(strings = {"(a*)*b", "(a|aa)+b", "(a|a)*b", "(.*)(.*)(.*)(.*)(.*)b", "(a?){100}a{100}b"})
    void isNotSlowOnBombs(String bomb) throws PatternException {
        assertThat(Regex.of(bomb).matches("a".repeat(5_000))).isFalse();
    }

    /** The platform's engine knows the same language for expressions as simple as these. */
    @Test
    void agreesWithThePlatformOnRandomExpressions() throws PatternException {
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        for (int i = 0; i < 3_000; i++) {
            String expression = expression(random, 3);
            Regex ours = Regex.of(expression);
            Pattern theirs = Pattern.compile(expression);
            for (int j = 0; j < 10; j++) {
                String text = text(random);
                assertThat(ours.matches(text))
                        .as("seed %d: %s on '%s'", seed, expression, text)
                        .isEqualTo(theirs.matcher(text).matches());
            }
        }
    }

    private static String expression(Random random, int depth) {
        if (depth == 0 || random.nextInt(4) == 0) {
            return new String[] {"a", "b", "c", ".", "[ab]", "[^b]"}[random.nextInt(6)];
        }
        String one = expression(random, depth - 1);
        return switch (random.nextInt(5)) {
            case 0 -> one + expression(random, depth - 1);
            case 1 -> "(" + one + "|" + expression(random, depth - 1) + ")";
            case 2 -> "(" + one + ")*";
            case 3 -> "(" + one + ")" + (random.nextBoolean() ? "+" : "?");
            default -> "(" + one + "){1,2}";
        };
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(6); length > 0; length--) {
            text.append((char) ('a' + random.nextInt(3)));
        }
        return text.toString();
    }
}
