package dev.holdfast.oci.column;

import java.util.Arrays;

/**
 * Large numbers by position, 4 bytes each where those beside each other differ by less than 2^31 (sizes and places of files do), 8 bytes
 * where not. Owned by one thread until it is complete.
 */
public final class LongColumn {
    private static final int UNSET = Integer.MIN_VALUE;
    private static final long[] NARROW = {};

    private final long absent;
    private long[] bases = {};
    private final IntColumn distances = new IntColumn(UNSET);
    /** In the place of the distances of a chunk where one is too large for them. */
    private long[][] wide = {};

    /** @param absent what stands where nothing was set */
    public LongColumn(long absent) {
        this.absent = absent;
    }

    public long get(int position) {
        int chunk = position >>> IntColumn.BITS;
        if (chunk >= bases.length) {
            return absent;
        }
        if (wide[chunk].length > 0) {
            return wide[chunk][position & IntColumn.MASK];
        }
        int distance = distances.get(position);
        return distance == UNSET ? absent : bases[chunk] + distance;
    }

    public void set(int position, long number) {
        int chunk = position >>> IntColumn.BITS;
        if (chunk >= bases.length) {
            reach(chunk, number);
        }
        if (wide[chunk].length == 0) {
            long distance = number - bases[chunk]; // what overflows here flows back when they are added
            if (distance == (int) distance && distance != UNSET) {
                distances.set(position, (int) distance);
                return;
            }
            widen(chunk);
        }
        wide[chunk][position & IntColumn.MASK] = number;
    }

    private void reach(int chunk, long number) {
        int before = bases.length;
        int capacity = Math.max(chunk + 1, before + (before >> 1));
        bases = Arrays.copyOf(bases, capacity);
        Arrays.fill(bases, before, capacity, number);
        wide = Arrays.copyOf(wide, capacity);
        Arrays.fill(wide, before, capacity, NARROW);
    }

    private void widen(int chunk) {
        long[] numbers = new long[IntColumn.CHUNK];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = get((chunk << IntColumn.BITS) + i);
        }
        wide[chunk] = numbers;
    }
}
