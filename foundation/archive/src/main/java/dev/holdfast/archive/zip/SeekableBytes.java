package dev.holdfast.archive.zip;

import java.io.IOException;
import java.util.Objects;

/** Bytes that can be read at any position: a file, or a part of one. */
public interface SeekableBytes {
    long size();

    /**
     * Reads up to {@code length} bytes from {@code position} into {@code target}.
     *
     * @return how many bytes were read; fewer than asked only at the end
     */
    int read(long position, byte[] target, int offset, int length) throws IOException;

    /** The part of these bytes that begins at {@code from} and is {@code size} long; nothing is copied. */
    default SeekableBytes part(long from, long size) {
        Objects.checkFromIndexSize(from, size, size());
        return new BytesPart(this, from, size);
    }

    /** Bytes that are in memory already; the array is not copied. */
    static SeekableBytes of(byte[] bytes) {
        return new BytesInMemory(bytes);
    }
}
