package dev.holdfast.archive.zip;

import java.io.IOException;
import java.util.Objects;

/** A window on other bytes. A window on a window looks through to the bytes themselves, so nesting costs nothing. */
record BytesPart(SeekableBytes whole, long from, long size) implements SeekableBytes {
    @Override
    public int read(long position, byte[] target, int offset, int length) throws IOException {
        if (position >= size) {
            return 0;
        }
        return Math.max(0, whole.read(from + position, target, offset, (int) Math.min(length, size - position)));
    }

    @Override
    public SeekableBytes part(long start, long length) {
        Objects.checkFromIndexSize(start, length, size);
        return new BytesPart(whole, from + start, length);
    }
}
