package dev.holdfast.advisory.base;

import dev.holdfast.advisory.CorruptBaseException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Locale;

/** One part of the mapped file. Every access is checked against the part's own bounds: a reference that leaves it is corruption. */
final class Section {
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Layout.Part part;
    private final int count;
    private final MemorySegment bytes;
    private final long length;

    Section(Layout.Part part, int count, MemorySegment bytes) {
        this.part = part;
        this.count = count;
        this.bytes = bytes;
        this.length = bytes.byteSize();
    }

    /** How many elements the table says it has. */
    int count() {
        return count;
    }

    long length() {
        return length;
    }

    int u8(long offset) {
        check(offset, 1);
        return bytes.get(BYTE, offset) & 0xff;
    }

    int u16(long offset) {
        check(offset, 2);
        return bytes.get(BYTE, offset) & 0xff | (bytes.get(BYTE, offset + 1) & 0xff) << 8;
    }

    /** A u32 whose values stay below 2^31: counts, numbers and offsets. */
    int u31(long offset) {
        check(offset, 4);
        int value = bytes.get(INT, offset);
        if (value < 0) {
            throw corrupt("a number too large at " + offset);
        }
        return value;
    }

    /** All 32 bits, as they are. */
    int bits32(long offset) {
        check(offset, 4);
        return bytes.get(INT, offset);
    }

    long bits64(long offset) {
        check(offset, 8);
        return bytes.get(LONG, offset);
    }

    void copy(long offset, byte[] into, int start, int howMany) {
        check(offset, howMany);
        MemorySegment.copy(bytes, BYTE, offset, into, start, howMany);
    }

    /** Compares that range with a whole array, unsigned, the shorter first where one begins the other. */
    int compare(long offset, int howMany, byte[] with) {
        check(offset, howMany);
        int common = Math.min(howMany, with.length);
        for (int i = 0; i < common; i++) {
            int difference = (bytes.get(BYTE, offset + i) & 0xff) - (with[i] & 0xff);
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

    private void check(long offset, long howMany) {
        if (offset < 0 || offset > length - howMany) {
            throw corrupt("a reference to " + offset + " of " + length + " bytes");
        }
    }
}
