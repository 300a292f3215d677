package dev.holdfast.archive;

import dev.holdfast.core.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Locale;
import java.util.Objects;

/**
 * A range of a seekable file, read by position: many ranges of one open file may be read at once. The channel belongs to the caller and
 * stays open.
 */
public final class FileRange implements ByteSource {
    private final FileChannel file;
    private final long start;
    private final long length;
    private long position;

    /**
     * @param file an open file, never closed by this object
     * @param start where the range begins
     * @param length how long it is; the file may turn out to be shorter, which is then an error of the bytes
     */
    public FileRange(FileChannel file, long start, long length) {
        if (start < 0 || length < 0 || start > Long.MAX_VALUE - length) {
            throw new IllegalArgumentException("not a range: " + start + "+" + length);
        }
        this.file = file;
        this.start = start;
        this.length = length;
    }

    @Override
    public int read(byte[] into, int offset, int wanted) throws IOException, InputException {
        Objects.checkFromIndexSize(offset, wanted, into.length);
        if (wanted == 0) {
            return 0;
        }
        if (position == length) {
            return -1;
        }
        int most = (int) Math.min(wanted, length - position);
        int got = file.read(ByteBuffer.wrap(into, offset, most), start + position);
        if (got < 0) {
            throw new InputException(
                    InputException.Code.TRUNCATED,
                    String.format(Locale.ROOT, "ends after %,d of %,d bytes; the file is cut off", position, length));
        }
        position += got;
        return got;
    }

    /** Passes over bytes without reading them; never beyond the end of the range. */
    public void skip(long bytes) {
        position += Math.min(bytes, length - position);
    }

    /** How many bytes of the range have been read or passed over. */
    public long position() {
        return position;
    }

    /** Does nothing: the channel belongs to who opened it. */
    @Override
    public void close() {}
}
