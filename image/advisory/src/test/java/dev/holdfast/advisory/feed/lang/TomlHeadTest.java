package dev.holdfast.advisory.feed.lang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.JsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TomlHeadTest {
    @Test
    void readsTheHeadOfAnAdvisory() throws InputException {
        JsonValue head = TomlHead.parse("""
                # a comment
                [advisory]
                id = "RUSTSEC-2020-0105" # another
                date = 2020-12-21
                aliases = [
                  "CVE-2020-36212", # why
                  'GHSA-vq23-5h4f-vwpv',
                ]
                withdrawn = "2021-01-01"

                [affected]
                functions = { "crate::mod::f" = ["< 1.0, >= 0.5"], g = [] }
                flag = true

                [versions]
                patched = [">= 0.9.1"]
                [affected.deep."odd key"]
                a.b = 'x'
                text = \"""
                two
                lines \\
                   joined\"""
                escaped = "\\u00e9\\t\\"\\U0001F600"
                """, Limits.DEFAULT);
        assertThat(head.at("advisory", "id").text()).contains("RUSTSEC-2020-0105");
        assertThat(head.at("advisory", "date").text()).contains("2020-12-21");
        assertThat(head.at("advisory", "aliases").texts()).containsExactly("CVE-2020-36212", "GHSA-vq23-5h4f-vwpv");
        assertThat(head.at("affected", "functions", "crate::mod::f").texts()).containsExactly("< 1.0, >= 0.5");
        assertThat(head.at("affected", "flag").isTrue()).isTrue();
        assertThat(head.at("versions", "patched").texts()).containsExactly(">= 0.9.1");
        assertThat(head.at("affected", "deep", "odd key", "a", "b").text()).contains("x");
        assertThat(head.at("affected", "deep", "odd key", "text").text()).contains("two\nlines joined");
        assertThat(head.at("affected", "deep", "odd key", "escaped").text()).contains("é\t\"😀");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a =",
                "= 1",
                "a = \"open",
                "a = 'open\n'",
                "a = [1, 2",
                "a = [1 2]",
                "a = {b = 1",
                "a = {b 1}",
                "[a",
                "[[a]]",
                "[a]]",
                "a = 1 b = 2",
                "a = 1\n[a]",
                "a = 1\na.b = 2",
                "a = \"\\q\"",
                "a = \"\\u12\"",
                "a = \"\\UFFFFFFFF\"",
                "a = \"\\",
                "a..b = 1",
                "\u0000 = 1",
            })
    void refusesWhatIsNoToml(String text) {
        assertThatThrownBy(() -> TomlHead.parse(text, Limits.DEFAULT)).isInstanceOf(InputException.class);
    }

    @Test
    void refusesNestingWithoutEnd() {
        for (String text : new String[] {
            "a = " + "[".repeat(100_000),
            "a = " + "{a=".repeat(100_000),
            "a.".repeat(100_000) + "b = 1",
            "[" + "a.".repeat(100_000)
        }) {
            assertThatThrownBy(() -> TomlHead.parse(text, Limits.DEFAULT)).isInstanceOf(InputException.class);
        }
    }
}
