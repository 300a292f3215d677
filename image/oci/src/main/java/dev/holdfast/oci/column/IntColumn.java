package dev.holdfast.oci.column;

import java.util.Arrays;

/** Numbers by position, 4 bytes each. Owned by one thread until it is complete. */
public final class IntColumn {
    /** 4,096 numbers a chunk: what the last chunk holds too much is nothing beside thousands of entries. */
    static final int BITS = 12;

    static final int CHUNK = 1 << BITS;
    static final int MASK = CHUNK - 1;

    private static final int[] NONE = {};

    /** Small layers are many: their only chunk begins with this size. */
    private static final int LEAST = 64;

    private final int absent;
    private int[][] chunks = {};

    /** @param absent what stands where nothing was set */
    public IntColumn(int absent) {
        this.absent = absent;
    }

    public int get(int position) {
        int chunk = position >>> BITS;
        if (chunk >= chunks.length) {
            return absent;
        }
        int[] numbers = chunks[chunk];
        int at = position & MASK;
        return at < numbers.length ? numbers[at] : absent;
    }

    public void set(int position, int number) {
        int chunk = position >>> BITS;
        if (chunk >= chunks.length) {
            int before = chunks.length;
            chunks = Arrays.copyOf(chunks, Math.max(chunk + 1, before + (before >> 1)));
            Arrays.fill(chunks, before, chunks.length, NONE);
        }
        int at = position & MASK;
        if (at >= chunks[chunk].length) {
            reach(chunk, at);
        }
        chunks[chunk][at] = number;
    }

    private void reach(int chunk, int at) {
        int before = chunks[chunk].length;
        int capacity = chunk > 0 ? CHUNK : Math.min(CHUNK, Math.max(LEAST, Integer.highestOneBit(at) * 2));
        chunks[chunk] = Arrays.copyOf(chunks[chunk], capacity);
        Arrays.fill(chunks[chunk], before, capacity, absent);
    }
}
