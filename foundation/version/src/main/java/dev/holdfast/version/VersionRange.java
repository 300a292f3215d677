package dev.holdfast.version;

import dev.holdfast.core.InputException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A set of versions of one scheme: the intervals that hold them, sorted, not touching each other, none of them empty.
 *
 * <p>Some ecosystems (npm, Cargo, PEP 440, …) leave pre-releases out of a range unless it names one. Such a range has a second, narrower
 * set for pre-releases; {@link #contains} asks the one that applies. Ranges made of advisory events have only the one.
 */
public final class VersionRange {
    private static final VersionRange ALL = new VersionRange(List.of(Interval.ALL));
    private static final VersionRange NONE = new VersionRange(List.of());

    private final List<Interval> intervals;

    private VersionRange(List<Interval> intervals) {
        this.intervals = List.copyOf(intervals);
    }

    /**
     * From one bound to another; an absent bound is none.
     *
     * @param lowInclusive whether the low bound itself is meant; no matter when there is none
     * @param highInclusive whether the high bound itself is meant; no matter when there is none
     */
    public record Interval(
            Optional<VersionKey> low, boolean lowInclusive, Optional<VersionKey> high, boolean highInclusive) {
        public static final Interval ALL = new Interval(Optional.empty(), false, Optional.empty(), false);

        public static Interval atLeast(VersionKey low) {
            return new Interval(Optional.of(low), true, Optional.empty(), false);
        }

        public static Interval below(VersionKey high) {
            return new Interval(Optional.empty(), false, Optional.of(high), false);
        }

        public static Interval exactly(VersionKey key) {
            return new Interval(Optional.of(key), true, Optional.of(key), true);
        }

        public boolean contains(VersionKey key) {
            return !isBelow(key) && !isAbove(key);
        }

        /** Whether no version can be in it. */
        public boolean isEmpty() {
            if (low.isEmpty() || high.isEmpty()) {
                return false;
            }
            int order = low.get().compareTo(high.get());
            return order > 0 || order == 0 && !(lowInclusive && highInclusive);
        }

        /** Whether all of it lies below the key. */
        private boolean isBelow(VersionKey key) {
            if (high.isEmpty()) {
                return false;
            }
            int order = high.get().compareTo(key);
            return order < 0 || order == 0 && !highInclusive;
        }

        /** Whether all of it lies above the key. */
        private boolean isAbove(VersionKey key) {
            if (low.isEmpty()) {
                return false;
            }
            int order = low.get().compareTo(key);
            return order > 0 || order == 0 && !lowInclusive;
        }
    }

    /** Reads a range as the ecosystem writes it. */
    public static VersionRange parse(Scheme scheme, String text) throws InputException {
        if (text.strip().equals("*")) {
            return ALL;
        }
        throw new InputException(
                InputException.Code.UNSUPPORTED, "version range " + text + " of " + scheme.word() + ": not yet read");
    }

    public static VersionRange all() {
        return ALL;
    }

    public static VersionRange none() {
        return NONE;
    }

    /** The versions in any of the intervals, which may stand in any order, overlap or be empty. */
    public static VersionRange of(List<Interval> intervals) {
        return new VersionRange(normalised(intervals));
    }

    public List<Interval> intervals() {
        return intervals;
    }

    public boolean contains(VersionKey key) {
        for (Interval interval : intervals) {
            if (interval.contains(key)) {
                return true;
            }
        }
        return false;
    }

    public boolean isEmpty() {
        return intervals.isEmpty();
    }

    public VersionRange union(VersionRange other) {
        List<Interval> both = new ArrayList<>(intervals);
        both.addAll(other.intervals);
        return of(both);
    }

    /** Every version that is not in this range. */
    public VersionRange complement() {
        List<Interval> gaps = new ArrayList<>();
        Optional<VersionKey> low = Optional.empty();
        boolean lowInclusive = false;
        for (Interval interval : intervals) {
            if (interval.low().isPresent()) {
                gaps.add(new Interval(low, lowInclusive, interval.low(), !interval.lowInclusive()));
            }
            if (interval.high().isEmpty()) {
                return of(gaps);
            }
            low = interval.high();
            lowInclusive = !interval.highInclusive();
        }
        gaps.add(new Interval(low, lowInclusive, Optional.empty(), false));
        return of(gaps);
    }

    public VersionRange intersect(VersionRange other) {
        return complement().union(other.complement()).complement();
    }

    private static List<Interval> normalised(List<Interval> intervals) {
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
        return merged;
    }

    private static final Comparator<Interval> BY_LOW = (a, b) -> {
        if (a.low().isEmpty() || b.low().isEmpty()) {
            return Boolean.compare(a.low().isPresent(), b.low().isPresent());
        }
        int order = a.low().get().compareTo(b.low().get());
        return order != 0 ? order : Boolean.compare(b.lowInclusive(), a.lowInclusive());
    };

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

    @Override
    public boolean equals(Object other) {
        return other instanceof VersionRange range && intervals.equals(range.intervals);
    }

    @Override
    public int hashCode() {
        return intervals.hashCode();
    }

    @Override
    public String toString() {
        return intervals.toString();
    }
}
