package dev.holdfast.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GoTextTest {
    @Test
    void quotesAsGoDoes() {
        assertThat(GoText.quoted("say \"a\\b\"")).isEqualTo("\"say \\\"a\\\\b\\\"\"");
        assertThat(GoText.quoted("\u0007\b\f\n\r\t\u000b")).isEqualTo("\"\\a\\b\\f\\n\\r\\t\\v\"");
        assertThat(GoText.quoted("é 漢 😀")).isEqualTo("\"é 漢 😀\"");
    }

    @Test
    void escapesWhatCannotBePrintedByTheNumberOfItsWidth() {
        assertThat(GoText.quoted("\u0000\u001b\u007f")).isEqualTo("\"\\x00\\x1b\\x7f\"");
        assertThat(GoText.quoted("\u00a0\u202e\ufeff")).isEqualTo("\"\\u00a0\\u202e\\ufeff\"");
        assertThat(GoText.quoted(Character.toString(0xE0001))).isEqualTo("\"\\U000e0001\"");
    }

    @Test
    void putsSpacesBetweenTheTextsOfAList() {
        assertThat(GoText.quoted(List.of("get", "li\"st"))).isEqualTo("[\"get\" \"li\\\"st\"]");
        assertThat(GoText.quoted(List.of())).isEqualTo("[]");
    }
}
