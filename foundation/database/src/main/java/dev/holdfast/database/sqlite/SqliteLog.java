package dev.holdfast.database.sqlite;

import dev.holdfast.core.InputException;
import dev.holdfast.database.FileBytes;
import dev.holdfast.database.Window;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The write-ahead log beside an SQLite file ({@code …-wal}): pages that were committed and not yet copied into the file. An image that was
 * saved while its package manager ran, or was killed, has its last packages only here.
 *
 * <pre>
 * log    = header { frame }                                                      numbers big-endian
 * header = u32 magic 0x377f0682 or …83, u32 version 3007000, u32 page size, u32 checkpoint, u32 × 2 salt, u32 × 2 checksum
 * frame  = u32 page number, u32 pages of the file after this commit (0: no commit yet), u32 × 2 salt, u32 × 2 checksum, page
 * </pre>
 *
 * A frame counts when its salt is the header's, the running checksum of everything up to it is right, and a commit follows or it is one.
 * The checksum adds pairs of words, s0 += w0 + s1, s1 += w1 + s0, over the header's first 24 bytes, then of each frame the first 8 bytes
 * and the page; its words are little-endian with the first magic and big-endian with the second. The first frame that does not fit ends
 * the log: behind it lie frames of earlier rounds.
 */
public final class SqliteLog {
    private static final long MAGIC_LITTLE = 0x377f0682L;
    private static final long MAGIC_BIG = 0x377f0683L;
    private static final int HEADER = 32;
    private static final int FRAME_HEADER = 24;

    private final Optional<FileBytes> content;
    private final Map<Long, Long> positions = new HashMap<>();
    private long pages;
    private int pageSize;

    private SqliteLog(Optional<FileBytes> content) {
        this.content = content;
    }

    /** No log, as a database has that was closed properly. */
    public static SqliteLog none() {
        return new SqliteLog(Optional.empty());
    }

    /** The log in a file; what is no log at all holds nothing. */
    public static SqliteLog of(FileBytes content) throws InputException, IOException {
        SqliteLog log = new SqliteLog(Optional.of(content));
        byte[] header = new byte[HEADER];
        if (content.read(0, header, 0, HEADER) == HEADER) {
            log.frames(content, new Window(header, HEADER));
        }
        return log;
    }

    /** This log for a file with such pages; a log of another page size belongs to another file. */
    SqliteLog forPages(int size) {
        return pageSize == size ? this : none();
    }

    /** How many pages it holds or the file has after it. */
    long pages() {
        return pages;
    }

    long size() {
        return content.isPresent() ? content.get().size() : 0;
    }

    /** Reads a page; false when the log does not hold it. */
    boolean read(long page, Window into) throws InputException, IOException {
        Long position = positions.get(page);
        if (position == null || content.isEmpty()) {
            return false;
        }
        if (content.get().read(position, into.bytes(), 0, pageSize) < pageSize) {
            throw new InputException(InputException.Code.TRUNCATED, "an SQLite log that ends within page " + page);
        }
        return true;
    }

    private void frames(FileBytes file, Window header) throws InputException, IOException {
        long magic = header.u32(0, false);
        long size = header.u32(8, false);
        if (magic != MAGIC_LITTLE && magic != MAGIC_BIG || size < 512 || size > 65_536 || Long.bitCount(size) != 1) {
            return;
        }
        pageSize = (int) size;
        Checksum sum = new Checksum(magic == MAGIC_LITTLE);
        sum.add(header, 0, 24);
        if (!sum.is(header.u32(24, false), header.u32(28, false))) {
            return;
        }
        Window frame = new Window(new byte[FRAME_HEADER + pageSize], FRAME_HEADER + pageSize);
        Map<Long, Long> uncommitted = new HashMap<>();
        long at = HEADER;
        while (file.read(at, frame.bytes(), 0, frame.length()) == frame.length()) {
            sum.add(frame, 0, 8);
            sum.add(frame, FRAME_HEADER, pageSize);
            if (frame.u32(8, false) != header.u32(16, false)
                    || frame.u32(12, false) != header.u32(20, false)
                    || !sum.is(frame.u32(16, false), frame.u32(20, false))) {
                return;
            }
            uncommitted.put(frame.u32(0, false), at + FRAME_HEADER);
            long after = frame.u32(4, false);
            if (after != 0) {
                positions.putAll(uncommitted);
                uncommitted.clear();
                pages = Math.max(after, positions.size());
            }
            at += frame.length();
        }
    }

    /** SQLite's running checksum. */
    private static final class Checksum {
        private final boolean littleEndian;
        private int first;
        private int second;

        Checksum(boolean littleEndian) {
            this.littleEndian = littleEndian;
        }

        void add(Window window, int from, int length) throws InputException {
            for (int at = from; at < from + length; at += 8) {
                first += (int) window.u32(at, littleEndian) + second;
                second += (int) window.u32(at + 4, littleEndian) + first;
            }
        }

        boolean is(long one, long two) {
            return (int) one == first && (int) two == second;
        }
    }
}
