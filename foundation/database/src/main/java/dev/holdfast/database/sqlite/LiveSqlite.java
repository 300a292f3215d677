package dev.holdfast.database.sqlite;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.database.FileBytes;
import dev.holdfast.database.Window;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads an SQLite file of this machine while its owner goes on writing, without taking his locks:
 *
 * <pre>
 * FILE           at 24, 4 bytes   counts the changes
 * FILE-journal   while it is there and not empty, somebody is changing the file
 * FILE-wal       begins with 32 bytes that are others whenever it is written from its start; grows with every change
 * </pre>
 *
 * A journal is there before the first page is changed, and goes after the last. So what was read is of one state when nobody was changing the file,
 * neither after the first look at the others nor before the last, and both looks are the same. Otherwise it is read again.
 */
public final class LiveSqlite {
    /** An owner may make his file as large as his disk; engines need a thousandth of it. */
    private static final long MOST_BYTES = 64L << 20;

    /** Of one row in memory. */
    private static final Limits LIMITS = Limits.DEFAULT.withFileBytes(16L << 20);

    private static final int FILE_HEADER = 100;
    private static final int LOG_HEADER = 32;
    private static final int ATTEMPTS = 5;

    /** About what a change takes. */
    private static final long PAUSE_NANOS = 2_000_000;

    private LiveSqlite() {}

    /** What somebody wants to know; asked again when the database changed meanwhile. */
    @FunctionalInterface
    public interface Reading<T> {
        T of(SqliteDatabase database) throws InputException, IOException;
    }

    /**
     * Reads while others write.
     *
     * @throws InputException when it is no such database, a damaged one, or too large; the message begins with the file
     */
    public static <T> T read(Path path, Reading<T> reading) throws InputException, IOException {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try (OpenFile file = OpenFile.of(path)) {
                byte[] before = state(path, file);
                if (!isBeingChanged(path)) {
                    T found = reading.of(open(path, file));
                    if (!isBeingChanged(path) && Arrays.equals(before, state(path, file))) {
                        return found;
                    }
                }
            } catch (InputException broken) {
                // a page that was written while we read looks broken
                if (attempt == ATTEMPTS) {
                    throw broken.in(String.valueOf(path));
                }
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new IOException(path + ": it is written faster than it can be read; try again");
    }

    private static SqliteDatabase open(Path path, OpenFile file) throws InputException, IOException {
        byte[] start = new byte[FILE_HEADER];
        Window head = new Window(start, file.read(0, start, 0, FILE_HEADER));
        if (!SqliteDatabase.isOne(head)) {
            throw new InputException(InputException.Code.MALFORMED, "it is no SQLite database");
        }
        return SqliteDatabase.open(head, file, log(path), LIMITS);
    }

    /** The log is read into memory, as it is taken away when the last one closes the database. */
    private static SqliteLog log(Path path) throws InputException, IOException {
        Path log = beside(path, "-wal");
        if (!Files.exists(log)) {
            return SqliteLog.none();
        }
        try (OpenFile file = OpenFile.of(log)) {
            byte[] all = new byte[(int) file.size()];
            int have = file.read(0, all, 0, all.length);
            return SqliteLog.of(new MemoryBytes(Arrays.copyOf(all, have)));
        }
    }

    private static boolean isBeingChanged(Path path) throws IOException {
        Path journal = beside(path, "-journal");
        return Files.exists(journal) && Files.size(journal) > 0;
    }

    /** What tells that the database has been changed. */
    private static byte[] state(Path path, OpenFile file) throws InputException, IOException {
        ByteBuffer state = ByteBuffer.allocate(FILE_HEADER + LOG_HEADER + Long.BYTES);
        file.read(0, state.array(), 0, FILE_HEADER);
        Path log = beside(path, "-wal");
        if (Files.exists(log)) {
            try (OpenFile open = OpenFile.of(log)) {
                open.read(0, state.array(), FILE_HEADER, LOG_HEADER);
                state.putLong(FILE_HEADER + LOG_HEADER, open.size());
            }
        }
        return state.array();
    }

    private static Path beside(Path path, String ending) {
        return path.resolveSibling(path.getFileName() + ending);
    }

    private record MemoryBytes(byte[] bytes) implements FileBytes {
        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public int read(long position, byte[] target, int offset, int length) {
            int have = (int) Math.max(0, Math.min(length, bytes.length - position));
            if (have > 0) {
                System.arraycopy(bytes, (int) position, target, offset, have);
            }
            return have;
        }
    }

    /** A regular file of a bounded size; it counts as large as it was when it was opened. */
    private record OpenFile(FileChannel channel, long size) implements FileBytes, AutoCloseable {
        static OpenFile of(Path path) throws InputException, IOException {
            if (!Files.isRegularFile(path)) {
                throw new InputException(InputException.Code.MALFORMED, "it is no file");
            }
            FileChannel channel = FileChannel.open(path);
            long size = channel.size();
            if (size > MOST_BYTES) {
                channel.close();
                throw new InputException(
                        InputException.Code.LIMIT,
                        "it has " + size + " bytes, more than the " + MOST_BYTES + " that are read");
            }
            return new OpenFile(channel, size);
        }

        @Override
        public int read(long position, byte[] target, int offset, int length) throws IOException {
            ByteBuffer into = ByteBuffer.wrap(target, offset, length);
            while (into.hasRemaining() && channel.read(into, position + into.position() - offset) > 0) {
                // until it is whole
            }
            return into.position() - offset;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
