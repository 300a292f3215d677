package dev.holdfast.inventory.program;

import dev.holdfast.core.InputException;
import dev.holdfast.oci.FileContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Bounded reads from a program. Nothing is allocated before the file is known to be long enough.
 *
 * @param content the whole file
 * @param base where the program begins in it: not 0 for one of several in a universal file
 */
public record ProgramBytes(FileContent content, long base) {
    public long size() {
        return Math.max(0, content.size() - base);
    }

    public boolean holds(long position, long length) {
        return position >= 0 && length >= 0 && position <= size() - length;
    }

    /** Exactly that many bytes. */
    public ByteBuffer read(long position, int length, ByteOrder order) throws InputException, IOException {
        return ByteBuffer.wrap(read(position, length)).order(order);
    }

    public void requireHeld(long position, long length) throws InputException {
        if (!holds(position, length)) {
            throw new InputException(
                    InputException.Code.TRUNCATED,
                    "the program has " + size() + " bytes, but its headers point to " + length + " bytes at "
                            + position);
        }
    }

    public byte[] read(long position, int length) throws InputException, IOException {
        requireHeld(position, length);
        byte[] bytes = new byte[length];
        if (content.read(base + position, bytes, 0, length) < length) {
            throw new InputException(
                    InputException.Code.TRUNCATED, "the program cannot be read to byte " + (base + position + length));
        }
        return bytes;
    }

    /** As many of the bytes as there are. */
    public byte[] upTo(long position, long length) throws InputException, IOException {
        long there = Math.min(length, size() - position);
        return position < 0 || there <= 0 ? new byte[0] : read(position, (int) Math.min(there, Integer.MAX_VALUE - 8));
    }

    /** A name in a field of fixed length, filled up with zeros. */
    static String name(ByteBuffer table, int at, int length) {
        byte[] text = new byte[length];
        table.get(at, text);
        return new String(text, StandardCharsets.ISO_8859_1).replace("\0", "");
    }
}
