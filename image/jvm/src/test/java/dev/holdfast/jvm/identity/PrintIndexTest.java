package dev.holdfast.jvm.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.InputException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

final class PrintIndexTest {
    private static final Samples OLD = Samples.of("org/lib", "C", 12, 1, 12, 0);
    private static final Samples NEW = Samples.of("org/lib", "C", 14, 1, 10, 2);

    private static PrintIndexWriter writer() {
        PrintIndexWriter writer = new PrintIndexWriter();
        writer.add("org.lib", "lib", List.of(OLD.release("1"), NEW.release("2"), new ReleasePrints("3", List.of())));
        return writer;
    }

    @Test
    void givesBackWhatWasWritten() throws Exception {
        PrintIndex base = PrintIndex.read(writer().base());
        assertThat(base.libraries())
                .containsExactly(new Library(
                        "org.lib",
                        "lib",
                        false,
                        List.of("org/lib"),
                        List.of(new Library.Release("1", 12), new Library.Release("2", 14))));
        long shared = ClassPrint.of(OLD.read(0)).orElseThrow().code();
        assertThat(base.origin(base.find(shared)))
                .contains(new Origin(List.of(new Origin.Part(0, 0, List.of(new Origin.Run(0, 2))))));
        long newest = ClassPrint.of(NEW.read(13)).orElseThrow().code();
        assertThat(base.origin(base.find(newest)))
                .contains(new Origin(List.of(new Origin.Part(0, 0, List.of(new Origin.Run(1, 2))))));
        assertThat(base.find(shared ^ 1L << 40)).isNegative();
    }

    @Test
    void writesTheSameBytesAgain() {
        assertThat(writer().base()).isEqualTo(writer().base());
        assertThat(writer().names()).isEqualTo(writer().names());
    }

    @Test
    void refusesABaseThatWasCutOffOrChanged() {
        byte[] whole = writer().base();
        for (int length = 0; length < whole.length; length += length < 300 ? 1 : 997) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> PrintIndex.read(cut)).isInstanceOf(InputException.class);
        }
        byte[] changed = whole.clone();
        changed[100] ^= 1;
        assertThatThrownBy(() -> PrintIndex.read(changed)).hasMessageContaining("checksum");
    }

    @Test
    void refusesCountsThatLieEvenWithARightChecksum() {
        byte[] whole = writer().base();
        for (int at = 12; at < 60; at++) {
            byte[] lying = whole.clone();
            lying[at] = (byte) 0xFF;
            CRC32C check = new CRC32C();
            check.update(lying, 0, lying.length - 4);
            for (int i = 0; i < 4; i++) {
                lying[lying.length - 4 + i] = (byte) (check.getValue() >>> 8 * i);
            }
            try {
                PrintIndex.read(lying);
            } catch (InputException refused) {
                assertThat(refused).hasMessageContaining("build it again");
            }
        }
    }

    @Test
    void neverTurnsAKnownNameAway() throws Exception {
        NameFilter filter = NameFilter.read(writer().names());
        assertThat(NEW.paths()).allMatch(filter::mayKnowName).allMatch(filter::mayKnowPlace);
        assertThat(filter.knowsLibrary("org.lib:lib")).isTrue();
        assertThat(filter.knowsLibrary("org.lib:other")).isFalse();
        NameFilter large = NameFilter.forKeys(20_000, Set.of());
        for (int i = 0; i < 10_000; i++) {
            large.add("a/b/Known" + i);
        }
        int mistaken = 0;
        for (int i = 0; i < 10_000; i++) {
            assertThat(large.mayKnowName("x/Known" + i)).isTrue();
            mistaken += large.mayKnowName("x/Unknown" + i) ? 1 : 0;
        }
        assertThat(mistaken).isLessThan(600);
    }

    @Test
    void refusesAFilterThatWasChanged() {
        byte[] names = writer().names();
        names[names.length / 2] ^= 4;
        assertThatThrownBy(() -> NameFilter.read(names)).hasMessageContaining("corrupt");
        assertThatThrownBy(() -> NameFilter.read(new byte[3])).isInstanceOf(InputException.class);
    }
}
