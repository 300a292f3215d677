package dev.holdfast.sensor.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.sensor.event.Calls.Machine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CallsTest {
    @Test
    void wantsNothingUnlessAsked() {
        assertThat(Calls.wishes(Machine.X86_64, Wishes.of(Set.of()))).containsOnly(0);
    }

    @Test
    void writesTheEntryOfACall() {
        byte[] wishes = Calls.wishes(Machine.X86_64, Wishes.of(Set.of(Kind.OPENAT)));
        assertThat(entry(wishes, 257)).containsExactly(11, 0, 2, 1, 0, 0, 3, 4);
        assertThat(entry(wishes, 512 + 295)).containsExactly(11, 0, 2, 1, 0, 0, 3, 4);
        byte[] arm = Calls.wishes(Machine.AARCH64, Wishes.of(Set.of(Kind.OPENAT)));
        assertThat(entry(arm, 56)).containsExactly(11, 0, 2, 1, 0, 0, 3, 4);
        assertThat(entry(arm, 512 + 322)).containsExactly(11, 0, 2, 1, 0, 0, 3, 4);
    }

    @Test
    void marksWhatIsNotToldOfTheHost() {
        Wishes wishes = Wishes.chosen((kind, aspect) -> true, (kind, aspect) -> kind == Kind.MKDIR || aspect == 5);
        byte[] table = Calls.wishes(Machine.X86_64, wishes);
        assertThat(entry(table, 82)).as("rename").containsExactly(20, (byte) (1 | 128), 1, 0, 2, 0, 0, 0);
        assertThat(entry(table, 83)).as("mkdir").containsExactly(26, 1, 1, 0, 0, 0, 2, 0);
        assertThat(entry(table, 257)[1]).as("openat: it depends").isZero();
        assertThat(entry(table, 44)[1])
                .as("sendto: who talked first is remembered")
                .isEqualTo((byte) 2);
        byte[] kinds = Calls.kinds(wishes);
        assertThat(kinds[Kind.RENAME.number()]).isEqualTo((byte) 2);
        assertThat(kinds[Kind.SENDTO.number()]).isEqualTo((byte) 2);
        assertThat(kinds[Kind.MKDIR.number()]).isEqualTo((byte) 1);
        assertThat(kinds[Kind.OPENAT.number()]).isEqualTo((byte) 1);
        ByteBuffer aspects = ByteBuffer.wrap(Calls.aspects(wishes)).order(ByteOrder.nativeOrder());
        assertThat(aspects.getShort(4 * Kind.OPENAT.number())).isEqualTo((short) Wishes.ALL);
        assertThat(aspects.getShort(4 * Kind.OPENAT.number() + 2)).isEqualTo((short) (1 << 4));
    }

    @Test
    void knowsACallForEveryKindThatIsOne() {
        for (Kind kind : Kind.values()) {
            boolean isThere = false;
            for (byte each : Calls.wishes(Machine.X86_64, Wishes.of(EnumSet.of(kind)))) {
                isThere |= each != 0;
            }
            assertThat(isThere).as(kind.name()).isEqualTo(kind.isCall());
        }
    }

    /** Calls that are told as the one that does the same. */
    private static final Map<String, List<String>> ALSO = Map.of(
            "dup", List.of("fcntl", "fcntl64", "pidfd_getfd"),
            "sendmsg", List.of("sendmmsg"),
            "truncate", List.of("truncate64"),
            "ftruncate", List.of("ftruncate64"),
            "setxattr", List.of("setxattrat"),
            "removexattr", List.of("removexattrat"),
            "recvmsg", List.of("recvmmsg", "recvmmsg_time64"));

    /** The numbers beside those of the C library's headers, where they are installed. */
    @Test
    void numbersAreThoseOfTheKernelsHeaders() throws IOException {
        check(Machine.X86_64, 0, "/usr/include/x86_64-linux-gnu/asm/unistd_64.h");
        check(Machine.X86_64, 512, "/usr/include/x86_64-linux-gnu/asm/unistd_32.h");
        check(Machine.AARCH64, 0, "/usr/include/asm-generic/unistd.h");
    }

    @Test
    void numbersOf32BitProgramsOnArmAreThoseOfTheKernelsHeaders() throws IOException {
        check(Machine.AARCH64, 512, "/usr/arm-linux-gnueabihf/include/asm/unistd-common.h");
    }

    private static void check(Machine machine, int first, String header) throws IOException {
        Path file = Path.of(header);
        assumeTrue(Files.exists(file), header + " is not installed");
        Map<Integer, String> names = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] words = line.strip()
                    .replaceFirst("\\(__NR_SYSCALL_BASE \\+ (\\d+)\\)", "$1")
                    .split("\\s+");
            if (words.length == 3
                    && words[0].equals("#define")
                    && words[1].startsWith("__NR_")
                    && words[2].matches("\\d+")) {
                names.putIfAbsent(Integer.parseInt(words[2]), words[1].substring("__NR_".length()));
            }
        }
        byte[] wishes = Calls.wishes(machine, Wishes.of(EnumSet.allOf(Kind.class)));
        for (int number = 0; number < 512; number++) {
            int kind = entry(wishes, first + number)[0];
            if (kind != 0 && names.containsKey(number)) {
                String word = Kind.of(kind).orElseThrow().word();
                assertThat(names.get(number))
                        .as(header + " " + number)
                        .isIn(Stream.concat(
                                        Stream.of(word, word + "32", word + "2"),
                                        ALSO.getOrDefault(word, List.of()).stream())
                                .toList());
            }
        }
    }

    private static byte[] entry(byte[] wishes, int number) {
        return java.util.Arrays.copyOfRange(wishes, number * 8, number * 8 + 8);
    }
}
