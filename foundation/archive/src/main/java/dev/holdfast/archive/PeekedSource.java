package dev.holdfast.archive;

import dev.holdfast.core.InputException;
import java.io.IOException;

/** A source whose first bytes have been looked at and are handed out again. */
final class PeekedSource implements ByteSource {
    private final ByteSource source;
    private final byte[] head;
    private final int headLength;
    private int given;

    private PeekedSource(ByteSource source, byte[] head, int headLength) {
        this.source = source;
        this.head = head;
        this.headLength = headLength;
    }

    static PeekedSource of(ByteSource source, int bytes) throws IOException, InputException {
        byte[] head = new byte[bytes];
        return new PeekedSource(source, head, source.readFully(head, 0, bytes));
    }

    byte[] head() {
        return head;
    }

    int headLength() {
        return headLength;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException, InputException {
        int rest = Math.min(length, headLength - given);
        if (rest <= 0) {
            return source.read(into, offset, length);
        }
        System.arraycopy(head, given, into, offset, rest);
        given += rest;
        // Full pieces keep the hashes behind us on whole blocks.
        int more = rest < length ? source.read(into, offset + rest, length - rest) : 0;
        return rest + Math.max(0, more);
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
