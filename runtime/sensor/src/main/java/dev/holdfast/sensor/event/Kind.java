package dev.holdfast.sensor.event;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an event reports. The numbers are those of {@code enum type} in {@code events.h}. */
public enum Kind {
    EXECVE(1, Body.EXEC),
    EXECVEAT(2, Body.EXEC),
    EXIT(3, Body.NONE),
    FORK(4, Body.FORK),
    NAME(5, Body.NAME),
    FAILED_EXECVE(6, Body.FILE),
    FAILED_EXECVEAT(7, Body.FILE),
    OPEN(10, Body.OPEN),
    OPENAT(11, Body.OPEN),
    OPENAT2(12, Body.OPEN),
    CREAT(13, Body.OPEN),
    OPEN_BY_HANDLE_AT(14, Body.OPEN),
    RENAME(20, Body.PATHS),
    RENAMEAT(21, Body.PATHS),
    RENAMEAT2(22, Body.PATHS),
    UNLINK(23, Body.PATHS),
    UNLINKAT(24, Body.PATHS),
    RMDIR(25, Body.PATHS),
    MKDIR(26, Body.PATHS),
    MKDIRAT(27, Body.PATHS),
    LINK(28, Body.PATHS),
    LINKAT(29, Body.PATHS),
    SYMLINK(30, Body.PATHS),
    SYMLINKAT(31, Body.PATHS),
    CHMOD(32, Body.PATHS),
    FCHMOD(33, Body.PATHS),
    FCHMODAT(34, Body.PATHS),
    CHROOT(35, Body.PATHS),
    PIVOT_ROOT(36, Body.PATHS),
    UMOUNT2(37, Body.PATHS),
    MOVE_MOUNT(38, Body.PATHS),
    MKNOD(39, Body.PATHS),
    MKNODAT(19, Body.PATHS),
    SOCKET(40, Body.SOCKET),
    CONNECT(41, Body.SOCKET),
    ACCEPT(42, Body.SOCKET),
    ACCEPT4(43, Body.SOCKET),
    LISTEN(44, Body.SOCKET),
    BIND(45, Body.SOCKET),
    SENDTO(46, Body.SOCKET),
    SENDMSG(47, Body.SOCKET),
    RECVFROM(48, Body.SOCKET),
    RECVMSG(49, Body.SOCKET),
    DUP(50, Body.SOCKET),
    DUP2(51, Body.SOCKET),
    DUP3(52, Body.SOCKET),
    SETUID(60, Body.CALL),
    SETGID(61, Body.CALL),
    SETNS(62, Body.CALL),
    UNSHARE(63, Body.CALL),
    PTRACE(64, Body.CALL),
    BPF(65, Body.CALL),
    INIT_MODULE(66, Body.CALL),
    FINIT_MODULE(67, Body.CALL),
    USERFAULTFD(68, Body.CALL),
    MOUNT(69, Body.CALL),
    CAPSET(70, Body.CALL),
    MEMFD_CREATE(71, Body.CALL),
    IO_URING_SETUP(72, Body.CALL),
    SETRESUID(73, Body.CALL),
    SETRESGID(74, Body.CALL),
    SETREUID(75, Body.CALL),
    SETREGID(76, Body.CALL),
    PROCESS_VM_WRITEV(77, Body.CALL),
    FSOPEN(78, Body.CALL),
    DELETE_MODULE(79, Body.CALL),
    KEXEC_LOAD(80, Body.CALL),
    KEXEC_FILE_LOAD(81, Body.CALL),
    CGROUP_MKDIR(90, Body.CGROUP),
    CGROUP_RMDIR(91, Body.CGROUP),
    CGROUP_ATTACH(92, Body.CGROUP),
    CHOWN(100, Body.FILE),
    LCHOWN(101, Body.FILE),
    FCHOWN(102, Body.FILE),
    FCHOWNAT(103, Body.FILE),
    TRUNCATE(104, Body.FILE),
    FTRUNCATE(105, Body.FILE),
    SETXATTR(106, Body.FILE),
    LSETXATTR(107, Body.FILE),
    FSETXATTR(108, Body.FILE),
    REMOVEXATTR(109, Body.FILE),
    LREMOVEXATTR(110, Body.FILE),
    FREMOVEXATTR(111, Body.FILE);

    /** What follows the header. */
    public enum Body {
        NONE,
        EXEC,
        FORK,
        NAME,
        OPEN,
        PATHS,
        FILE,
        SOCKET,
        CALL,
        CGROUP
    }

    private static final @Nullable Kind[] BY_NUMBER = new Kind[256];

    static {
        for (Kind kind : values()) {
            BY_NUMBER[kind.number] = kind;
        }
    }

    private final int number;
    private final Body body;
    private final String word;

    Kind(int number, Body body) {
        this.number = number;
        this.body = body;
        this.word = switch (number) {
            case 3 -> "procexit";
            case 4 -> "clone";
            case 5 -> "prctl";
            case 6 -> "execve";
            case 7 -> "execveat";
            default -> name().toLowerCase(java.util.Locale.ROOT);
        };
    }

    public int number() {
        return number;
    }

    public Body body() {
        return body;
    }

    /** The name that rules know it by ({@code evt.type}). */
    public String word() {
        return word;
    }

    /** Whether it is the end of one system call, which is only reported when somebody wants it. */
    public boolean isCall() {
        return switch (body) {
            case OPEN, PATHS, FILE, SOCKET, CALL -> true;
            case NONE, EXEC, FORK, NAME, CGROUP -> false;
        };
    }

    /** Whether it is a program that could not be executed; those that could are told as they start. */
    public boolean isFailedExecution() {
        return this == FAILED_EXECVE || this == FAILED_EXECVEAT;
    }

    /** The same for a number of one byte, without an object: it is asked for every event. */
    static @Nullable Kind numbered(int number) {
        return BY_NUMBER[number];
    }

    /** The kind of this number; empty for a number that means nothing. */
    public static Optional<Kind> of(int number) {
        return number < 0 || number >= BY_NUMBER.length ? Optional.empty() : Optional.ofNullable(BY_NUMBER[number]);
    }

    /** The kind that rules call so. */
    public static Optional<Kind> named(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }
}
