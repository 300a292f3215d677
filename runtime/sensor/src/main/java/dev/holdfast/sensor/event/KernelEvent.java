package dev.holdfast.sensor.event;

import dev.holdfast.sensor.libbpf.Bytes;

/**
 * A record of the ring. One object is moved from record to record; what it gives holds until the next {@link #read}.
 *
 * <p>A record is a header of {@value #HEADER} bytes, a body by the {@linkplain Kind#body() kind's} body, and texts one behind the other, whose
 * lengths stand in the body. All structures are in {@code src/main/bpf/events.h}; numbers are in the machine's order of bytes. Lengths are
 * checked once, when a record is read.
 */
public final class KernelEvent {
    /** The version of the layouts. */
    public static final int VERSION = 1;

    /** Flags of the header. */
    public static final int PATH_CUT = 1;

    public static final int OUTSIDE_ROOT = 2;
    public static final int DETACHED = 4;
    public static final int TEXT_CUT = 8;
    /** Asked for through io_uring. */
    public static final int BY_IO_URING = 16;
    /** Told when it was asked for, such as a request of io_uring: what becomes of it is not known yet, and its result is told as 0. */
    public static final int NOT_DONE = 32;

    /** Bits of a socket: this end began the connection, or the other end did. */
    public static final int CALLS = 2;

    public static final int SERVES = 4;
    /** {@link #localPlace} is where the file of a local address lies, and no folder. */
    public static final int PLACE_IS_REAL = 8;

    /** Bits of an executed program. */
    public static final int UPPER_LAYER = 1;

    public static final int MEMFD = 2;
    public static final int GROUP_LEADER = 4;

    static final int HEADER = 56;
    private static final int COMM = 16;

    private final Texts texts = new Texts();
    private Bytes record = Bytes.of(new byte[HEADER]);
    private Kind kind = Kind.EXIT;
    /** Where texts begin; the last is the end. */
    private final int[] starts = new int[6];
    /** The texts that were asked for, and a bit for each of them: several fields look at the same one. */
    private final String[] read = {"", "", "", "", ""};

    private int isRead;

    /** Takes a record; false when it is none that we know. */
    public boolean read(Bytes bytes) {
        record = bytes;
        isRead = 0;
        if (bytes.size() < HEADER || bytes.u8(1) != VERSION) {
            return false;
        }
        Kind found = Kind.numbered(bytes.u8(0));
        if (found == null) {
            return false;
        }
        kind = found;
        return switch (found.body()) {
            case NONE -> true;
            case OPEN -> measure(88, 78, 3);
            case PATHS -> measure(72, 64, 4);
            case FILE -> measure(96, 88, 3);
            case SOCKET -> measure(112, 108, 2);
            case CALL -> measure(112, 104, 3);
            case EXEC -> measure(184, 168, 5);
            case FORK -> bytes.size() >= 104;
            case NAME -> bytes.size() >= HEADER + COMM;
            case CGROUP -> measure(80, 76, 1);
        };
    }

    /** Finds the texts behind a body of so many bytes, whose lengths stand at a place in it; false when they do not fit. */
    private boolean measure(int body, int lengths, int count) {
        if (record.size() < body) {
            return false;
        }
        int at = body;
        for (int i = 0; i < count; i++) {
            starts[i] = at;
            at += record.u16(lengths + 2 * i);
        }
        starts[count] = at;
        return at <= record.size();
    }

    private String text(int index) {
        if ((isRead & 1 << index) == 0) {
            isRead |= 1 << index;
            read[index] = texts.read(record, starts[index], starts[index + 1] - starts[index]);
        }
        return read[index];
    }

    private boolean hasText(int index) {
        return starts[index + 1] > starts[index];
    }

    /** The record, kept. */
    public byte[] copy() {
        return record.toArray();
    }

    // ---- header

    public Kind kind() {
        return kind;
    }

    public int flags() {
        return record.u16(2);
    }

    public int tid() {
        return record.s32(4);
    }

    /** Nanoseconds since the machine booted. */
    public long bootNanos() {
        return record.s64(8);
    }

    /** The id of its control group in the unified hierarchy. */
    public long cgroup() {
        return record.s64(16);
    }

    /** When the process was born, in nanoseconds since boot. */
    public long started() {
        return record.s64(24);
    }

    public int pid() {
        return record.s32(32);
    }

    /** The effective user. */
    public int uid() {
        return record.s32(36);
    }

    /** What the system call returned: below zero the negative error number. */
    public long result() {
        return record.s64(40);
    }

    /** The effective group. */
    public int gid() {
        return record.s32(48);
    }

    // ---- open

    public int openFlags() {
        return record.s32(56);
    }

    public int openMode() {
        return record.s32(60);
    }

    public long inode() {
        return record.s64(64);
    }

    public int device() {
        return record.s32(72);
    }

    /** Type and permissions of what was opened; 0 when nothing was. */
    public int fileMode() {
        return record.u16(76);
    }

    /** The real path of what was opened; empty when nothing was. */
    public String openedPath() {
        return text(0);
    }

    /** The path as the caller wrote it. */
    public String givenPath() {
        return text(1);
    }

    /** Where a relative path starts, of a file that could not be opened. */
    public String openBase() {
        return text(2);
    }

    /** The bytes that {@link #openedPath} and {@link #givenPath} lie in; they hold until the next record is read. */
    public byte[] pathBytes() {
        return record.array();
    }

    /** Where the bytes of {@link #openedPath} begin. */
    public int openedFrom() {
        return starts[0];
    }

    /** Where they end, and those of {@link #givenPath} begin. */
    public int givenFrom() {
        return starts[1];
    }

    /** Where those end. */
    public int givenEnd() {
        return starts[2];
    }

    // ---- operations on paths

    public int pathValue1() {
        return record.s32(56);
    }

    public int pathValue2() {
        return record.s32(60);
    }

    public String path1() {
        return text(0);
    }

    public String base1() {
        return text(1);
    }

    public String path2() {
        return text(2);
    }

    public String base2() {
        return text(3);
    }

    // ---- what one file is changed to; path1 and base1 as above

    /** A value that the call was given, counted from 0. */
    public long fileValue(int index) {
        return record.s64(56 + 8 * index);
    }

    /** The descriptor that the call works on, or of the folder where the path starts; -100 for the current one. */
    public int fileFolder() {
        return record.s32(80);
    }

    /** The name of the attribute that is changed; empty when it is none. */
    public String attribute() {
        return text(2);
    }

    // ---- sockets

    public int socketDescriptor() {
        return record.s32(56);
    }

    public int family() {
        return record.u16(60);
    }

    /** SOCK_STREAM and so on. */
    public int socketKind() {
        return record.u16(62) & 0xf;
    }

    public int protocol() {
        return record.u16(64);
    }

    public int socketState() {
        return record.u8(66);
    }

    /** What the kernel remembers about it. */
    public int socketBits() {
        return record.u8(67);
    }

    public int localPort() {
        return record.u16(68);
    }

    public int remotePort() {
        return record.u16(70);
    }

    /** Four or sixteen bytes of the local address, in the order of the network, from the first one on. */
    public int localByte(int index) {
        return record.u8(72 + index);
    }

    public int remoteByte(int index) {
        return record.u8(88 + index);
    }

    public int socketValue() {
        return record.s32(104);
    }

    /** A local address (AF_UNIX) as the caller wrote it: a path, or a name without a file, behind an @. */
    public String localName() {
        return text(0);
    }

    /** Where its file lies, whatever links led there; of what could not be reached, the folder where a relative path starts. */
    public String localPlace() {
        return text(1);
    }

    // ---- other calls

    /** An argument as a number, counted from 0. */
    public long argument(int index) {
        return record.s64(56 + 8 * index);
    }

    public String text1() {
        return text(0);
    }

    public String text2() {
        return text(1);
    }

    /** The real path of the descriptor that the call was given; empty when there is none. */
    public String descriptorPath() {
        return text(2);
    }

    // ---- execution

    public int parentPid() {
        return record.s32(56);
    }

    /** The number of the process in its own namespace. */
    public int ownPid() {
        return record.s32(60);
    }

    public long parentStarted() {
        return record.s64(64);
    }

    public int session() {
        return record.s32(72);
    }

    public int processGroup() {
        return record.s32(76);
    }

    /** The user who logged in, -1 when nobody did. */
    public int loginUid() {
        return record.s32(80);
    }

    public int terminal() {
        return record.s32(84);
    }

    public long executableInode() {
        return record.s64(88);
    }

    /** When the executable's inode changed, in nanoseconds since 1970. */
    public long executableChanged() {
        return record.s64(96);
    }

    public long executableModified() {
        return record.s64(104);
    }

    public long effectiveCapabilities() {
        return record.s64(112);
    }

    public long permittedCapabilities() {
        return record.s64(120);
    }

    public int mountNamespace() {
        return record.s32(128);
    }

    public int pidNamespace() {
        return record.s32(132);
    }

    public long inheritableCapabilities() {
        return record.s64(136);
    }

    public int executableBits() {
        return record.s32(144);
    }

    /** The name of the task, at most 15 bytes. */
    public String execName() {
        return name(152);
    }

    public String executablePath() {
        return text(0);
    }

    /** The program as the caller wrote it. */
    public String givenProgram() {
        return text(1);
    }

    /** The arguments, each with a zero behind it. */
    public String arguments() {
        return text(2);
    }

    public String folder() {
        return text(3);
    }

    /** The environment, each variable with a zero behind it; empty when it was not asked for. */
    public String environment() {
        return hasText(4) ? text(4) : "";
    }

    /** What a standard stream is (0 input, 1 output, 2 error): the type of its file, S_IFMT shifted by twelve bits. */
    public int streamType(int stream) {
        return record.u16(178 + 2 * stream) >> 8;
    }

    /** The family of the socket that a standard stream is. */
    public int streamFamily(int stream) {
        return record.u16(178 + 2 * stream) & 0xff;
    }

    // ---- fork, name

    public int childPid() {
        return record.s32(56);
    }

    /** The parent of the child, which is not the caller when it was made so (CLONE_PARENT). */
    public int childsParentPid() {
        return record.s32(60);
    }

    public long childStarted() {
        return record.s64(64);
    }

    public int childOwnPid() {
        return record.s32(80);
    }

    public String childName() {
        return name(88);
    }

    public String newName() {
        return name(56);
    }

    // ---- control groups

    public long cgroupId() {
        return record.s64(56);
    }

    public int movedPid() {
        return record.s32(72);
    }

    public String cgroupPath() {
        return text(0);
    }

    private String name(int offset) {
        int length = 0;
        while (length < COMM && record.u8(offset + length) != 0) {
            length++;
        }
        return texts.read(record, offset, length);
    }
}
