package dev.holdfast.sensor.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.sensor.event.Calls.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallsTest {
    @Test
    void wantsNothingUnlessAsked() {
        assertThat(Calls.wishes(Machine.X86_64, Set.of())).containsOnly(0);
    }

    @Test
    void writesTheEntryOfACall() {
        byte[] wishes = Calls.wishes(Machine.X86_64, Set.of(Kind.OPENAT));
        assertThat(entry(wishes, 257)).containsExactly(11, 0, 2, 1, 0, 0, 3, 4);
        assertThat(entry(wishes, 512 + 295)).containsExactly(11, 0, 2, 1, 0, 0, 3, 4);
        assertThat(entry(Calls.wishes(Machine.AARCH64, Set.of(Kind.OPENAT)), 56))
                .containsExactly(11, 0, 2, 1, 0, 0, 3, 4);
    }

    @Test
    void knowsACallForEveryKindThatIsOne() {
        for (Kind kind : Kind.values()) {
            boolean isThere = false;
            for (byte each : Calls.wishes(Machine.X86_64, EnumSet.of(kind))) {
                isThere |= each != 0;
            }
            assertThat(isThere).as(kind.name()).isEqualTo(kind.isCall());
        }
    }

    /** The numbers beside those of the C library's headers, where they are installed. */
    @Test
    void numbersAreThoseOfTheKernelsHeaders() throws IOException {
        check(Machine.X86_64, 0, "/usr/include/x86_64-linux-gnu/asm/unistd_64.h");
        check(Machine.X86_64, 512, "/usr/include/x86_64-linux-gnu/asm/unistd_32.h");
        check(Machine.AARCH64, 0, "/usr/include/asm-generic/unistd.h");
    }

    private static void check(Machine machine, int first, String header) throws IOException {
        Path file = Path.of(header);
        assumeTrue(Files.exists(file), header + " is not installed");
        Map<Integer, String> names = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] words = line.strip().split("\\s+");
            if (words.length == 3
                    && words[0].equals("#define")
                    && words[1].startsWith("__NR_")
                    && words[2].matches("\\d+")) {
                names.putIfAbsent(Integer.parseInt(words[2]), words[1].substring("__NR_".length()));
            }
        }
        byte[] wishes = Calls.wishes(machine, EnumSet.allOf(Kind.class));
        for (int number = 0; number < 512; number++) {
            int kind = entry(wishes, first + number)[0];
            if (kind != 0 && names.containsKey(number)) {
                String word = Kind.of(kind).orElseThrow().word();
                assertThat(names.get(number)).as(header + " " + number).isIn(word, word + "32", word + "2");
            }
        }
    }

    private static byte[] entry(byte[] wishes, int number) {
        return java.util.Arrays.copyOfRange(wishes, number * 8, number * 8 + 8);
    }
}
