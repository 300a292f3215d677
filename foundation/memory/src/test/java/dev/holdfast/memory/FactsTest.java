package dev.holdfast.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.Digest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is written is what is read. */
class FactsTest {
    private final long seed = Long.getLong("holdfast.seed", 1);

    @Test
    void readsNumbersOfEverySize() throws Exception {
        FactWriter writer = new FactWriter();
        List<Long> numbers = new ArrayList<>(List.of(0L, 127L, 128L, -1L, Long.MAX_VALUE, Long.MIN_VALUE));
        Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            numbers.add(random.nextLong() >> random.nextInt(Long.SIZE));
        }
        numbers.forEach(writer::number);

        FactReader reader = new FactReader(writer.toBytes());

        for (long number : numbers) {
            assertThat(reader.number()).as("seed " + seed).isEqualTo(number);
        }
    }

    @Test
    void readsTextsListsAndOptions() throws Exception {
        Digest digest = Digest.sha256(new byte[] {1});
        FactWriter writer = new FactWriter();
        writer.text("ä").text("").text("ä").texts(List.of("a", "b", "ä")).digest(digest);
        writer.option(Optional.of("x").stream(), writer::text).option(Optional.<String>empty().stream(), writer::text);
        writer.bytes(new byte[] {1, 2, 3}).flag(true);

        FactReader reader = new FactReader(writer.toBytes());

        assertThat(reader.text()).isEqualTo("ä");
        assertThat(reader.text()).isEmpty();
        assertThat(reader.text()).isEqualTo("ä");
        assertThat(reader.texts()).containsExactly("a", "b", "ä");
        assertThat(reader.digest()).isEqualTo(digest);
        assertThat(reader.option(reader::text)).contains("x");
        assertThat(reader.option(reader::text)).isEmpty();
        assertThat(reader.bytes()).containsExactly(1, 2, 3);
        assertThat(reader.flag()).isTrue();
        assertThat(reader.rest().hasRemaining()).isFalse();
    }

    @Test
    void writesATextOnceThatStandsManyTimes() {
        FactWriter writer = new FactWriter();
        for (int i = 0; i < 100; i++) {
            writer.text("a rather long text that stands many times");
        }

        assertThat(writer.length()).isLessThan(150);
    }

    @Test
    void takesRandomBytesForDamagedAndNothingElse() {
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            FactReader reader = new FactReader(bytes);
            assertThatThrownBy(() -> {
                        while (true) {
                            reader.text();
                            reader.texts();
                            reader.digest();
                        }
                    })
                    .as("seed " + seed + ", bytes " + Arrays.toString(bytes))
                    .isInstanceOf(DamagedFactsException.class);
        }
    }
}
