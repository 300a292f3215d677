package dev.holdfast.oci.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Positional reads that go on until the range is full or the file ends. */
public final class Ranges {
    private Ranges() {}

    public static int read(FileChannel file, long position, byte[] target, int offset, int length) throws IOException {
        ByteBuffer into = ByteBuffer.wrap(target, offset, length);
        while (into.hasRemaining()) {
            int got = file.read(into, position + (length - into.remaining()));
            if (got < 0) {
                break;
            }
        }
        return length - into.remaining();
    }
}
