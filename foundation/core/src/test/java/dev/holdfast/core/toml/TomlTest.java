package dev.holdfast.core.toml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.toml.Toml.Table;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TomlTest {
    @Test
    void tablesKeepTheirOrderNamesAndLines() throws Exception {
        List<Table> tables = parse("""
                a = 1 # one

                [b . "c.d"]
                x = true
                [[e]]
                [[e]]
                [ e.f ]
                """);
        assertThat(tables).extracting(Table::name).containsExactly("", "b.c.d", "e", "e", "e.f");
        assertThat(tables).extracting(Table::isElement).containsExactly(false, false, true, true, false);
        assertThat(tables).extracting(Table::line).containsExactly(1, 3, 5, 6, 7);
        assertThat(tables.getFirst().text("a")).isEqualTo("1");
        assertThat(tables.get(1).values().get("x").isTrue()).isTrue();
    }

    @Test
    void everyKindOfStringIsRead() throws Exception {
        Table table = parse("""
                basic = "tab\\t \\"quoted\\" \\u00e9 \\U0001F600"
                literal = 'C:\\new'
                many = \"""
                one
                two \\
                    joined\"""
                quotes = \"""a""\"""
                raw = '''
                x\\y'''
                """).getFirst();
        assertThat(table.text("basic")).isEqualTo("tab\t \"quoted\" \u00e9 \ud83d\ude00");
        assertThat(table.text("literal")).isEqualTo("C:\\new");
        assertThat(table.text("many")).isEqualTo("\none\ntwo joined");
        assertThat(table.text("quotes")).isEqualTo("a\"\"");
        assertThat(table.text("raw")).isEqualTo("\nx\\y");
    }

    @Test
    void arraysSpanLinesAndInlineTablesNest() throws Exception {
        Table table = parse("""
                a = [ "x", # first
                  { name = "y", hash.sha256 = "z" },
                ]
                b.c = 2024-01-01T00:00:00Z
                b.d = 1.10
                """).getFirst();
        assertThat(table.values().get("a").elements()).hasSize(2);
        assertThat(table.values()
                        .get("a")
                        .elements()
                        .get(1)
                        .at("hash", "sha256")
                        .text())
                .contains("z");
        assertThat(table.values().at("b", "c").text()).contains("2024-01-01T00:00:00Z");
        assertThat(table.values().at("b", "d").text()).contains("1.10");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a =",
                "a = \"x",
                "a = \"x\ny\"",
                "a = [1, 2",
                "a = {b = 1",
                "[a",
                "[[a]",
                "= 1",
                "a = 1 b = 2 \" c",
                "a = \"\\q\"",
                "a = \"\\uD\"",
                "a = \"\\UFFFFFFFF\"",
                "a = '''x''",
                "a = [,]",
            })
    void whatIsNotTomlSaysWhere(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(InputException.class).hasMessageContaining("line 1");
    }

    @Test
    void keyOfManyPartsIsALimit() {
        assertThatThrownBy(() -> parse("a" + ".a".repeat(100_000) + " = 1")).hasMessageContaining("parts");
    }

    private static List<Table> parse(String text) throws InputException {
        return Toml.parse(text.getBytes(StandardCharsets.UTF_8), Limits.DEFAULT);
    }
}
