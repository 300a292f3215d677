package dev.holdfast.sensor.libbpf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * One record, read where it lies. The object is moved from record to record: it holds until the next one is read. Offsets count from the
 * record's start; reading outside it is an {@link IndexOutOfBoundsException}, so a reader checks {@link #size()} first.
 */
public final class Bytes {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.nativeOrder());
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.nativeOrder());
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.nativeOrder());
    private static final VarHandle SHORTS = SHORT.varHandle();
    private static final VarHandle INTS = INT.varHandle();
    private static final VarHandle LONGS = LONG.varHandle();

    private MemorySegment memory;
    private long start;
    private int size;

    private Bytes(MemorySegment memory, int size) {
        this.memory = memory;
        this.size = size;
    }

    /** A record that lies in an array. */
    public static Bytes of(byte[] record) {
        return new Bytes(MemorySegment.ofArray(record), record.length);
    }

    static Bytes in(MemorySegment memory) {
        return new Bytes(memory, 0);
    }

    void move(long newStart, int newSize) {
        start = newStart;
        size = newSize;
    }

    public int size() {
        return size;
    }

    public int u8(int offset) {
        return memory.get(ValueLayout.JAVA_BYTE, start + Objects.checkIndex(offset, size)) & 0xff;
    }

    public int u16(int offset) {
        return (short) SHORTS.get(memory, at(offset, 2)) & 0xffff;
    }

    public int s32(int offset) {
        return (int) INTS.get(memory, at(offset, 4));
    }

    public long s64(int offset) {
        return (long) LONGS.get(memory, at(offset, 8));
    }

    /** Copies bytes of the record to the start of an array. */
    public void copy(int offset, byte[] to, int length) {
        Objects.checkFromIndexSize(offset, length, size);
        MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, start + offset, to, 0, length);
    }

    /** The whole record, kept. */
    public byte[] toArray() {
        byte[] all = new byte[size];
        copy(0, all, size);
        return all;
    }

    private long at(int offset, int length) {
        return start + Objects.checkFromIndexSize(offset, length, size);
    }
}
