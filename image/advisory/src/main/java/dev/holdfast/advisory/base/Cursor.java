package dev.holdfast.advisory.base;

/** Reads a section from a place onwards, eight bytes at a time. */
final class Cursor {
    private final Section section;
    private long at;

    /** The next {@link #left} bytes, the first in the lowest place. */
    private long word;

    private int left;

    Cursor(Section section, long at) {
        this.section = section;
        this.at = at;
    }

    long position() {
        return at;
    }

    int u8() {
        if (left == 0) {
            word = section.word(at);
            left = 8;
        }
        int next = (int) word & 0xff;
        word >>>= 8;
        left--;
        at++;
        return next;
    }

    int u16() {
        return u8() | u8() << 8;
    }

    /** An unsigned LEB128 below 2^31. */
    int v() {
        int first = u8();
        return first < 0x80 ? first : longer(first);
    }

    private int longer(int first) {
        int value = first & 0x7f;
        for (int shift = 7; shift < 35; shift += 7) {
            int next = u8();
            value |= (next & 0x7f) << shift;
            if (next < 0x80) {
                if (value < 0 || shift == 28 && next > 0x07) {
                    break;
                }
                return value;
            }
        }
        throw section.corrupt("a number too large before " + at);
    }

    /** A count of things that take at least that many bytes each, and so cannot be more than what is left. */
    int count(int bytesEach) {
        int count = v();
        if ((long) count * bytesEach > section.length() - at) {
            throw section.corrupt(count + " elements announced before " + at + ", where there is no room for them");
        }
        return count;
    }

    byte[] bytes(int length) {
        if (length > section.length() - at) {
            throw section.corrupt(length + " bytes announced before " + at + ", where there are fewer");
        }
        byte[] copy = new byte[length];
        bytes(copy, 0, length);
        return copy;
    }

    /** Copies the next bytes. */
    void bytes(byte[] into, int start, int length) {
        if (length <= left) {
            for (int i = 0; i < length; i++) {
                into[start + i] = (byte) word;
                word >>>= 8;
            }
            left -= length;
        } else {
            section.copy(at, into, start, length);
            left = 0;
        }
        at += length;
    }

    void skip(int length) {
        at += length;
        left = 0;
    }

    /** Ascending numbers, each below {@code limit}. */
    int[] ascending(int limit) {
        int[] numbers = new int[count(1)];
        int before = 0;
        for (int i = 0; i < numbers.length; i++) {
            before = addWithin(before, v(), limit);
            numbers[i] = before;
        }
        return numbers;
    }

    /** The sum, which must stay below {@code limit}. */
    int addWithin(int before, int difference, int limit) {
        long sum = (long) before + difference;
        if (sum >= limit) {
            throw section.corrupt("number " + sum + " of " + limit + " before " + at);
        }
        return (int) sum;
    }

    /** A number below {@code limit}. */
    int below(int limit) {
        return addWithin(0, v(), limit);
    }
}
