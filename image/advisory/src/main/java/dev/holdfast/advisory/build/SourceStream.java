package dev.holdfast.advisory.build;

import dev.holdfast.archive.ByteSource;
import dev.holdfast.core.InputException;
import java.io.IOException;
import java.io.InputStream;

/**
 * A source of bytes as the stream that importers read. What is wrong with the bytes comes out as an {@link IOException} whose cause is the
 * {@link InputException}: see {@link #input}.
 */
final class SourceStream extends InputStream {
    private final ByteSource source;

    SourceStream(ByteSource source) {
        this.source = source;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        try {
            return source.read(into, offset, length);
        } catch (InputException wrong) {
            throw new IOException(wrong);
        }
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    /** The fault of the bytes behind a failure; throws the failure itself when it was one of the surroundings. */
    static InputException input(IOException failed) throws IOException {
        if (failed.getCause() instanceof InputException wrong) {
            return wrong;
        }
        throw failed;
    }
}
