package dev.holdfast.watch.scap;

import dev.holdfast.core.InputException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads little-endian numbers and counted bytes of one block, and never past its end. */
final class Cursor {
    private final byte[] bytes;
    private final int end;
    private int at;

    Cursor(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    int position() {
        return at;
    }

    int remaining() {
        return end - at;
    }

    int u8() throws InputException {
        need(1);
        return bytes[at++] & 0xff;
    }

    int u16() throws InputException {
        need(2);
        int value = (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
        at += 2;
        return value;
    }

    int i32() throws InputException {
        need(4);
        int value = (int) number(bytes, at, 4);
        at += 4;
        return value;
    }

    long u32() throws InputException {
        return Integer.toUnsignedLong(i32());
    }

    long i64() throws InputException {
        need(8);
        long value = number(bytes, at, 8);
        at += 8;
        return value;
    }

    byte[] take(int count) throws InputException {
        need(count);
        byte[] taken = Arrays.copyOfRange(bytes, at, at + count);
        at += count;
        return taken;
    }

    /** A string behind its length of two bytes. */
    String text() throws InputException {
        return new String(take(u16()), StandardCharsets.UTF_8);
    }

    void skip(long count) throws InputException {
        if (count < 0 || count > remaining()) {
            throw ended(count);
        }
        at += (int) count;
    }

    /** A part of what remains, which is passed over here. */
    Cursor part(long count) throws InputException {
        int from = at;
        skip(count);
        return new Cursor(bytes, from, at);
    }

    /** Another cursor at the same place. */
    Cursor copy() {
        return new Cursor(bytes, at, end);
    }

    private void need(int count) throws InputException {
        if (count < 0 || count > end - at) {
            throw ended(count);
        }
    }

    private InputException ended(long count) {
        return new InputException(
                InputException.Code.MALFORMED,
                "a record needs " + count + " bytes where its block has " + remaining() + " left");
    }

    /** Up to eight bytes as a number, the least significant first. */
    static long number(byte[] bytes, int from, int length) {
        long value = 0;
        for (int i = Math.min(length, 8) - 1; i >= 0; i--) {
            value = value << 8 | (bytes[from + i] & 0xff);
        }
        return value;
    }
}
