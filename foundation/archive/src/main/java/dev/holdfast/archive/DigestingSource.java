package dev.holdfast.archive;

import dev.holdfast.core.InputException;
import java.io.IOException;
import java.security.MessageDigest;

/** Hashes what passes through. */
public final class DigestingSource implements ByteSource {
    private final ByteSource source;
    private final MessageDigest digest;

    public DigestingSource(ByteSource source, MessageDigest digest) {
        this.source = source;
        this.digest = digest;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException, InputException {
        int got = source.read(into, offset, length);
        if (got > 0) {
            digest.update(into, offset, got);
        }
        return got;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
