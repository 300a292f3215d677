package dev.holdfast.advisory.base;

import dev.holdfast.advisory.CorruptBaseException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;

/**
 * One part of the mapped file. Every access is checked against the part's own bounds: a reference that leaves it is corruption.
 *
 * <p>The mapped memory is read through a buffer over it and not through {@code MemorySegment.get}: that goes through variable handles,
 * which cost a virtual machine that has just started tens of milliseconds to link.
 */
final class Section {
    /** What may be read past the end at once: the end of the file is always at least this far. */
    static final int SLACK_BYTES = 8;

    private final Layout.Part part;
    private final int count;
    private final ByteBuffer bytes;
    private final int length;

    /**
     * @param bytes the part and {@link #SLACK_BYTES} of what comes after it
     */
    Section(Layout.Part part, int count, ByteBuffer bytes) {
        this.part = part;
        this.count = count;
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
        this.length = bytes.remaining() - SLACK_BYTES;
    }

    /** How many elements the table says it has. */
    int count() {
        return count;
    }

    int length() {
        return length;
    }

    int u8(long offset) {
        check(offset, 1);
        return bytes.get((int) offset) & 0xff;
    }

    int u16(long offset) {
        check(offset, 2);
        return bytes.getShort((int) offset) & 0xffff;
    }

    /** A u32 whose values stay below 2^31: counts, numbers and offsets. */
    int u31(long offset) {
        check(offset, 4);
        int value = bytes.getInt((int) offset);
        if (value < 0) {
            throw corrupt("a number too large at " + offset);
        }
        return value;
    }

    /** All 32 bits, as they are. */
    int bits32(long offset) {
        check(offset, 4);
        return bytes.getInt((int) offset);
    }

    long bits64(long offset) {
        check(offset, 8);
        return bytes.getLong((int) offset);
    }

    /** The eight bytes from there, the first in the lowest place. Only the first must lie in the part. */
    long word(long offset) {
        check(offset, 1);
        return bytes.getLong((int) offset);
    }

    void copy(long offset, byte[] into, int start, int howMany) {
        check(offset, howMany);
        bytes.get((int) offset, into, start, howMany);
    }

    /** Compares that range with a whole array, unsigned, the shorter first where one begins the other. */
    int compare(long offset, int howMany, byte[] with) {
        check(offset, howMany);
        int common = Math.min(howMany, with.length);
        long word = 0;
        for (int i = 0; i < common; i++) {
            word = (i & 7) == 0 ? bytes.getLong((int) offset + i) : word >>> 8;
            int difference = ((int) word & 0xff) - (with[i] & 0xff);
            if (difference != 0) {
                return difference;
            }
        }
        return howMany - with.length;
    }

    Cursor at(long offset) {
        return new Cursor(this, offset);
    }

    CorruptBaseException corrupt(String found) {
        return new CorruptBaseException(part.name().toLowerCase(Locale.ROOT) + ": " + found);
    }

    private void check(long offset, int howMany) {
        if (offset < 0 || offset > length - howMany) {
            throw corrupt("a reference to " + offset + " of " + length + " bytes");
        }
    }
}
