package dev.holdfast.oci;

import dev.holdfast.core.InputException;
import dev.holdfast.database.FileBytes;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of one file, readable at any position. Safe for use by several threads; valid until its {@link Target} is closed. */
public interface FileContent extends FileBytes {
    /** All bytes; an {@link InputException} with code {@code LIMIT} when there are more than {@code most}. */
    default byte[] readAll(long most) throws InputException, IOException {
        if (size() > most || size() > Integer.MAX_VALUE - 8) {
            throw new InputException(
                    InputException.Code.LIMIT,
                    "the file has " + size() + " bytes, more than the " + most + " that are read");
        }
        byte[] all = new byte[(int) size()];
        int have = read(0, all, 0, all.length);
        if (have < all.length) {
            throw new InputException(
                    InputException.Code.TRUNCATED, "the file ends after " + have + " of " + all.length + " bytes");
        }
        return all;
    }

    /** A fresh stream from the first byte. */
    default InputStream stream() {
        return new InputStream() {
            private long position;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                if (length == 0) {
                    return 0;
                }
                int got = FileContent.this.read(position, target, offset, length);
                if (got <= 0) {
                    return -1;
                }
                position += got;
                return got;
            }
        };
    }
}
