package dev.holdfast.advisory.base;

import java.util.Arrays;

/** Numbers that grow, without boxes. */
final class Ints {
    private int[] values = new int[16];
    private int size;

    void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size + (size >> 1));
        }
        values[size++] = value;
    }

    int get(int index) {
        return values[index];
    }

    int size() {
        return size;
    }

    int[] toArray() {
        return Arrays.copyOf(values, size);
    }

    /** The distinct numbers, ascending. */
    int[] toSortedSet() {
        return sortedSet(toArray());
    }

    /** The distinct numbers, ascending; sorts the given array. */
    static int[] sortedSet(int[] values) {
        Arrays.sort(values);
        int kept = 0;
        for (int i = 0; i < values.length; i++) {
            if (i == 0 || values[i] != values[i - 1]) {
                values[kept++] = values[i];
            }
        }
        return kept == values.length ? values : Arrays.copyOf(values, kept);
    }
}
