package dev.holdfast.advisory.base;

import java.util.Arrays;

/** Bytes that grow, in the encodings of {@link Layout}. */
final class Output {
    private byte[] bytes;
    private int size;

    Output() {
        this(256);
    }

    Output(int expected) {
        bytes = new byte[expected];
    }

    int size() {
        return size;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    void clear() {
        size = 0;
    }

    Output u8(int value) {
        room(1);
        bytes[size++] = (byte) value;
        return this;
    }

    Output u16(int value) {
        return u8(value).u8(value >>> 8);
    }

    Output u32(int value) {
        return u16(value).u16(value >>> 16);
    }

    Output u64(long value) {
        return u32((int) value).u32((int) (value >>> 32));
    }

    /** Writes an unsigned LEB128; the value is not negative. */
    Output v(int value) {
        if (value < 0) {
            throw new IllegalArgumentException("negative: " + value);
        }
        int rest = value;
        while (rest >= 0x80) {
            u8(rest | 0x80);
            rest >>>= 7;
        }
        return u8(rest);
    }

    Output bytes(byte[] from) {
        return bytes(from, 0, from.length);
    }

    Output bytes(byte[] from, int start, int length) {
        room(length);
        System.arraycopy(from, start, bytes, size, length);
        size += length;
        return this;
    }

    /** Writes a count and the ascending numbers as differences. */
    Output ascending(int[] sorted) {
        v(sorted.length);
        int before = 0;
        for (int value : sorted) {
            v(value - before);
            before = value;
        }
        return this;
    }

    private void room(int more) {
        if (more > bytes.length - size) {
            int wanted = Math.addExact(size, more);
            bytes = Arrays.copyOf(bytes, Math.max(wanted, (int) Math.min(Integer.MAX_VALUE - 8, bytes.length * 2L)));
        }
    }
}
