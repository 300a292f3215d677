package dev.holdfast.version;

import dev.holdfast.core.InputException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A set of versions of one scheme: the intervals that hold them, sorted, not touching each other, none of them empty.
 *
 * <p>npm and Cargo leave pre-releases out of a range unless it names one of the same three numbers. Such a range has a second, narrower
 * set for pre-releases; {@link #contains} asks the one that applies. Ranges made of advisory events have only the one.
 */
public final class VersionRange {
    private static final VersionRange ALL = of(List.of(Interval.ALL));
    private static final VersionRange NONE = of(List.of());

    private final List<Interval> intervals;
    private final List<Interval> prereleases;
    private final Optional<Scheme> filtering;

    private VersionRange(List<Interval> intervals, List<Interval> prereleases, Optional<Scheme> filtering) {
        this.intervals = intervals;
        this.prereleases = prereleases;
        this.filtering = filtering;
    }

    /**
     * From one bound to another; an absent bound is none.
     *
     * @param lowInclusive whether the low bound itself is meant; false when there is none
     * @param highInclusive whether the high bound itself is meant; false when there is none
     */
    public record Interval(
            Optional<VersionKey> low, boolean lowInclusive, Optional<VersionKey> high, boolean highInclusive) {
        public static final Interval ALL = new Interval(Optional.empty(), false, Optional.empty(), false);

        public Interval {
            lowInclusive &= low.isPresent();
            highInclusive &= high.isPresent();
        }

        public static Interval atLeast(VersionKey low) {
            return new Interval(Optional.of(low), true, Optional.empty(), false);
        }

        public static Interval above(VersionKey low) {
            return new Interval(Optional.of(low), false, Optional.empty(), false);
        }

        public static Interval below(VersionKey high) {
            return new Interval(Optional.empty(), false, Optional.of(high), false);
        }

        public static Interval atMost(VersionKey high) {
            return new Interval(Optional.empty(), false, Optional.of(high), true);
        }

        public static Interval exactly(VersionKey key) {
            return new Interval(Optional.of(key), true, Optional.of(key), true);
        }

        /** From the first, inclusive, to the second, exclusive. */
        public static Interval between(VersionKey low, VersionKey high) {
            return new Interval(Optional.of(low), true, Optional.of(high), false);
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
        public boolean isBelow(VersionKey key) {
            if (high.isEmpty()) {
                return false;
            }
            int order = high.get().compareTo(key);
            return order < 0 || order == 0 && !highInclusive;
        }

        /** Whether all of it lies above the key. */
        public boolean isAbove(VersionKey key) {
            if (low.isEmpty()) {
                return false;
            }
            int order = low.get().compareTo(key);
            return order > 0 || order == 0 && !lowInclusive;
        }
    }

    /**
     * Reads a range as the ecosystem writes it: npm, Cargo, Hex, Pub, Maven, NuGet, PEP 440, RubyGems, Composer, Hackage; for the others
     * comparisons ({@code >=1.0 , <2}), with {@code ,} for and, {@code ||} for or.
     */
    public static VersionRange parse(Scheme scheme, String text) throws InputException {
        return RangeText.of(scheme, text).parse();
    }

    public static VersionRange all() {
        return ALL;
    }

    public static VersionRange none() {
        return NONE;
    }

    /** The versions in any of the intervals, which may stand in any order, overlap or be empty. */
    public static VersionRange of(List<Interval> intervals) {
        List<Interval> normal = Intervals.normal(intervals);
        return new VersionRange(normal, normal, Optional.empty());
    }

    static VersionRange of(Interval interval) {
        return of(List.of(interval));
    }

    /** These versions, but of the scheme's pre-releases only those that are in the second range too. */
    VersionRange withPrereleases(Scheme scheme, VersionRange named) {
        return new VersionRange(intervals, Intervals.intersection(intervals, named.intervals), Optional.of(scheme));
    }

    /** The intervals; of a range that leaves out pre-releases, those of the releases. */
    public List<Interval> intervals() {
        return intervals;
    }

    public boolean contains(VersionKey key) {
        boolean filtered = filtering.isPresent() && filtering.get().isPrerelease(key);
        return Intervals.contain(filtered ? prereleases : intervals, key);
    }

    public boolean isEmpty() {
        return intervals.isEmpty() && prereleases.isEmpty();
    }

    public VersionRange union(VersionRange other) {
        return new VersionRange(
                Intervals.union(intervals, other.intervals),
                Intervals.union(prereleases, other.prereleases),
                filtering.or(() -> other.filtering));
    }

    public VersionRange intersect(VersionRange other) {
        return new VersionRange(
                Intervals.intersection(intervals, other.intervals),
                Intervals.intersection(prereleases, other.prereleases),
                filtering.or(() -> other.filtering));
    }

    /** Every version that is not in this range. */
    public VersionRange complement() {
        return new VersionRange(Intervals.complement(intervals), Intervals.complement(prereleases), filtering);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VersionRange range
                && intervals.equals(range.intervals)
                && prereleases.equals(range.prereleases)
                && filtering.equals(range.filtering);
    }

    @Override
    public int hashCode() {
        return Objects.hash(intervals, prereleases, filtering);
    }

    @Override
    public String toString() {
        return intervals.toString();
    }
}
