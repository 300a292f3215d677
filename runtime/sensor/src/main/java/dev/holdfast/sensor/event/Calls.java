package dev.holdfast.sensor.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The system calls that can be watched: their numbers by processor, and which of their arguments (counted from 1, 0 for none) are paths,
 * folders and values. From this the kernel's table of wishes is made: 512 entries for 64-bit calls, then 512 for 32-bit ones, of eight bytes:
 *
 * <pre>
 * u8 kind, 0 when nobody asks     u8 handler     u8 path1, base1, path2, base2, value1, value2
 * </pre>
 *
 * What base and value mean depends on the handler; see {@code events.h}. 32-bit calls of arm are not known.
 */
public final class Calls {
    /** The processors that we carry programs for. */
    public enum Machine {
        X86_64("x86_64"),
        AARCH64("aarch64");

        private final String word;

        Machine(String word) {
            this.word = word;
        }

        /** As in the names of the object files. */
        public String word() {
            return word;
        }
    }

    private static final int TABLE = 512;
    private static final int ENTRY = 8;
    private static final int NONE = -1;

    /**
     * @param x64 its number on x86-64, {@value #NONE} where there is none; also for the others
     */
    private record Call(
            Kind kind,
            int x64,
            int x32,
            int arm64,
            int path1,
            int base1,
            int path2,
            int base2,
            int value1,
            int value2) {}

    private static final List<Call> ALL = List.of(
            new Call(Kind.OPEN, 2, 5, NONE, 1, 0, 0, 0, 2, 3),
            new Call(Kind.OPENAT, 257, 295, 56, 2, 1, 0, 0, 3, 4),
            new Call(Kind.OPENAT2, 437, 437, 437, 2, 1, 0, 0, 0, 0),
            new Call(Kind.CREAT, 85, 8, NONE, 1, 0, 0, 0, 0, 2),
            new Call(Kind.RENAME, 82, 38, NONE, 1, 0, 2, 0, 0, 0),
            new Call(Kind.RENAMEAT, 264, 302, 38, 2, 1, 4, 3, 0, 0),
            new Call(Kind.RENAMEAT2, 316, 353, 276, 2, 1, 4, 3, 5, 0),
            new Call(Kind.UNLINK, 87, 10, NONE, 1, 0, 0, 0, 0, 0),
            new Call(Kind.UNLINKAT, 263, 301, 35, 2, 1, 0, 0, 3, 0),
            new Call(Kind.RMDIR, 84, 40, NONE, 1, 0, 0, 0, 0, 0),
            new Call(Kind.MKDIR, 83, 39, NONE, 1, 0, 0, 0, 2, 0),
            new Call(Kind.MKDIRAT, 258, 296, 34, 2, 1, 0, 0, 3, 0),
            new Call(Kind.LINK, 86, 9, NONE, 1, 0, 2, 0, 0, 0),
            new Call(Kind.LINKAT, 265, 303, 37, 2, 1, 4, 3, 5, 0),
            new Call(Kind.SYMLINK, 88, 83, NONE, 1, 0, 2, 0, 0, 0),
            new Call(Kind.SYMLINKAT, 266, 304, 36, 1, 0, 3, 2, 0, 0),
            new Call(Kind.CHMOD, 90, 15, NONE, 1, 0, 0, 0, 2, 0),
            new Call(Kind.FCHMOD, 91, 94, 52, 0, 1, 0, 0, 2, 1),
            new Call(Kind.FCHMODAT, 268, 306, 53, 2, 1, 0, 0, 3, 0),
            new Call(Kind.FCHMODAT, 452, 452, 452, 2, 1, 0, 0, 3, 4),
            new Call(Kind.SOCKET, 41, 359, 198, 0, 0, 0, 0, 1, 0),
            new Call(Kind.CONNECT, 42, 362, 203, 2, 1, 0, 0, 0, 0),
            new Call(Kind.ACCEPT, 43, NONE, 202, 0, 0, 0, 0, 0, 0),
            new Call(Kind.ACCEPT4, 288, 364, 242, 0, 0, 0, 0, 0, 0),
            new Call(Kind.LISTEN, 50, 363, 201, 0, 1, 0, 0, 2, 0),
            new Call(Kind.BIND, 49, 361, 200, 2, 1, 0, 0, 0, 0),
            new Call(Kind.SENDTO, 44, 369, 206, 5, 1, 0, 0, 0, 0),
            new Call(Kind.SENDMSG, 46, 370, 211, 2, 1, 0, 0, 0, 0),
            new Call(Kind.RECVFROM, 45, 371, 207, 5, 1, 0, 0, 0, 0),
            new Call(Kind.RECVMSG, 47, 372, 212, 2, 1, 0, 0, 0, 0),
            new Call(Kind.DUP, 32, 41, 23, 0, 0, 0, 0, 1, 0),
            new Call(Kind.DUP2, 33, 63, NONE, 0, 0, 0, 0, 1, 0),
            new Call(Kind.DUP3, 292, 330, 24, 0, 0, 0, 0, 1, 0),
            new Call(Kind.SETUID, 105, 213, 146, 0, 0, 0, 0, 0, 0),
            new Call(Kind.SETUID, NONE, 23, NONE, 0, 0, 0, 0, 0, 0),
            new Call(Kind.SETGID, 106, 214, 144, 0, 0, 0, 0, 0, 0),
            new Call(Kind.SETGID, NONE, 46, NONE, 0, 0, 0, 0, 0, 0),
            new Call(Kind.SETNS, 308, 346, 268, 0, 1, 0, 0, 0, 0),
            new Call(Kind.UNSHARE, 272, 310, 97, 0, 0, 0, 0, 0, 0),
            new Call(Kind.PTRACE, 101, 26, 117, 0, 0, 0, 0, 0, 0),
            new Call(Kind.BPF, 321, 357, 280, 0, 0, 0, 0, 0, 0),
            new Call(Kind.INIT_MODULE, 175, 128, 105, 3, 0, 0, 0, 0, 0),
            new Call(Kind.FINIT_MODULE, 313, 350, 273, 2, 1, 0, 0, 0, 0),
            new Call(Kind.USERFAULTFD, 323, 374, 282, 0, 0, 0, 0, 0, 0),
            new Call(Kind.MOUNT, 165, 21, 40, 1, 0, 2, 0, 0, 0),
            new Call(Kind.CAPSET, 126, 185, 91, 0, 0, 0, 0, 0, 0),
            new Call(Kind.MEMFD_CREATE, 319, 356, 279, 1, 0, 0, 0, 0, 0),
            new Call(Kind.IO_URING_SETUP, 425, 425, 425, 0, 0, 0, 0, 0, 0));

    private Calls() {}

    /** The table of wishes for these kinds; those that are no calls are reported in any case and are not in it. */
    public static byte[] wishes(Machine machine, Set<Kind> wanted) {
        byte[] table = new byte[2 * TABLE * ENTRY];
        for (Call call : ALL) {
            if (wanted.contains(call.kind)) {
                switch (machine) {
                    case X86_64 -> {
                        write(table, call.x64, call);
                        write(table, call.x32 == NONE ? NONE : TABLE + call.x32, call);
                    }
                    case AARCH64 -> write(table, call.arm64, call);
                }
            }
        }
        return table;
    }

    /** For each number of a kind whether it is wanted: for requests that do not come by a system call. */
    public static byte[] kinds(Set<Kind> wanted) {
        byte[] table = new byte[256];
        for (Kind kind : wanted) {
            table[kind.number()] = 1;
        }
        return table;
    }

    private static void write(byte[] table, int number, Call call) {
        if (number == NONE) {
            return;
        }
        int handler = handler(call.kind.body());
        int[] entry = {
            call.kind.number(), handler, call.path1, call.base1, call.path2, call.base2, call.value1, call.value2
        };
        for (int i = 0; i < ENTRY; i++) {
            table[number * ENTRY + i] = (byte) entry[i];
        }
    }

    private static int handler(Kind.Body body) {
        return switch (body) {
            case OPEN -> 0;
            case PATHS -> 1;
            case SOCKET -> 2;
            case CALL -> 3;
            case NONE, EXEC, FORK, NAME, CGROUP -> throw new IllegalArgumentException("no system call: " + body);
        };
    }

    /** The kinds that no system call of this machine reports, such as {@code open} on arm64. */
    public static List<Kind> absent(Machine machine) {
        List<Kind> absent = new ArrayList<>();
        for (Call call : ALL) {
            if (machine == Machine.AARCH64 && call.arm64 == NONE && call.x64 != NONE) {
                absent.add(call.kind);
            }
        }
        return absent;
    }
}
