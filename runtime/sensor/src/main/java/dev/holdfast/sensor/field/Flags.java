package dev.holdfast.sensor.field;

import dev.holdfast.sensor.event.Kind;

/** Numbers of the kernel's interface as the names that rules compare with. */
final class Flags {
    static final int O_WRONLY = 1;
    static final int O_RDWR = 2;
    static final int O_CREAT = 0100;
    static final int O_TRUNC = 01000;
    static final int O_PATH = 010000000;
    private static final int ACCESS = 3;

    private record Flag(long bits, String name) {}

    /** Values that are the same on x86-64 and arm64. */
    private static final Flag[] OPEN = {
        new Flag(O_CREAT, "O_CREAT"),
        new Flag(02000, "O_APPEND"),
        new Flag(010000, "O_DSYNC"),
        new Flag(0200, "O_EXCL"),
        new Flag(04000, "O_NONBLOCK"),
        new Flag(04010000, "O_SYNC"),
        new Flag(O_TRUNC, "O_TRUNC"),
        new Flag(020000000, "O_TMPFILE"),
        new Flag(02000000, "O_CLOEXEC"),
        new Flag(O_PATH, "O_PATH"),
    };

    /** Values that differ: first those of x86-64, then those of arm64. */
    private static final Flag[][] OPEN_BY_MACHINE = {
        {new Flag(040000, "O_DIRECT"), new Flag(0200000, "O_DIRECTORY"), new Flag(0400000, "O_NOFOLLOW")},
        {new Flag(0200000, "O_DIRECT"), new Flag(040000, "O_DIRECTORY"), new Flag(0100000, "O_NOFOLLOW")},
    };

    private static final Flag[] MODE = {
        new Flag(1, "S_IXOTH"),
        new Flag(2, "S_IWOTH"),
        new Flag(4, "S_IROTH"),
        new Flag(010, "S_IXGRP"),
        new Flag(020, "S_IWGRP"),
        new Flag(040, "S_IRGRP"),
        new Flag(0100, "S_IXUSR"),
        new Flag(0200, "S_IWUSR"),
        new Flag(0400, "S_IRUSR"),
        new Flag(01000, "S_ISVTX"),
        new Flag(02000, "S_ISGID"),
        new Flag(04000, "S_ISUID"),
    };

    private static final Flag[] CLONE = {
        new Flag(0x00000080, "CLONE_NEWTIME"),
        new Flag(0x00000200, "CLONE_FS"),
        new Flag(0x00000400, "CLONE_FILES"),
        new Flag(0x00020000, "CLONE_NEWNS"),
        new Flag(0x00040000, "CLONE_SYSVSEM"),
        new Flag(0x02000000, "CLONE_NEWCGROUP"),
        new Flag(0x04000000, "CLONE_NEWUTS"),
        new Flag(0x08000000, "CLONE_NEWIPC"),
        new Flag(0x10000000, "CLONE_NEWUSER"),
        new Flag(0x20000000, "CLONE_NEWPID"),
        new Flag(0x40000000, "CLONE_NEWNET"),
    };

    private static final Flag[] MOUNT = {
        new Flag(1, "RDONLY"),
        new Flag(2, "NOSUID"),
        new Flag(4, "NODEV"),
        new Flag(8, "NOEXEC"),
        new Flag(0x10, "SYNCHRONOUS"),
        new Flag(0x20, "REMOUNT"),
        new Flag(0x1000, "BIND"),
        new Flag(0x2000, "MOVE"),
        new Flag(0x4000, "REC"),
        new Flag(0x8000, "SILENT"),
        new Flag(0x20000, "UNBINDABLE"),
        new Flag(0x40000, "PRIVATE"),
        new Flag(0x80000, "SLAVE"),
        new Flag(0x100000, "SHARED"),
    };

    private static final Flag[] AT = {
        new Flag(0x100, "AT_SYMLINK_NOFOLLOW"), new Flag(0x1000, "AT_EMPTY_PATH"),
    };

    private static final String[] PTRACE = {
        "PTRACE_TRACEME",
        "PTRACE_PEEKTEXT",
        "PTRACE_PEEKDATA",
        "PTRACE_PEEKUSR",
        "PTRACE_POKETEXT",
        "PTRACE_POKEDATA",
        "PTRACE_POKEUSR",
        "PTRACE_CONT",
        "PTRACE_KILL",
        "PTRACE_SINGLESTEP",
        "",
        "",
        "PTRACE_GETREGS",
        "PTRACE_SETREGS",
        "PTRACE_GETFPREGS",
        "PTRACE_SETFPREGS",
        "PTRACE_ATTACH",
        "PTRACE_DETACH",
        "PTRACE_GETFPXREGS",
        "PTRACE_SETFPXREGS",
        "",
        "",
        "",
        "",
        "PTRACE_SYSCALL"
    };

    private static final String[] PTRACE_LATER = {
        "PTRACE_SETOPTIONS", "PTRACE_GETEVENTMSG", "PTRACE_GETSIGINFO", "PTRACE_SETSIGINFO", "PTRACE_GETREGSET",
        "PTRACE_SETREGSET", "PTRACE_SEIZE", "PTRACE_INTERRUPT", "PTRACE_LISTEN", "PTRACE_PEEKSIGINFO",
        "PTRACE_GETSIGMASK", "PTRACE_SETSIGMASK"
    };

    private static final String[] BPF = {
        "BPF_MAP_CREATE",
        "BPF_MAP_LOOKUP_ELEM",
        "BPF_MAP_UPDATE_ELEM",
        "BPF_MAP_DELETE_ELEM",
        "BPF_MAP_GET_NEXT_KEY",
        "BPF_PROG_LOAD",
        "BPF_OBJ_PIN",
        "BPF_OBJ_GET",
        "BPF_PROG_ATTACH",
        "BPF_PROG_DETACH",
        "BPF_PROG_TEST_RUN",
        "BPF_PROG_GET_NEXT_ID",
        "BPF_MAP_GET_NEXT_ID",
        "BPF_PROG_GET_FD_BY_ID",
        "BPF_MAP_GET_FD_BY_ID",
        "BPF_OBJ_GET_INFO_BY_FD",
        "BPF_PROG_QUERY",
        "BPF_RAW_TRACEPOINT_OPEN",
        "BPF_BTF_LOAD",
        "BPF_BTF_GET_FD_BY_ID",
        "BPF_TASK_FD_QUERY",
        "BPF_MAP_LOOKUP_AND_DELETE_ELEM",
        "BPF_MAP_FREEZE",
        "BPF_BTF_GET_NEXT_ID",
        "BPF_MAP_LOOKUP_BATCH",
        "BPF_MAP_LOOKUP_AND_DELETE_BATCH",
        "BPF_MAP_UPDATE_BATCH",
        "BPF_MAP_DELETE_BATCH",
        "BPF_LINK_CREATE",
        "BPF_LINK_UPDATE",
        "BPF_LINK_GET_FD_BY_ID",
        "BPF_LINK_GET_NEXT_ID",
        "BPF_ENABLE_STATS",
        "BPF_ITER_CREATE",
        "BPF_LINK_DETACH",
        "BPF_PROG_BIND_MAP"
    };

    private static final String[] CAPABILITIES = {
        "CAP_CHOWN",
        "CAP_DAC_OVERRIDE",
        "CAP_DAC_READ_SEARCH",
        "CAP_FOWNER",
        "CAP_FSETID",
        "CAP_KILL",
        "CAP_SETGID",
        "CAP_SETUID",
        "CAP_SETPCAP",
        "CAP_LINUX_IMMUTABLE",
        "CAP_NET_BIND_SERVICE",
        "CAP_NET_BROADCAST",
        "CAP_NET_ADMIN",
        "CAP_NET_RAW",
        "CAP_IPC_LOCK",
        "CAP_IPC_OWNER",
        "CAP_SYS_MODULE",
        "CAP_SYS_RAWIO",
        "CAP_SYS_CHROOT",
        "CAP_SYS_PTRACE",
        "CAP_SYS_PACCT",
        "CAP_SYS_ADMIN",
        "CAP_SYS_BOOT",
        "CAP_SYS_NICE",
        "CAP_SYS_RESOURCE",
        "CAP_SYS_TIME",
        "CAP_SYS_TTY_CONFIG",
        "CAP_MKNOD",
        "CAP_LEASE",
        "CAP_AUDIT_WRITE",
        "CAP_AUDIT_CONTROL",
        "CAP_SETFCAP",
        "CAP_MAC_OVERRIDE",
        "CAP_MAC_ADMIN",
        "CAP_SYSLOG",
        "CAP_WAKE_ALARM",
        "CAP_BLOCK_SUSPEND",
        "CAP_AUDIT_READ",
        "CAP_PERFMON",
        "CAP_BPF",
        "CAP_CHECKPOINT_RESTORE"
    };

    private static final boolean IS_ARM = System.getProperty("os.arch", "").equals("aarch64");

    private Flags() {}

    /** The flags of opening; creat has none of its own. */
    static int open(Kind kind, int flags) {
        return kind == Kind.CREAT ? O_CREAT | O_WRONLY | O_TRUNC : flags;
    }

    static boolean reads(int flags) {
        return (flags & ACCESS) != O_WRONLY && (flags & O_PATH) == 0;
    }

    static boolean writes(int flags) {
        return (flags & ACCESS) == O_WRONLY || (flags & ACCESS) == O_RDWR;
    }

    static String openText(int flags) {
        StringBuilder text = new StringBuilder(
                switch (flags & ACCESS) {
                    case O_WRONLY -> "O_WRONLY";
                    case O_RDWR -> "O_RDWR";
                    default -> "O_RDONLY";
                });
        append(text, flags, OPEN);
        append(text, flags, OPEN_BY_MACHINE[IS_ARM ? 1 : 0]);
        return text.toString();
    }

    static String mode(long mode) {
        return joined(mode, MODE, "0");
    }

    static String clone(long flags) {
        return joined(flags, CLONE, "0");
    }

    static String mount(long flags) {
        return joined(flags, MOUNT, "0");
    }

    /** How fchownat and execveat find the file. */
    static String at(long flags) {
        return joined(flags, AT, "0");
    }

    static String ptrace(long request) {
        if (request >= 0x4200 && request < 0x4200 + PTRACE_LATER.length) {
            return PTRACE_LATER[(int) request - 0x4200];
        }
        return numbered(PTRACE, request);
    }

    static String bpf(long command) {
        return numbered(BPF, command);
    }

    /** The capabilities of a set, separated by blanks. */
    static String capabilities(long set) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < CAPABILITIES.length; i++) {
            if ((set & 1L << i) != 0) {
                text.append(text.isEmpty() ? "" : " ").append(CAPABILITIES[i]);
            }
        }
        return text.isEmpty() ? "NONE" : text.toString();
    }

    static String family(int family) {
        return switch (family) {
            case 1 -> "AF_UNIX";
            case 2 -> "AF_INET";
            case 10 -> "AF_INET6";
            case 16 -> "AF_NETLINK";
            case 17 -> "AF_PACKET";
            case 29 -> "AF_CAN";
            case 38 -> "AF_ALG";
            case 40 -> "AF_VSOCK";
            case 44 -> "AF_XDP";
            default -> Integer.toString(family);
        };
    }

    private static String numbered(String[] names, long number) {
        boolean isNamed = number >= 0 && number < names.length && !names[(int) number].isEmpty();
        return isNamed ? names[(int) number] : Long.toString(number);
    }

    private static String joined(long value, Flag[] flags, String none) {
        StringBuilder text = new StringBuilder();
        append(text, value, flags);
        return text.isEmpty() ? none : text.toString();
    }

    private static void append(StringBuilder text, long value, Flag[] flags) {
        for (Flag flag : flags) {
            if ((value & flag.bits) == flag.bits) {
                text.append(text.isEmpty() ? "" : "|").append(flag.name);
            }
        }
    }
}
