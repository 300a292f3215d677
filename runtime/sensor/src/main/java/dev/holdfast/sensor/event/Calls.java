package dev.holdfast.sensor.event;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The system calls that can be watched: their numbers by processor, and which of their arguments (counted from 1, 0 for none) are paths,
 * folders and values. From this the kernel's table of wishes is made: 512 entries for 64-bit calls, then 512 for 32-bit ones, of eight bytes:
 *
 * <pre>
 * u8 kind, 0 when nobody asks     u8 handler     u8 path1, base1, path2, base2, value1, value2
 * </pre>
 *
 * The highest bit of the handler says that the call is not told of the host, which the kernel then finds out before anything else. What base and
 * value mean depends on the handler; see {@code events.h}. 32-bit calls of arm are those of the EABI: arm64 runs no others.
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
    private static final int NOT_OF_HOST = 128;
    private static final byte WANTED = 1;
    private static final byte OF_CONTAINERS = 2;

    /**
     * @param x64 its number on x86-64, {@value #NONE} where there is none; also for the others
     * @param i386 for 32-bit programs on x86-64
     * @param arm for 32-bit programs on arm64
     */
    private record Call(
            Kind kind,
            int x64,
            int i386,
            int arm64,
            int arm,
            int path1,
            int base1,
            int path2,
            int base2,
            int value1,
            int value2) {}

    private static final List<Call> ALL = List.of(
            new Call(Kind.FAILED_EXECVE, 59, 11, 221, 11, 1, 0, 0, 0, 0, 0),
            new Call(Kind.FAILED_EXECVEAT, 322, 358, 281, 387, 2, 1, 0, 0, 5, 0),
            new Call(Kind.OPEN, 2, 5, NONE, 5, 1, 0, 0, 0, 2, 3),
            new Call(Kind.OPENAT, 257, 295, 56, 322, 2, 1, 0, 0, 3, 4),
            new Call(Kind.OPENAT2, 437, 437, 437, 437, 2, 1, 0, 0, 0, 0),
            new Call(Kind.CREAT, 85, 8, NONE, 8, 1, 0, 0, 0, 0, 2),
            new Call(Kind.OPEN_BY_HANDLE_AT, 304, 342, 265, 371, 0, 1, 0, 0, 3, 0),
            new Call(Kind.RENAME, 82, 38, NONE, 38, 1, 0, 2, 0, 0, 0),
            new Call(Kind.RENAMEAT, 264, 302, 38, 329, 2, 1, 4, 3, 0, 0),
            new Call(Kind.RENAMEAT2, 316, 353, 276, 382, 2, 1, 4, 3, 5, 0),
            new Call(Kind.UNLINK, 87, 10, NONE, 10, 1, 0, 0, 0, 0, 0),
            new Call(Kind.UNLINKAT, 263, 301, 35, 328, 2, 1, 0, 0, 3, 0),
            new Call(Kind.RMDIR, 84, 40, NONE, 40, 1, 0, 0, 0, 0, 0),
            new Call(Kind.MKDIR, 83, 39, NONE, 39, 1, 0, 0, 0, 2, 0),
            new Call(Kind.MKDIRAT, 258, 296, 34, 323, 2, 1, 0, 0, 3, 0),
            new Call(Kind.LINK, 86, 9, NONE, 9, 1, 0, 2, 0, 0, 0),
            new Call(Kind.LINKAT, 265, 303, 37, 330, 2, 1, 4, 3, 5, 0),
            new Call(Kind.SYMLINK, 88, 83, NONE, 83, 1, 0, 2, 0, 0, 0),
            new Call(Kind.SYMLINKAT, 266, 304, 36, 331, 1, 0, 3, 2, 0, 0),
            new Call(Kind.CHMOD, 90, 15, NONE, 15, 1, 0, 0, 0, 2, 0),
            new Call(Kind.FCHMOD, 91, 94, 52, 94, 0, 1, 0, 0, 2, 1),
            new Call(Kind.FCHMODAT, 268, 306, 53, 333, 2, 1, 0, 0, 3, 0),
            new Call(Kind.FCHMODAT, 452, 452, 452, 452, 2, 1, 0, 0, 3, 4),
            new Call(Kind.CHROOT, 161, 61, 51, 61, 1, 0, 0, 0, 0, 0),
            new Call(Kind.PIVOT_ROOT, 155, 217, 41, 218, 1, 0, 2, 0, 0, 0),
            new Call(Kind.UMOUNT2, 166, 52, 39, 52, 1, 0, 0, 0, 2, 0),
            new Call(Kind.MOVE_MOUNT, 429, 429, 429, 429, 2, 1, 4, 3, 5, 0),
            new Call(Kind.MKNOD, 133, 14, NONE, 14, 1, 0, 0, 0, 2, 3),
            new Call(Kind.MKNODAT, 259, 297, 33, 324, 2, 1, 0, 0, 3, 4),
            new Call(Kind.CHOWN, 92, 182, NONE, 182, 1, 0, 0, 0, 2, 3),
            new Call(Kind.CHOWN, NONE, 212, NONE, 212, 1, 0, 0, 0, 2, 3),
            new Call(Kind.LCHOWN, 94, 16, NONE, 16, 1, 0, 0, 0, 2, 3),
            new Call(Kind.LCHOWN, NONE, 198, NONE, 198, 1, 0, 0, 0, 2, 3),
            new Call(Kind.FCHOWN, 93, 95, 55, 95, 0, 1, 0, 0, 2, 3),
            new Call(Kind.FCHOWN, NONE, 207, NONE, 207, 0, 1, 0, 0, 2, 3),
            new Call(Kind.FCHOWNAT, 260, 298, 54, 325, 2, 1, 0, 5, 3, 4),
            new Call(Kind.TRUNCATE, 76, 92, 45, 92, 1, 0, 0, 0, 2, 0),
            new Call(Kind.TRUNCATE, NONE, 193, NONE, NONE, 1, 0, 0, 0, 2, 3), // truncate64: a length of two halves
            new Call(Kind.TRUNCATE, NONE, NONE, NONE, 193, 1, 0, 0, 0, 3, 4), // on arm from an odd argument on
            new Call(Kind.FTRUNCATE, 77, 93, 46, 93, 0, 1, 0, 0, 2, 0),
            new Call(Kind.FTRUNCATE, NONE, 194, NONE, NONE, 0, 1, 0, 0, 2, 3),
            new Call(Kind.FTRUNCATE, NONE, NONE, NONE, 194, 0, 1, 0, 0, 3, 4),
            new Call(Kind.SETXATTR, 188, 226, 5, 226, 1, 0, 2, 0, 0, 0),
            new Call(Kind.LSETXATTR, 189, 227, 6, 227, 1, 0, 2, 0, 0, 0),
            new Call(Kind.FSETXATTR, 190, 228, 7, 228, 0, 1, 2, 0, 0, 0),
            new Call(Kind.SETXATTR, 463, 463, 463, 463, 2, 1, 4, 0, 0, 0), // setxattrat
            new Call(Kind.REMOVEXATTR, 197, 235, 14, 235, 1, 0, 2, 0, 0, 0),
            new Call(Kind.LREMOVEXATTR, 198, 236, 15, 236, 1, 0, 2, 0, 0, 0),
            new Call(Kind.FREMOVEXATTR, 199, 237, 16, 237, 0, 1, 2, 0, 0, 0),
            new Call(Kind.REMOVEXATTR, 466, 466, 466, 466, 2, 1, 4, 0, 0, 0), // removexattrat
            new Call(Kind.SOCKET, 41, 359, 198, 281, 0, 0, 0, 0, 1, 0),
            new Call(Kind.CONNECT, 42, 362, 203, 283, 2, 1, 0, 0, 0, 0),
            new Call(Kind.ACCEPT, 43, NONE, 202, 285, 0, 0, 0, 0, 0, 0),
            new Call(Kind.ACCEPT4, 288, 364, 242, 366, 0, 0, 0, 0, 0, 0),
            new Call(Kind.LISTEN, 50, 363, 201, 284, 0, 1, 0, 0, 2, 0),
            new Call(Kind.BIND, 49, 361, 200, 282, 2, 1, 0, 0, 0, 0),
            new Call(Kind.SENDTO, 44, 369, 206, 290, 5, 1, 0, 0, 0, 0),
            new Call(Kind.SENDMSG, 46, 370, 211, 296, 2, 1, 0, 0, 0, 0),
            new Call(Kind.SENDMSG, 307, 345, 269, 374, 2, 1, 0, 0, 0, 0), // sendmmsg: of its messages the first
            new Call(Kind.RECVFROM, 45, 371, 207, 292, 5, 1, 0, 0, 0, 0),
            new Call(Kind.RECVMSG, 47, 372, 212, 297, 2, 1, 0, 0, 0, 0),
            new Call(Kind.RECVMSG, 299, 337, 243, 365, 2, 1, 0, 0, 0, 0), // recvmmsg
            new Call(Kind.RECVMSG, NONE, 417, NONE, 417, 2, 1, 0, 0, 0, 0),
            new Call(Kind.DUP, 32, 41, 23, 41, 0, 0, 0, 0, 1, 0),
            new Call(Kind.DUP, 72, 55, 25, 55, 0, 0, 2, 0, 1, 0), // fcntl: its command says whether
            new Call(Kind.DUP, NONE, 221, NONE, 221, 0, 0, 2, 0, 1, 0),
            new Call(Kind.DUP, 438, 438, 438, 438, 0, 0, 0, 0, 2, 0), // pidfd_getfd
            new Call(Kind.DUP2, 33, 63, NONE, 63, 0, 0, 0, 0, 1, 0),
            new Call(Kind.DUP3, 292, 330, 24, 358, 0, 0, 0, 0, 1, 0),
            new Call(Kind.SETUID, 105, 213, 146, 213, 0, 0, 0, 0, 0, 0),
            new Call(Kind.SETUID, NONE, 23, NONE, 23, 0, 0, 0, 0, 0, 0),
            new Call(Kind.SETGID, 106, 214, 144, 214, 0, 0, 0, 0, 0, 0),
            new Call(Kind.SETGID, NONE, 46, NONE, 46, 0, 0, 0, 0, 0, 0),
            new Call(Kind.SETNS, 308, 346, 268, 375, 0, 1, 0, 0, 0, 0),
            new Call(Kind.UNSHARE, 272, 310, 97, 337, 0, 0, 0, 0, 0, 0),
            new Call(Kind.PTRACE, 101, 26, 117, 26, 0, 0, 0, 0, 0, 0),
            new Call(Kind.BPF, 321, 357, 280, 386, 0, 0, 0, 0, 0, 0),
            new Call(Kind.INIT_MODULE, 175, 128, 105, 128, 3, 0, 0, 0, 0, 0),
            new Call(Kind.FINIT_MODULE, 313, 350, 273, 379, 2, 1, 0, 0, 0, 0),
            new Call(Kind.USERFAULTFD, 323, 374, 282, 388, 0, 0, 0, 0, 0, 0),
            new Call(Kind.MOUNT, 165, 21, 40, 21, 1, 0, 2, 0, 0, 0),
            new Call(Kind.CAPSET, 126, 185, 91, 185, 0, 0, 0, 0, 0, 0),
            new Call(Kind.MEMFD_CREATE, 319, 356, 279, 385, 1, 0, 0, 0, 0, 0),
            new Call(Kind.IO_URING_SETUP, 425, 425, 425, 425, 0, 0, 0, 0, 0, 0),
            new Call(Kind.SETRESUID, 117, 208, 147, 208, 0, 0, 0, 0, 0, 0),
            new Call(Kind.SETRESUID, NONE, 164, NONE, 164, 0, 0, 0, 0, 0, 0),
            new Call(Kind.SETRESGID, 119, 210, 149, 210, 0, 0, 0, 0, 0, 0),
            new Call(Kind.SETRESGID, NONE, 170, NONE, 170, 0, 0, 0, 0, 0, 0),
            new Call(Kind.SETREUID, 113, 203, 145, 203, 0, 0, 0, 0, 0, 0),
            new Call(Kind.SETREUID, NONE, 70, NONE, 70, 0, 0, 0, 0, 0, 0),
            new Call(Kind.SETREGID, 114, 204, 143, 204, 0, 0, 0, 0, 0, 0),
            new Call(Kind.SETREGID, NONE, 71, NONE, 71, 0, 0, 0, 0, 0, 0),
            new Call(Kind.PROCESS_VM_WRITEV, 311, 348, 271, 377, 0, 0, 0, 0, 0, 0),
            new Call(Kind.FSOPEN, 430, 430, 430, 430, 1, 0, 0, 0, 0, 0),
            new Call(Kind.DELETE_MODULE, 176, 129, 106, 129, 1, 0, 0, 0, 0, 0),
            new Call(Kind.KEXEC_LOAD, 246, 283, 104, 347, 0, 0, 0, 0, 0, 0),
            new Call(Kind.KEXEC_FILE_LOAD, 320, NONE, 294, 401, 0, 1, 0, 0, 0, 0));

    private Calls() {}

    /** The table of wishes; kinds that are no calls are reported in any case and are not in it. */
    public static byte[] wishes(Machine machine, Wishes wishes) {
        byte[] table = new byte[2 * TABLE * ENTRY];
        for (Call call : ALL) {
            if (wishes.kinds().contains(call.kind)) {
                int handler = handler(call.kind.body()) | (isLeftOutAtOnce(call.kind, wishes) ? NOT_OF_HOST : 0);
                switch (machine) {
                    case X86_64 -> write(table, call.x64, call.i386, call, handler);
                    case AARCH64 -> write(table, call.arm64, call.arm, call, handler);
                }
            }
        }
        return table;
    }

    /** Of datagrams, which end was the first to send is remembered, whoever sends: they are left out after that. */
    private static boolean isLeftOutAtOnce(Kind kind, Wishes wishes) {
        return switch (kind) {
            case SENDTO, SENDMSG, RECVFROM, RECVMSG -> false;
            default -> wishes.isOfContainers(kind);
        };
    }

    /** For each number of a kind whether it is wanted, and of whom: for requests that do not come by a system call. */
    public static byte[] kinds(Wishes wishes) {
        byte[] table = new byte[256];
        for (Kind kind : wishes.kinds()) {
            table[kind.number()] = wishes.isOfContainers(kind) ? OF_CONTAINERS : WANTED;
        }
        return table;
    }

    /**
     * For each number of a kind that opens files a bit for each aspect that is wanted, and then for each that is wanted of the host, two bytes
     * each in the order of the machine.
     */
    public static byte[] aspects(Wishes wishes) {
        ByteBuffer table = ByteBuffer.allocate(4 * 256).order(ByteOrder.nativeOrder());
        for (Kind kind : wishes.kinds()) {
            if (kind.body() == Kind.Body.OPEN) {
                table.putShort(4 * kind.number(), (short) wishes.ofAny().opened(kind));
                table.putShort(4 * kind.number() + 2, (short) wishes.ofHost().opened(kind));
            }
        }
        return table.array();
    }

    private static void write(byte[] table, int of64, int of32, Call call, int handler) {
        write(table, of64, call, handler);
        write(table, of32 == NONE ? NONE : TABLE + of32, call, handler);
    }

    private static void write(byte[] table, int number, Call call, int handler) {
        if (number == NONE) {
            return;
        }
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
            case FILE -> 4;
            case NONE, EXEC, FORK, NAME, CGROUP -> throw new IllegalArgumentException("no system call: " + body);
        };
    }
}
