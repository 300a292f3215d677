package dev.holdfast.jvm.reach.code;

import dev.holdfast.core.InputException;
import java.nio.charset.StandardCharsets;

/** Big-endian bytes, never read outside. */
final class Bytes {
    private final byte[] bytes;

    Bytes(byte[] bytes) {
        this.bytes = bytes;
    }

    int length() {
        return bytes.length;
    }

    private void check(int at, int size) throws InputException {
        if (at < 0 || size < 0 || at > bytes.length - size) {
            throw new InputException(
                    InputException.Code.TRUNCATED,
                    "the class file ends after " + bytes.length + " bytes, within what it announces");
        }
    }

    int u1(int at) throws InputException {
        check(at, 1);
        return bytes[at] & 0xff;
    }

    int u2(int at) throws InputException {
        check(at, 2);
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }

    int s2(int at) throws InputException {
        return (short) u2(at);
    }

    int s4(int at) throws InputException {
        check(at, 4);
        return u2(at) << 16 | u2(at + 2);
    }

    /** The position behind {@code size} bytes; a size of 2³¹ or more is negative here and refused. */
    int after(int at, int size) throws InputException {
        check(at, size);
        return at + size;
    }

    /** Modified UTF-8; what differs from UTF-8 (NUL, characters beyond 16 bits) occurs in no name that matters. */
    String text(int at, int size) throws InputException {
        check(at, size);
        return new String(bytes, at, size, StandardCharsets.UTF_8);
    }
}
