package dev.holdfast.sensor.feed;

import dev.holdfast.sensor.event.KernelEvent;
import dev.holdfast.sensor.event.Kind;
import dev.holdfast.sensor.libbpf.BootClock;
import dev.holdfast.sensor.process.ProcFiles;
import dev.holdfast.sensor.process.Program;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes a record as the kernel programs do, from what {@code /proc} tells. The layouts are those of {@code events.h}. */
final class RecordWriter {
    /** Where the name of a new process stands in a fork, and the new name of one. */
    static final int CHILD_NAME = 88;

    static final int NEW_NAME = 56;
    private static final int HEADER = 56;
    private static final int EXEC_NAME = 152;
    private static final int NAME_BYTES = 15;
    private static final int MOST_TEXT = 4_095;
    private static final int REGULAR_FILE = 0100000;
    private static final int FOLDER = 0040000;

    private final ByteBuffer bytes = ByteBuffer.allocate(32_768).order(ByteOrder.nativeOrder());
    private int end;

    RecordWriter(Kind kind) {
        bytes.put(0, (byte) kind.number());
        bytes.put(1, (byte) KernelEvent.VERSION);
        end = switch (kind.body()) {
            case NONE -> HEADER;
            case OPEN -> 88;
            case EXEC -> 184;
            case FORK -> 104;
            case NAME -> HEADER + 16;
            case PATHS -> 72;
            case FILE -> 96;
            case SOCKET, CALL -> 112;
            case CGROUP -> throw new IllegalArgumentException("no notice tells " + kind);
        };
    }

    /** Now, in nanoseconds since boot. */
    static long bootNanos() {
        return BootClock.nanos();
    }

    RecordWriter head(int pid, long born, long cgroup, int uid, int gid, long result) {
        bytes.putInt(4, pid).putLong(8, bootNanos()).putLong(16, cgroup).putLong(24, born);
        bytes.putInt(32, pid).putInt(36, uid).putLong(40, result).putInt(48, gid);
        return this;
    }

    RecordWriter fork(int child, long born, int parent, long parentBorn, int ownPid) {
        bytes.putInt(56, child)
                .putInt(60, parent)
                .putLong(64, born)
                .putLong(72, parentBorn)
                .putInt(80, ownPid);
        return this;
    }

    /** A program that runs now, and when its process's parent was born. */
    RecordWriter execution(ProcFiles.Found found, long parentBorn) {
        Program program = found.program();
        bytes.putInt(56, found.parent()).putInt(60, found.ownPid()).putLong(64, parentBorn);
        bytes.putInt(72, program.session()).putInt(76, program.group());
        bytes.putInt(80, program.loginUid()).putInt(84, program.terminal());
        bytes.putLong(112, program.effective())
                .putLong(120, program.permitted())
                .putLong(136, program.inheritable());
        bytes.putInt(128, program.mountNamespace()).putInt(132, program.pidNamespace());
        bytes.putInt(144, program.isMemfd() ? KernelEvent.MEMFD : 0);
        name(EXEC_NAME, found.name());
        text(168, program.path());
        text(170, program.first());
        text(172, String.join("\0", program.arguments()) + (program.arguments().isEmpty() ? "" : "\0"));
        text(174, program.folder());
        return this;
    }

    RecordWriter opened(String path, int flags) {
        bytes.putInt(56, flags).putShort(76, (short) REGULAR_FILE);
        text(78, path);
        return this;
    }

    RecordWriter openedFolder(String path, int flags) {
        opened(path, flags);
        bytes.putShort(76, (short) FOLDER);
        return this;
    }

    /** The path as the caller wrote it, after {@link #opened}. */
    RecordWriter given(String path) {
        text(80, path);
        return this;
    }

    /** The folder where it starts, when it could not be opened, after {@link #given}. */
    RecordWriter base(String folder) {
        text(82, folder);
        return this;
    }

    /** An operation on one path or two, each with the folder where it starts. */
    RecordWriter paths(String first, String base, String second, String secondBase) {
        text(64, first);
        text(66, base);
        text(68, second);
        text(70, secondBase);
        return this;
    }

    /** The first argument of any other call. */
    RecordWriter argument(long value) {
        bytes.putLong(56, value);
        return this;
    }

    /** A connection of IPv4 to a port of some machine. */
    RecordWriter connected(int descriptor, int family, int protocol, int localPort, int remotePort) {
        bytes.putInt(56, descriptor).putShort(60, (short) family).putShort(62, (short) 1);
        bytes.putShort(64, (short) protocol).put(67, (byte) KernelEvent.CALLS);
        bytes.putShort(68, (short) localPort).putShort(70, (short) remotePort);
        bytes.put(72, (byte) 10).put(75, (byte) 1).put(88, (byte) 10).put(91, (byte) 2);
        return this;
    }

    RecordWriter name(int at, String name) {
        byte[] encoded = name.getBytes(StandardCharsets.UTF_8);
        bytes.put(at, encoded, 0, Math.min(NAME_BYTES, encoded.length));
        return this;
    }

    /** Adds a text at the end, and its length at a place. */
    private void text(int lengthAt, String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(MOST_TEXT, encoded.length);
        if (length < encoded.length) {
            bytes.putShort(2, (short) KernelEvent.TEXT_CUT);
        }
        bytes.putShort(lengthAt, (short) length);
        bytes.put(end, encoded, 0, length);
        end += length;
    }

    byte[] build() {
        return Arrays.copyOf(bytes.array(), end);
    }
}
