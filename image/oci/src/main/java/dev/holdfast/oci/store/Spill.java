package dev.holdfast.oci.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps contents that stand in no seekable place: small ones in memory up to a budget, the rest in one temporary file whose name is
 * removed as soon as it is open, so that nothing stays behind however the process ends.
 *
 * <p>Safe for use by several threads. Each kept content is written by one thread and read after it is complete.
 */
public final class Spill implements Closeable {
    /** Contents up to this size go to memory. Package databases are smaller, programs and jars larger. */
    public static final int SMALL = 4 << 20;

    /** How much all contents in memory may take together, for one target. */
    public static final long MEMORY_BUDGET = 32L << 20;

    private final long budget;
    private long inMemory;
    private long fileLength;
    private @Nullable FileChannel file;

    public Spill() {
        this(MEMORY_BUDGET);
    }

    public Spill(long budget) {
        this.budget = budget;
    }

    /** A place for exactly this many bytes. Memory is taken only within the budget, whatever size is claimed. */
    public Kept reserve(long size) throws IOException {
        synchronized (this) {
            if (size <= SMALL && size <= budget - inMemory) {
                inMemory += size;
                return new Kept(new byte[(int) size], 0, size);
            }
            FileChannel open = file();
            long position = fileLength;
            fileLength = Math.addExact(fileLength, size);
            return new Kept(open, position, size);
        }
    }

    private FileChannel file() throws IOException {
        FileChannel open = file;
        if (open == null) {
            open = temporaryFile();
            file = open;
        }
        return open;
    }

    /** An open temporary file without a name. */
    public static FileChannel temporaryFile() throws IOException {
        Path path = Files.createTempFile("holdfast-", ".tmp");
        try {
            return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } finally {
            Files.delete(path);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        FileChannel open = file;
        if (open != null) {
            open.close();
        }
    }

    /** One content. */
    public static final class Kept {
        private final byte @Nullable [] memory;
        private final @Nullable FileChannel file;
        private final long start;
        private final long size;
        private long written;

        private Kept(byte[] memory, long start, long size) {
            this.memory = memory;
            this.file = null;
            this.start = start;
            this.size = size;
        }

        private Kept(FileChannel file, long start, long size) {
            this.memory = null;
            this.file = file;
            this.start = start;
            this.size = size;
        }

        public void append(byte[] bytes, int offset, int length) throws IOException {
            if (length > size - written) {
                throw new IllegalStateException("more content than reserved");
            }
            byte[] inMemory = memory;
            if (inMemory != null) {
                System.arraycopy(bytes, offset, inMemory, (int) written, length);
            } else if (file != null) {
                ByteBuffer source = ByteBuffer.wrap(bytes, offset, length);
                for (long at = start + written; source.hasRemaining(); ) {
                    at += file.write(source, at);
                }
            }
            written += length;
        }

        public long size() {
            return size;
        }

        public int read(long position, byte[] target, int offset, int length) throws IOException {
            int most = (int) Math.min(length, size - position);
            if (most <= 0) {
                return 0;
            }
            byte[] inMemory = memory;
            if (inMemory != null) {
                System.arraycopy(inMemory, (int) position, target, offset, most);
                return most;
            }
            return file == null ? 0 : Ranges.read(file, start + position, target, offset, most);
        }
    }
}
