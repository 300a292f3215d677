package dev.holdfast.sensor.feed;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * fanotify(7): tells that a file was opened, and that one was closed that had been opened for writing, on all file systems that are marked.
 * Every notice has a descriptor of the file, whose link in {@code /proc/self/fd} is its path, and is closed by us.
 *
 * <pre>
 * a notice   u32 length, u8 version (3), u8 0, u16 length of this head, u64 what, s32 descriptor, s32 process
 * </pre>
 */
final class FileNotices implements AutoCloseable {
    /** Takes what is told. */
    interface Listener {
        void opened(int process, String path, boolean isWritten);
    }

    private static final int CLOEXEC_NONBLOCK = 1 | 2;
    /** O_LARGEFILE is another bit on arm64 than on x86-64, and a 64-bit kernel adds it itself. */
    private static final int RDONLY_CLOEXEC = 02000000;

    private static final int ADD_FILE_SYSTEM = 1 | 0x100;
    private static final int FLUSH_FILE_SYSTEM = 0x80 | 0x100;
    private static final long OPENED = 0x20;
    private static final long WRITTEN = 0x8;
    private static final long OVERFLOW = 0x4000;
    private static final int AT_FDCWD = -100;
    private static final int HEAD = 24;
    private static final int BUFFER = 1 << 16;
    /** Buffers that are read in a row, so that the other notices have their turn. */
    private static final int ROUNDS = 16;

    /** File systems with files of programs; those of the kernel itself have none that rules ask for. */
    private static final Set<String> WITH_FILES = Set.of(
            "ext2", "ext3", "ext4", "xfs", "btrfs", "overlay", "tmpfs", "f2fs", "zfs", "vfat", "fuse", "nfs", "nfs4");

    private final MemorySegment state;
    private final MemorySegment buffer;
    private final int watch;
    private final Path root;
    private final Set<String> marked = new HashSet<>();
    private boolean isOn;

    private FileNotices(Arena arena, int watch, Path root) {
        this.state = arena.allocate(Native.CALL_STATE);
        this.buffer = arena.allocate(BUFFER, 8);
        this.watch = watch;
        this.root = root;
    }

    static FileNotices open(Arena arena, Path root) throws IOException {
        MemorySegment state = arena.allocate(Native.CALL_STATE);
        int watch = Native.watchFiles(state, CLOEXEC_NONBLOCK, RDONLY_CLOEXEC);
        if (watch < 0) {
            throw Native.failure("notices of files (fanotify)", watch);
        }
        return new FileNotices(arena, watch, root);
    }

    /** Whether files are told at all. */
    void turn(boolean on) {
        if (isOn && !on) {
            int flushed = Native.mark(state, watch, FLUSH_FILE_SYSTEM, 0, AT_FDCWD, MemorySegment.NULL);
            assert flushed <= 0;
            marked.clear();
        }
        isOn = on;
        markAll();
    }

    /** Marks the file systems that were mounted since. */
    void markAll() {
        if (!isOn) {
            return;
        }
        try {
            for (String line : Files.readAllLines(root.resolve("proc/self/mountinfo"))) {
                String[] halves = line.split(" - ", 2);
                String[] fields = halves[0].split(" ");
                if (halves.length == 2
                        && fields.length > 4
                        && WITH_FILES.contains(halves[1].split("[ .]")[0])
                        && marked.add(fields[2])) {
                    try (Arena aside = Arena.ofConfined()) {
                        int outcome = Native.mark(
                                state,
                                watch,
                                ADD_FILE_SYSTEM,
                                OPENED | WRITTEN,
                                AT_FDCWD,
                                aside.allocateFrom(plain(fields[4])));
                        assert outcome <= 0; // a mount that is gone again
                    }
                }
            }
        } catch (IOException unreadable) {
            // the marks from before stay
        }
    }

    /** Blanks and the like are written as three octal digits. */
    private static String plain(String field) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < field.length(); i++) {
            if (field.charAt(i) == '\\' && i + 3 < field.length()) {
                text.append((char) Integer.parseInt(field.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                text.append(field.charAt(i));
            }
        }
        return text.toString();
    }

    int descriptor() {
        return watch;
    }

    /** Takes what is there; returns how often the kernel says that some were lost. */
    int read(Listener listener) {
        int lost = 0;
        for (int round = 0; round < ROUNDS; round++) {
            int bytes = Native.read(state, watch, buffer);
            if (bytes <= 0) {
                return lost;
            }
            int at = 0;
            while (at + HEAD <= bytes) {
                lost += tell(at, listener);
                at += Math.max(HEAD, buffer.get(JAVA_INT, at));
            }
        }
        return lost;
    }

    private int tell(int at, Listener listener) {
        long what = buffer.get(JAVA_LONG, at + 8);
        int descriptor = buffer.get(JAVA_INT, at + 16);
        if ((what & OVERFLOW) != 0) {
            return 1;
        }
        if (descriptor >= 0) {
            String path = path(descriptor);
            Native.close(state, descriptor);
            int process = buffer.get(JAVA_INT, at + 20);
            if (!path.isEmpty() && (what & OPENED) != 0) {
                listener.opened(process, path, false);
            }
            if (!path.isEmpty() && (what & WRITTEN) != 0) {
                listener.opened(process, path, true);
            }
        }
        return 0;
    }

    private String path(int descriptor) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd", Integer.toString(descriptor)))
                    .toString();
        } catch (IOException gone) {
            return "";
        }
    }

    @Override
    public void close() {
        Native.close(state, watch);
    }
}
