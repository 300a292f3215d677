package dev.holdfast.advisory.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.JsonValue;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTest {
    @Test
    void keepsScalarsAsTheyAreWritten() throws InputException {
        JsonValue read =
                parse("version: 1.10\nday: 2026-04-23\nflag: true\nnone: ~\nempty:\nquoted: '~'\noctal: 010\n");
        assertThat(read.get("version").text()).contains("1.10");
        assertThat(read.get("day").text()).contains("2026-04-23");
        assertThat(read.get("flag").text()).contains("true");
        assertThat(read.get("none").isAbsent()).isTrue();
        assertThat(read.get("empty").isAbsent()).isTrue();
        assertThat(read.get("quoted").text()).contains("~");
        assertThat(read.get("octal").text()).contains("010");
    }

    @Test
    void sharesWhatAnAliasNames() throws InputException {
        JsonValue read = parse("a: &x [1, 2]\nb: *x\n");
        assertThat(read.get("b").texts()).containsExactly("1", "2");
    }

    @Test
    void readsTheFirstOfSeveralDocuments() throws InputException {
        assertThat(parse("---\na: 1\n---\na: 2\n").get("a").text()).contains("1");
        assertThat(parse("").isAbsent()).isTrue();
        assertThat(parse("---\n").isAbsent()).isTrue();
        assertThat(parse("# only a comment\n").isAbsent()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: b: c",
                "[1, 2",
                "a: *nowhere",
                "a: &x [*x]",
                "\ta: 1",
                "a: \"\\q\"",
                "a: 'open",
                "%TAG ! !\n%TAG ! !\n--- a",
                "\u0000",
                "? [",
                "{a: 1",
                "- a\nb: 1",
                "!<tag:x> &a",
            })
    void refusesWhatIsNoYaml(String text) {
        try {
            parse(text);
        } catch (InputException wrong) {
            assertThat(wrong.getMessage()).doesNotContain("\n");
        }
    }

    @Test
    void refusesBytesThatAreNoText() {
        byte[] bytes = {(byte) 0xff, (byte) 0xfe, 0, (byte) 0xd8, 1, 2};
        assertThatThrownBy(() -> Yaml.parse(bytes, Limits.DEFAULT)).isInstanceOf(InputException.class);
    }

    @Test
    void refusesNestingWithoutEnd() {
        assertThatThrownBy(() -> parse("[".repeat(100_000))).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> parse("- ".repeat(20_000) + "x")).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> parse("{a: ".repeat(2_000) + "1")).isInstanceOf(InputException.class);
    }

    @Test
    void refusesABillionLaughs() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [lol,lol,lol,lol,lol,lol,lol,lol,lol]\n");
        for (int i = 1; i < 20; i++) {
            bomb.append("a%d: &a%d [".formatted(i, i))
                    .append(("*a" + (i - 1) + ",").repeat(9))
                    .append("x]\n");
        }
        assertThatThrownBy(() -> parse(bomb.toString()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("aliases");
    }

    @Test
    void refusesADocumentLargerThanTheBudget() {
        byte[] bytes = ("a: " + "x".repeat(5_000)).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Yaml.parse(bytes, Limits.DEFAULT.withFileBytes(1_000)))
                .isInstanceOf(InputException.class);
    }

    private static JsonValue parse(String text) throws InputException {
        return Yaml.parse(text.getBytes(StandardCharsets.UTF_8), Limits.DEFAULT);
    }
}
