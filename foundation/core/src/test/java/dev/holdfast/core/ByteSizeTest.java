package dev.holdfast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteSizeTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 1.0 kB",
        "1049, 1.0 kB",
        "9949, 9.9 kB",
        "9950, 10 kB",
        "31000000, 31 MB",
        "999499, 999 kB",
        "999500, 1.0 MB",
        "999999, 1.0 MB",
        "2600000000, 2.6 GB",
        "9223372036854775807, 9.2 EB"
    })
    void isWrittenAsPeopleDo(long bytes, String text) {
        assertThat(new ByteSize(bytes)).hasToString(text);
    }

    @Test
    void isNeverNegative() {
        assertThatThrownBy(() -> new ByteSize(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void comparesByBytes() {
        assertThat(new ByteSize(999)).isLessThan(new ByteSize(1_000));
    }
}
