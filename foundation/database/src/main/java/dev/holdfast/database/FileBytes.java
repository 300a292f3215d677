package dev.holdfast.database;

import java.io.IOException;

/** The bytes of one file, readable at any position. */
public interface FileBytes {
    long size();

    /**
     * Reads up to {@code length} bytes from {@code position} into {@code target}.
     *
     * @return how many bytes were read; fewer than asked only at the end of the file
     */
    int read(long position, byte[] target, int offset, int length) throws IOException;
}
