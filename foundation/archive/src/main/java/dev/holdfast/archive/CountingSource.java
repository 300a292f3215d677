package dev.holdfast.archive;

import dev.holdfast.core.InputException;
import java.io.IOException;

/** Knows how many bytes were read through it. */
final class CountingSource implements ByteSource {
    private final ByteSource source;
    private long count;

    CountingSource(ByteSource source) {
        this.source = source;
    }

    long count() {
        return count;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException, InputException {
        int got = source.read(into, offset, length);
        if (got > 0) {
            count += got;
        }
        return got;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
