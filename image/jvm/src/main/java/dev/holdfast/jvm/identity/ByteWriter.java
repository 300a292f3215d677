package dev.holdfast.jvm.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** What {@link ByteReader} reads. */
final class ByteWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    void raw(byte[] value) {
        bytes.write(value, 0, value.length);
    }

    void u8(int value) {
        bytes.write(value);
    }

    void u24(int value) {
        u8(value);
        u8(value >>> 8);
        u8(value >>> 16);
    }

    void u32(int value) {
        u24(value);
        u8(value >>> 24);
    }

    void v(int value) {
        int left = value;
        while (left >= 0x80) {
            u8(left & 0x7F | 0x80);
            left >>>= 7;
        }
        u8(left);
    }

    void text(String text) {
        byte[] value = text.getBytes(UTF_8);
        v(value.length);
        raw(value);
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }
}
