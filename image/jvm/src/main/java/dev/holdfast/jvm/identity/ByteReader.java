package dev.holdfast.jvm.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Reads one number or text after another; an {@link IndexOutOfBoundsException} where the bytes end. */
final class ByteReader {
    private final byte[] bytes;
    private int at;

    ByteReader(byte[] bytes, int at) {
        this.bytes = bytes;
        this.at = at;
    }

    int at() {
        return at;
    }

    int u8() {
        return bytes[at++] & 0xFF;
    }

    int u32() {
        return u8() | u8() << 8 | u8() << 16 | u8() << 24;
    }

    /** LEB128; what does not fit into 31 bits is out of bounds. */
    int v() {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = u8();
            value |= (next & 0x7F) << shift;
            if (next < 0x80 && value >= 0) {
                return value;
            }
        }
        throw new IndexOutOfBoundsException("a number is too large");
    }

    String text() {
        int length = v();
        if (length > bytes.length - at) {
            throw new IndexOutOfBoundsException("a text is cut off");
        }
        String text = new String(bytes, at, length, UTF_8);
        at += length;
        return text;
    }
}
