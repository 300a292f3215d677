package dev.holdfast.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SafeTextTest {

    @Test
    void leavesPlainTextAlone() {
        String plain = "libssl3 3.0.11-1~deb12u2 (amd64)";

        assertThat(SafeText.of(plain)).isSameAs(plain);
        assertThat(SafeText.of("Grüße, 世界 \uD83D\uDE80")).isEqualTo("Grüße, 世界 \uD83D\uDE80");
    }

    @Test
    void showsLineEndsAndTabs() {
        assertThat(SafeText.of("a\nb\tc\r")).isEqualTo("a\\nb\\tc\\r");
    }

    @Test
    void disarmsTerminalEscapes() {
        assertThat(SafeText.of("\u001b[2J\u001b]0;owned\u0007")).isEqualTo("\\u001b[2J\\u001b]0;owned\\u0007");
        assertThat(SafeText.of("\u009b31m")).isEqualTo("\\u009b31m");
        assertThat(SafeText.of("\u007f")).isEqualTo("\\u007f");
    }

    @Test
    void disarmsBidirectionalOverrides() {
        assertThat(SafeText.of("user\u202enigeb")).isEqualTo("user\\u202enigeb");
        assertThat(SafeText.of("\u2066a\u2069\u200b")).isEqualTo("\\u2066a\\u2069\\u200b");
    }

    @Test
    void disarmsLoneSurrogatesAndLineSeparators() {
        assertThat(SafeText.of("a\ud800b")).isEqualTo("a\\ud800b");
        assertThat(SafeText.of("a\u2028b\u2029")).isEqualTo("a\\u2028b\\u2029");
    }

    @Test
    void neverLetsAControlCharacterThrough() {
        Random random = new Random(20_261_125L);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(8); n >= 0; n--) {
                text.append((char) random.nextInt(0x10000));
            }
            assertThat(SafeText.of(text.toString()).codePoints())
                    .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
        }
    }
}
