package dev.holdfast.advisory.feed.range;

import dev.holdfast.advisory.fact.Statement.Range;
import dev.holdfast.version.Scheme;
import dev.holdfast.version.VersionKey;
import dev.holdfast.version.VersionRange;
import dev.holdfast.version.VersionRange.Interval;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A set of versions, as sorted intervals that do not touch, whose bounds remember their text: facts keep versions as they were written.
 * Where two bounds are equal versions ({@code 1.0} and {@code 1.0.0}), the text met first stands for both.
 */
public final class VersionSet {
    private final Scheme scheme;
    private final Map<VersionKey, String> texts;
    private final VersionRange versions;

    private VersionSet(Scheme scheme, Map<VersionKey, String> texts, VersionRange versions) {
        this.scheme = scheme;
        this.texts = texts;
        this.versions = versions;
    }

    public static VersionSet none(Scheme scheme) {
        return new VersionSet(scheme, Map.of(), VersionRange.none());
    }

    public static VersionSet all(Scheme scheme) {
        return new VersionSet(scheme, Map.of(), VersionRange.all());
    }

    /** The versions in any of the ranges; empty when a bound is no version of the scheme. */
    public static Optional<VersionSet> of(Scheme scheme, List<Range> ranges) {
        Map<VersionKey, String> texts = new HashMap<>();
        List<Interval> intervals = new ArrayList<>(ranges.size());
        for (Range range : ranges) {
            Optional<VersionKey> from = key(scheme, range.from(), texts);
            Optional<VersionKey> to = key(scheme, range.to(), texts);
            if (from.isEmpty() && !range.from().isEmpty()
                    || to.isEmpty() && !range.to().isEmpty()) {
                return Optional.empty();
            }
            intervals.add(new Interval(from, range.fromInclusive(), to, range.toInclusive()));
        }
        return Optional.of(new VersionSet(scheme, texts, VersionRange.of(intervals)));
    }

    private static Optional<VersionKey> key(Scheme scheme, String text, Map<VersionKey, String> texts) {
        Optional<VersionKey> key = text.isEmpty() ? Optional.empty() : scheme.key(text);
        key.ifPresent(found -> texts.putIfAbsent(found, text));
        return key;
    }

    public VersionSet union(VersionSet other) {
        return new VersionSet(scheme, bothTexts(other), versions.union(other.versions));
    }

    public VersionSet intersect(VersionSet other) {
        return new VersionSet(scheme, bothTexts(other), versions.intersect(other.versions));
    }

    /** Every version that is not in it. */
    public VersionSet complement() {
        return new VersionSet(scheme, texts, versions.complement());
    }

    private Map<VersionKey, String> bothTexts(VersionSet other) {
        Map<VersionKey, String> both = new HashMap<>(other.texts);
        both.putAll(texts);
        return both;
    }

    public boolean isEmpty() {
        return versions.isEmpty();
    }

    /** Whether a version belongs to it; one that the scheme does not allow does not. */
    public boolean contains(String version) {
        Optional<VersionKey> key = scheme.key(version);
        if (key.isEmpty()) {
            return false;
        }
        // The intervals are sorted and apart: only the last that begins at or below the version can hold it.
        List<Interval> intervals = versions.intervals();
        int low = 0;
        int high = intervals.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (beginsAbove(intervals.get(middle), key.get())) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low > 0 && intervals.get(low - 1).contains(key.get());
    }

    private static boolean beginsAbove(Interval interval, VersionKey key) {
        return interval.low().isPresent() && interval.low().get().compareTo(key) > 0;
    }

    /** The intervals, lowest first. */
    public List<Range> ranges() {
        List<Range> ranges = new ArrayList<>(versions.intervals().size());
        for (Interval interval : versions.intervals()) {
            String from = text(interval.low());
            String to = text(interval.high());
            ranges.add(new Range(
                    from, from.isEmpty() || interval.lowInclusive(), to, !to.isEmpty() && interval.highInclusive()));
        }
        return ranges;
    }

    /** The versions at which it ends without containing them, lowest first: those that fix a flaw whose versions these are. */
    public List<String> firstOutside() {
        List<String> outside = new ArrayList<>();
        for (Range range : ranges()) {
            if (!range.to().isEmpty() && !range.toInclusive()) {
                outside.add(range.to());
            }
        }
        return outside;
    }

    /**
     * For each interval that ends, where the first interval of the other set begins between that end and the next interval, lowest first:
     * the versions of the other set that one comes to first when leaving this one upwards.
     */
    public List<String> firstReached(VersionSet other) {
        List<String> reached = new ArrayList<>();
        List<Interval> own = versions.intervals();
        List<Interval> others = other.versions.intervals();
        int candidate = 0;
        for (int i = 0; i < own.size(); i++) {
            Optional<VersionKey> end = own.get(i).high();
            if (end.isEmpty()) {
                break;
            }
            while (candidate < others.size() && !beginsAt(others.get(candidate), end.get())) {
                candidate++;
            }
            if (candidate == others.size()) {
                break;
            }
            Optional<VersionKey> start = others.get(candidate).low();
            if (i + 1 == own.size() || beginsAbove(own.get(i + 1), start.orElseThrow())) {
                reached.add(other.text(start));
            }
        }
        return reached;
    }

    /** Whether an interval's first version is there or above. */
    private static boolean beginsAt(Interval interval, VersionKey key) {
        return interval.lowInclusive()
                && interval.low().isPresent()
                && interval.low().get().compareTo(key) >= 0;
    }

    private String text(Optional<VersionKey> bound) {
        return bound.map(key -> texts.getOrDefault(key, "")).orElse("");
    }

    @Override
    public String toString() {
        return ranges().toString();
    }
}
