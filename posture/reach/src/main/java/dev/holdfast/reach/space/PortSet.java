package dev.holdfast.reach.space;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Ports from 1 to 65535, as the edges of disjoint ranges that do not touch: first port, port behind the last one, and so on. */
public final class PortSet {
    private static final int BEHIND = 65_536;

    public static final PortSet NONE = new PortSet(new int[0]);
    public static final PortSet ALL = new PortSet(new int[] {1, BEHIND});

    private final int[] edges;

    private PortSet(int[] edges) {
        this.edges = edges;
    }

    /** A range, both ends in it; what is no port is left out. */
    public static PortSet of(int first, int last) {
        int from = Math.max(1, first);
        int behind = Math.min(BEHIND - 1, last) + 1;
        return from < behind ? new PortSet(new int[] {from, behind}) : NONE;
    }

    public boolean isEmpty() {
        return edges.length == 0;
    }

    public PortSet plus(PortSet other) {
        return isEmpty() || other.equals(ALL)
                ? other
                : other.isEmpty() || equals(ALL) ? this : combined(other, (here, there) -> here || there);
    }

    public PortSet and(PortSet other) {
        return isEmpty() || other.equals(ALL)
                ? this
                : other.isEmpty() || equals(ALL) ? other : combined(other, (here, there) -> here && there);
    }

    public PortSet minus(PortSet other) {
        return isEmpty() || other.isEmpty()
                ? this
                : other.equals(ALL) ? NONE : combined(other, (here, there) -> here && !there);
    }

    @FunctionalInterface
    private interface Membership {
        boolean holds(boolean here, boolean there);
    }

    /** Goes along the edges of both, and puts one wherever the membership changes. */
    private PortSet combined(PortSet other, Membership membership) {
        int[] result = new int[edges.length + other.edges.length];
        int length = 0;
        boolean isInside = false;
        int i = 0;
        int j = 0;
        while (i < edges.length || j < other.edges.length) {
            int here = i < edges.length ? edges[i] : Integer.MAX_VALUE;
            int there = j < other.edges.length ? other.edges[j] : Integer.MAX_VALUE;
            int next = Math.min(here, there);
            i += here == next ? 1 : 0;
            j += there == next ? 1 : 0;
            // Behind an odd number of edges is inside.
            boolean isNow = membership.holds(i % 2 == 1, j % 2 == 1);
            if (isNow != isInside) {
                result[length++] = next;
                isInside = isNow;
            }
        }
        return length == 0 ? NONE : new PortSet(Arrays.copyOf(result, length));
    }

    /** {@code 80} and {@code 1024-2000}, in their order. */
    public List<String> texts() {
        List<String> texts = new ArrayList<>(edges.length / 2);
        for (int i = 0; i < edges.length; i += 2) {
            int last = edges[i + 1] - 1;
            texts.add(edges[i] == last ? Integer.toString(last) : edges[i] + "-" + last);
        }
        return texts;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof PortSet ports && Arrays.equals(edges, ports.edges);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(edges);
    }

    @Override
    public String toString() {
        return String.join(",", texts());
    }
}
