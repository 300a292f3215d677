package dev.holdfast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LimitsTest {

    @Test
    void changesOneAtATime() {
        Limits limits = Limits.DEFAULT.withDepth(3);

        assertThat(limits.depth()).isEqualTo(3);
        assertThat(limits.withDepth(Limits.DEFAULT.depth())).isEqualTo(Limits.DEFAULT);
        assertThat(Limits.DEFAULT.withEntries(1).entries()).isEqualTo(1);
        assertThat(Limits.DEFAULT.withTotalBytes(2).totalBytes()).isEqualTo(2);
        assertThat(Limits.DEFAULT.withFileBytes(3).fileBytes()).isEqualTo(3);
        assertThat(Limits.DEFAULT.withRatio(4).ratio()).isEqualTo(4);
    }

    @Test
    void areNeverZero() {
        assertThatThrownBy(() -> Limits.DEFAULT.withDepth(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("limits are positive");
        assertThatThrownBy(() -> Limits.DEFAULT.withEntries(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
