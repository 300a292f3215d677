package dev.holdfast.advisory.base;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Turns numbers given in the order of arrival into places that depend on the things alone, so that the same facts in any order give the
 * same file.
 */
final class Ranking {
    private Ranking() {}

    /**
     * Texts sorted by their bytes.
     *
     * @param sorted the texts
     * @param rank by number of arrival: the place in {@code sorted}
     */
    record Texts(List<byte[]> sorted, int[] rank) {}

    static Texts texts(Numbering<String> numbering) {
        int size = numbering.size();
        byte[][] encoded = new byte[size][];
        Integer[] order = new Integer[size];
        for (int i = 0; i < size; i++) {
            encoded[i] = numbering.get(i).getBytes(StandardCharsets.UTF_8);
            order[i] = i;
        }
        Arrays.sort(order, (a, b) -> Arrays.compareUnsigned(encoded[a], encoded[b]));
        List<byte[]> sorted = new ArrayList<>(size);
        int[] rank = new int[size];
        for (int place = 0; place < size; place++) {
            rank[order[place]] = place;
            sorted.add(encoded[order[place]]);
        }
        return new Texts(sorted, rank);
    }

    /**
     * A section of encoded things.
     *
     * @param bytes the things, those most used first, so that references to them are short
     * @param offset by number of arrival: where in {@code bytes}
     * @param count how many different ones
     */
    record Packed(byte[] bytes, int[] offset, int count) {}

    /**
     * Puts encoded things together, equal ones once.
     *
     * @param uses how often each is referred to; those with none are left out
     */
    static Packed packed(List<byte[]> encoded, int[] uses) {
        Integer[] byBytes = used(encoded, uses);
        List<Same> distinct = new ArrayList<>();
        for (int i : byBytes) {
            if (distinct.isEmpty() || !Arrays.equals(distinct.getLast().bytes, encoded.get(i))) {
                distinct.add(new Same(encoded.get(i)));
            }
            distinct.getLast().take(i, uses[i]);
        }
        distinct.sort(Comparator.comparingInt(same -> -same.uses)); // stable: equal uses stay in order of bytes
        Output out = new Output();
        int[] offset = new int[encoded.size()];
        for (Same same : distinct) {
            for (int i = 0; i < same.numbers.size(); i++) {
                offset[same.numbers.get(i)] = out.size();
            }
            out.bytes(same.bytes);
        }
        return new Packed(out.toBytes(), offset, distinct.size());
    }

    private static Integer[] used(List<byte[]> encoded, int[] uses) {
        List<Integer> order = new ArrayList<>(encoded.size());
        for (int i = 0; i < encoded.size(); i++) {
            if (uses[i] > 0) {
                order.add(i);
            }
        }
        order.sort((a, b) -> Arrays.compareUnsigned(encoded.get(a), encoded.get(b)));
        return order.toArray(Integer[]::new);
    }

    /** Things that are encoded alike. */
    private static final class Same {
        private final byte[] bytes;
        private final Ints numbers = new Ints();
        private int uses;

        Same(byte[] bytes) {
            this.bytes = bytes;
        }

        void take(int number, int itsUses) {
            numbers.add(number);
            uses += itsUses;
        }
    }
}
