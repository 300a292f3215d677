package dev.holdfast.sensor.libbpf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * One record. The object is filled again for every record: it holds until the next one is read. Offsets count from the record's start; reading
 * outside it is an {@link IndexOutOfBoundsException}, so a reader checks {@link #size()} first.
 *
 * <p>A record is copied out of the ring, once and whole: it was written by another processor, and lines of memory come faster when they are
 * asked for in a row. What is read of it then, is read from an array, wherever the record came from.
 */
public final class Bytes {
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.nativeOrder());
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private byte[] bytes;
    private int size;

    private Bytes(byte[] bytes, int size) {
        this.bytes = bytes;
        this.size = size;
    }

    /** A record that lies in an array. */
    public static Bytes of(byte[] record) {
        return new Bytes(record, record.length);
    }

    /** No record yet. */
    static Bytes empty() {
        return new Bytes(new byte[32_768], 0);
    }

    /** Takes a record over from memory. */
    void load(MemorySegment memory, long start, int length) {
        if (length > bytes.length) {
            bytes = new byte[length];
        }
        MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, start, bytes, 0, length);
        size = length;
    }

    public int size() {
        return size;
    }

    public int u8(int offset) {
        return bytes[Objects.checkIndex(offset, size)] & 0xff;
    }

    public int u16(int offset) {
        return (short) SHORTS.get(bytes, Objects.checkFromIndexSize(offset, 2, size)) & 0xffff;
    }

    public int s32(int offset) {
        return (int) INTS.get(bytes, Objects.checkFromIndexSize(offset, 4, size));
    }

    public long s64(int offset) {
        return (long) LONGS.get(bytes, Objects.checkFromIndexSize(offset, 8, size));
    }

    /** The record at the start of an array that may be longer: to be looked at, not to be kept. */
    public byte[] array() {
        return bytes;
    }

    /** The whole record, kept. */
    public byte[] toArray() {
        return Arrays.copyOf(bytes, size);
    }
}
