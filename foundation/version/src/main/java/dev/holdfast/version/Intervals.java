package dev.holdfast.version;

import dev.holdfast.version.VersionRange.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The algebra of sets of intervals. A set is normal when it is sorted, no two intervals overlap or touch, and none is empty. */
final class Intervals {
    private static final Comparator<Interval> BY_LOW = (a, b) -> {
        if (a.low().isEmpty() || b.low().isEmpty()) {
            return Boolean.compare(a.low().isPresent(), b.low().isPresent());
        }
        int order = a.low().get().compareTo(b.low().get());
        return order != 0 ? order : Boolean.compare(b.lowInclusive(), a.lowInclusive());
    };

    private Intervals() {}

    /** The normal set of what is in any of the intervals. */
    static List<Interval> normal(List<Interval> intervals) {
        List<Interval> sorted = new ArrayList<>(intervals);
        sorted.removeIf(Interval::isEmpty);
        sorted.sort(BY_LOW);
        List<Interval> merged = new ArrayList<>(sorted.size());
        for (Interval next : sorted) {
            if (merged.isEmpty() || !touches(merged.getLast(), next)) {
                merged.add(next);
            } else {
                merged.add(joined(merged.removeLast(), next));
            }
        }
        return List.copyOf(merged);
    }

    static List<Interval> union(List<Interval> first, List<Interval> second) {
        List<Interval> both = new ArrayList<>(first);
        both.addAll(second);
        return normal(both);
    }

    /** What is not in a normal set. */
    static List<Interval> complement(List<Interval> normal) {
        List<Interval> gaps = new ArrayList<>();
        Optional<VersionKey> low = Optional.empty();
        boolean lowInclusive = false;
        for (Interval interval : normal) {
            if (interval.low().isPresent()) {
                gaps.add(new Interval(low, lowInclusive, interval.low(), !interval.lowInclusive()));
            }
            if (interval.high().isEmpty()) {
                return List.copyOf(gaps);
            }
            low = interval.high();
            lowInclusive = !interval.highInclusive();
        }
        gaps.add(new Interval(low, lowInclusive, Optional.empty(), false));
        return List.copyOf(gaps);
    }

    /** What is in both of two normal sets. */
    static List<Interval> intersection(List<Interval> first, List<Interval> second) {
        return complement(union(complement(first), complement(second)));
    }

    /** Whether a normal set holds the key. */
    static boolean contain(List<Interval> normal, VersionKey key) {
        int low = 0;
        int high = normal.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (normal.get(middle).isBelow(key)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < normal.size() && normal.get(low).contains(key);
    }

    /** Whether nothing lies between the end of the first and the start of the second, which does not start earlier. */
    private static boolean touches(Interval first, Interval second) {
        if (first.high().isEmpty() || second.low().isEmpty()) {
            return true;
        }
        int order = first.high().get().compareTo(second.low().get());
        return order > 0 || order == 0 && (first.highInclusive() || second.lowInclusive());
    }

    private static Interval joined(Interval first, Interval second) {
        Interval farther = reachesFarther(first, second) ? first : second;
        return new Interval(first.low(), first.lowInclusive(), farther.high(), farther.highInclusive());
    }

    private static boolean reachesFarther(Interval first, Interval second) {
        if (first.high().isEmpty() || second.high().isEmpty()) {
            return first.high().isEmpty();
        }
        int order = first.high().get().compareTo(second.high().get());
        return order > 0 || order == 0 && first.highInclusive();
    }
}
