package dev.holdfast.oci.column;

import java.util.Arrays;

/** Bytes that are appended, and read wherever they lie. Owned by one thread until it is complete. */
public final class ByteRope {
    private static final int BITS = 16;
    private static final int CHUNK = 1 << BITS;
    private static final int MASK = CHUNK - 1;

    /** Small layers are many: their only chunk begins with this size. */
    private static final int LEAST = 1 << 10;

    private static final byte[] NONE = {};

    private byte[][] chunks = {};
    private long length;

    public long length() {
        return length;
    }

    public void append(int value) {
        room()[(int) length & MASK] = (byte) value;
        length++;
    }

    /** @param to one behind the last */
    public void append(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            byte[] chunk = room();
            int within = (int) length & MASK;
            int count = Math.min(to - at, chunk.length - within);
            System.arraycopy(bytes, at, chunk, within, count);
            at += count;
            length += count;
        }
    }

    /** The chunk of the next byte, with room for it. */
    private byte[] room() {
        int index = (int) (length >>> BITS);
        if (index >= chunks.length) {
            int before = chunks.length;
            chunks = Arrays.copyOf(chunks, Math.max(index + 1, before + (before >> 1)));
            Arrays.fill(chunks, before, chunks.length, NONE);
        }
        byte[] chunk = chunks[index];
        if (((int) length & MASK) == chunk.length) {
            int capacity = index > 0 ? CHUNK : Math.max(LEAST, chunk.length * 2);
            chunk = Arrays.copyOf(chunk, capacity);
            chunks[index] = chunk;
        }
        return chunk;
    }

    public byte at(long position) {
        return chunks[(int) (position >>> BITS)][(int) position & MASK];
    }

    public void copy(long position, int count, byte[] target, int offset) {
        int done = 0;
        while (done < count) {
            long at = position + done;
            int within = (int) at & MASK;
            int piece = Math.min(count - done, CHUNK - within);
            System.arraycopy(chunks[(int) (at >>> BITS)], within, target, offset + done, piece);
            done += piece;
        }
    }

    /** Whether these bytes stand there. */
    public boolean holds(long position, byte[] bytes, int from, int to) {
        int done = from;
        long at = position;
        while (done < to) {
            int within = (int) at & MASK;
            int piece = Math.min(to - done, CHUNK - within);
            byte[] chunk = chunks[(int) (at >>> BITS)];
            if (!Arrays.equals(chunk, within, within + piece, bytes, done, done + piece)) {
                return false;
            }
            done += piece;
            at += piece;
        }
        return true;
    }

    /** Lets go of what nobody reads any more. */
    public void forgetBefore(long position) {
        int last = (int) (position >>> BITS);
        for (int i = last - 1; i >= 0 && chunks[i].length > 0; i--) {
            chunks[i] = NONE;
        }
    }
}
