package dev.holdfast.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InputExceptionTest {

    @Test
    void saysWhereAndKeepsItsCode() {
        InputException wrong = new InputException(InputException.Code.TRUNCATED, "gzip ends after 4,096 bytes");

        InputException placed = wrong.in("layer sha256:ab");

        assertThat(placed)
                .hasMessage("layer sha256:ab: gzip ends after 4,096 bytes")
                .hasCause(wrong);
        assertThat(placed.code()).isEqualTo(InputException.Code.TRUNCATED);
        assertThat(InputException.Code.NOT_AN_IMAGE.word()).isEqualTo("not-an-image");
    }
}
