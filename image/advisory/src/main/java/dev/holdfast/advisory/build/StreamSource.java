package dev.holdfast.advisory.build;

import dev.holdfast.archive.ByteSource;
import dev.holdfast.core.InputException;
import java.io.IOException;
import java.io.InputStream;

/** A stream as a source of bytes: {@link SourceStream} the other way round. The stream stays open. */
final class StreamSource implements ByteSource {
    private final InputStream stream;

    StreamSource(InputStream stream) {
        this.stream = stream;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException, InputException {
        try {
            return stream.read(into, offset, length);
        } catch (IOException failed) {
            throw SourceStream.input(failed);
        }
    }

    @Override
    public void close() {}
}
