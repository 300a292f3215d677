package dev.holdfast.reach.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockTest {
    @Test
    void readsAndWritesPrefixes() {
        assertThat(Block.parse("10.1.2.3/8").orElseThrow().prefixes()).containsExactly("10.0.0.0/8");
        assertThat(Block.parse("::/0")).hasValue(Block.ALL_6);
        assertThat(Block.parse("0.0.0.0/0")).hasValue(Block.ALL_4);
        assertThat(Block.parse("2001:db8::1/128").orElseThrow().prefixes()).containsExactly("2001:db8::1/128");
        assertThat(Block.address("192.0.2.1").orElseThrow().prefixes()).containsExactly("192.0.2.1/32");
        assertThat(Block.ALL_6.prefixes()).containsExactly("::/0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "10.0.0.0",
                "10.0.0.0/33",
                "10.0.0/8",
                "::/129",
                "a.example/8",
                "10.0.0.0/-1",
                "10.0.0.0/8/8",
                "256.0.0.0/8",
                "1::2::3/8"
            })
    void takesNothingElseForABlock(String text) {
        assertThat(Block.parse(text)).isEmpty();
    }

    @Test
    void cutsAndJoins() {
        Block part = Block.parse("10.0.0.0/8").orElseThrow();
        List<Block> pieces = AddressSpace.cut(List.of(part));
        assertThat(pieces).hasSize(4).contains(part);
        assertThat(AddressSpace.isAll(AddressSpace.joined(pieces))).isTrue();
        assertThat(AddressSpace.joined(List.of(part, part))).containsExactly(part);
    }
}
