package dev.holdfast.advisory.base;

/** Reads a section from a place onwards. */
final class Cursor {
    private final Section section;
    private long at;

    Cursor(Section section, long at) {
        this.section = section;
        this.at = at;
    }

    long position() {
        return at;
    }

    int u8() {
        return section.u8(at++);
    }

    int u16() {
        int value = section.u16(at);
        at += 2;
        return value;
    }

    /** An unsigned LEB128 below 2^31. */
    int v() {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = section.u8(at++);
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
        section.copy(at, copy, 0, length);
        at += length;
        return copy;
    }

    void skip(int length) {
        at += length;
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
