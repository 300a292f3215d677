package dev.holdfast.rules.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ConditionParserTest {
    static List<String> accepted() throws IOException {
        return lines("accepted.txt");
    }

    static List<String> rejected() throws IOException {
        return lines("rejected.txt");
    }

    private static List<String> lines(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(ConditionParserTest.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(ConditionParserTest::unescaped)
                    .toList();
        }
    }

    private static String unescaped(String line) {
        return switch (line) {
            case "<empty>" -> "";
            case "<blank>" -> "   ";
            default ->
                line.replace("\\\\", "\u0000")
                        .replace("\\n", "\n")
                        .replace("\\t", "\t")
                        .replace('\u0000', '\\');
        };
    }

    /** What is accepted is written such that reading it again gives the same. */
    @ParameterizedTest
    @MethodSource("accepted")
    void accepts(String text) throws SyntaxException {
        String written = ConditionParser.parse(text).written();
        assertThat(ConditionParser.parse(written).written()).isEqualTo(written);
    }

    @ParameterizedTest
    @MethodSource("rejected")
    void rejects(String text) {
        assertThatThrownBy(() -> ConditionParser.parse(text)).isInstanceOf(SyntaxException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "a or b and c ~ a or (b and c)",
                "a and b or c ~ (a and b) or c",
                "not a and b ~ not a and b",
                "not (a and b) ~ not (a and b)",
                "not not a ~ a",
                "not not not a ~ not a",
                "((a)) ~ a",
                "a and (b and c) ~ a and (b and c)",
                "x.y==1 ~ x.y = 1",
                "x.y = 'a b' ~ x.y = \"a b\"",
                "x.y in list_a ~ x.y in list_a",
                "x.y = \"\\ \" ~ x.y = \"\\\\\"",
                "x.y = oneof(a,b) ~ x.y = oneof (a, b)",
                "tolower(x.y[1]) in ('a') ~ tolower(x.y[1]) in (\"a\")"
            })
    void buildsTheTree(String text, String written) throws SyntaxException {
        assertThat(ConditionParser.parse(text).written()).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "evt.type=execve foo ~ 16 ~ unexpected token after 'execve', expecting 'or', 'and'",
                "a andb ~ 5 ~ expected blank or '(' after 'and'",
                "a or ~ 4 ~ expected blank or '(' after 'or'",
                "a or ) ~ 5 ~ expected a '(' token, a field check, or an identifier",
                "(a ~ 2 ~ expected a ')' token",
                "x.y[ ~ 4 ~ expected a valid field argument: a quoted string or a bare string",
                "x.y in (a,) ~ 10 ~ expected a string value",
                "x.y contains (a, b) ~ 13 ~ expected one string value; for any of several write contains anyof (a, b)",
                "x.y contains ) ~ 13 ~ expected a string value or a field with a valid transformer: 'val', 'tolower', 'toupper', 'b64', 'basename', 'len', 'join', 'concat', 'getopt'"
            })
    void saysWhereAndWhat(String text, int at, String message) {
        assertThatThrownBy(() -> ConditionParser.parse(text)).isInstanceOfSatisfying(SyntaxException.class, wrong -> {
            assertThat(wrong.getMessage()).isEqualTo(message);
            assertThat(wrong.at()).isEqualTo(at);
        });
    }

    @Test
    void refusesConditionsThatNestTooDeep() {
        for (String nest : List.of("(", "not(", "tolower(", "a and (", "a or not (")) {
            assertThatThrownBy(() -> ConditionParser.parse(nest.repeat(200_000) + "a"))
                    .isInstanceOf(SyntaxException.class);
        }
    }

    @Test
    void takesNegationsAndPartsWithoutNumber() throws SyntaxException {
        assertThat(ConditionParser.parse("not ".repeat(100_000) + "a").written())
                .isEqualTo("a");
        assertThat(ConditionParser.parse("a or ".repeat(100_000) + "a")).isInstanceOf(Condition.Or.class);
    }

    /** Whatever is thrown at it, it answers with a tree or a SyntaxException. */
    @Test
    void survivesRandomTexts() {
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        String[] tokens = {
            "a",
            "and",
            "or",
            "not",
            "(",
            ")",
            " ",
            "fd.name",
            "=",
            "'",
            "\"",
            "\\",
            "in",
            "exists",
            ",",
            "[",
            "]",
            "val(",
            "tolower(",
            "1",
            "0x",
            ">",
            "contains ",
            "oneof",
            "\n",
            "é",
            "\u0000"
        };
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(12); length >= 0; length--) {
                text.append(tokens[random.nextInt(tokens.length)]);
            }
            try {
                String written = ConditionParser.parse(text.toString()).written();
                assertThat(ConditionParser.parse(written).written())
                        .as("seed %d: %s", seed, text)
                        .isEqualTo(written);
            } catch (SyntaxException expected) {
                assertThat(expected.at()).as("seed %d: %s", seed, text).isBetween(0, text.length());
            }
        }
    }
}
