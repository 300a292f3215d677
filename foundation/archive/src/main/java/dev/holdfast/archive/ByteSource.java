package dev.holdfast.archive;

import dev.holdfast.core.InputException;
import java.io.Closeable;
import java.io.IOException;

/**
 * Bytes in order, from a file or out of a decompressor. Unlike an {@link java.io.InputStream} it can say that the bytes themselves are
 * wrong. Not safe for use by several threads.
 */
public interface ByteSource extends Closeable {
    /**
     * Reads at least one byte into the given range.
     *
     * @return how many bytes were read, or -1 at the end; 0 only when {@code length} is 0
     * @throws InputException when the bytes are truncated, corrupt or beyond a limit
     * @throws IOException when the surroundings fail
     */
    int read(byte[] into, int offset, int length) throws IOException, InputException;

    /**
     * Fills the range as far as the source goes.
     *
     * @return how many bytes were read; less than {@code length} only at the end
     */
    default int readFully(byte[] into, int offset, int length) throws IOException, InputException {
        int done = 0;
        while (done < length) {
            int got = read(into, offset + done, length - done);
            if (got < 0) {
                break;
            }
            done += got;
        }
        return done;
    }

    @Override
    void close() throws IOException;
}
