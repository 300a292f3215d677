package dev.holdfast.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonEscapesTest {
    @Test
    void escapesWhatAStringMayNotHold() {
        assertThat(escaped("\"\\\n\r\t\b\f\u0000\u001f", "")).isEqualTo("\\\"\\\\\\n\\r\\t\\b\\f\\u0000\\u001f");
        assertThat(escaped("é 😀 </b>\u2028", "")).isEqualTo("é 😀 </b>\u2028");
    }

    @Test
    void escapesHalfAPairAlone() {
        assertThat(escaped("a\ud83d", "")).isEqualTo("a\\ud83d");
        assertThat(escaped("\ude00a", "")).isEqualTo("\\ude00a");
    }

    @Test
    void escapesWhatGoDoesToo() {
        assertThat(escaped("<a&b>\u2028", JsonEscapes.OF_GO)).isEqualTo("<a&b>\\u2028");
        assertThat(escaped("<a&b>\u2029", JsonEscapes.OF_GO_FOR_HTML)).isEqualTo("\\u003ca\\u0026b\\u003e\\u2029");
    }

    private static String escaped(String text, String also) {
        StringBuilder out = new StringBuilder();
        JsonEscapes.append(text, out, also);
        return out.toString();
    }
}
