package dev.holdfast.database;

import dev.holdfast.core.InputException;

/** Bytes of a database with checked reads of numbers: past the end is a wrong input, not a bug. */
public final class Window {
    private final byte[] bytes;
    private int length;

    public Window(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    public void length(int value) {
        length = value;
    }

    public boolean has(int at, int count) {
        return at >= 0 && count >= 0 && at <= length - count;
    }

    public int u8(int at) throws InputException {
        check(at, 1);
        return bytes[at] & 0xff;
    }

    public int u16(int at, boolean littleEndian) throws InputException {
        check(at, 2);
        int first = bytes[at] & 0xff;
        int second = bytes[at + 1] & 0xff;
        return littleEndian ? second << 8 | first : first << 8 | second;
    }

    /** An unsigned number of four bytes. */
    public long u32(int at, boolean littleEndian) throws InputException {
        check(at, 4);
        int value = bytes[at] << 24 | (bytes[at + 1] & 0xff) << 16 | (bytes[at + 2] & 0xff) << 8 | bytes[at + 3] & 0xff;
        return (littleEndian ? Integer.reverseBytes(value) : value) & 0xffff_ffffL;
    }

    private void check(int at, int count) throws InputException {
        if (!has(at, count)) {
            throw new InputException(
                    InputException.Code.MALFORMED,
                    "the database points to byte " + at + " of a part of " + length + " bytes");
        }
    }
}
