package dev.holdfast.database.sqlite;

import dev.holdfast.core.InputException;

/** Reads SQLite's variable-length numbers one after the other: seven bits a byte, highest first, the ninth byte with eight. */
final class Varint {
    private final byte[] bytes;
    private final int end;
    private int position;

    Varint(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.position = from;
        this.end = Math.min(end, bytes.length);
    }

    int position() {
        return position;
    }

    long next() throws InputException {
        long value = 0;
        for (int i = 0; i < 9; i++) {
            if (position >= end) {
                throw SqliteDatabase.malformed("a number that does not end");
            }
            int b = bytes[position++];
            if (i == 8) {
                return value << 8 | b & 0xff;
            }
            value = value << 7 | b & 0x7f;
            if (b >= 0) {
                return value;
            }
        }
        return value;
    }
}
