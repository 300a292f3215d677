package dev.holdfast.advisory.base;

import dev.holdfast.advisory.NamespaceScheme;
import dev.holdfast.advisory.fact.Statement;
import dev.holdfast.advisory.fact.Statement.Qualifiers;
import dev.holdfast.advisory.fact.Statement.Range;
import dev.holdfast.version.Scheme;
import dev.holdfast.version.VersionKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Turns what a statement says beside its advisory and package into numbers. Versions get their keys here: a range with a bound that the
 * namespace's order does not allow, and such a single version, are left out and counted; a statement that has nothing left is left out
 * too, since without any range it would speak of every version.
 */
final class StatementBodies {
    static final int FROM_INCLUSIVE = 1;
    static final int TO_INCLUSIVE = 2;
    static final int HAS_FROM = 4;
    static final int HAS_TO = 8;

    private static final VersionKey LOWEST = VersionKey.ofBytes(new byte[0]);

    private static final Comparator<VersionText> BY_VERSION = Comparator.comparing(
                    (VersionText version) -> version.key().orElse(LOWEST))
            .thenComparing(VersionText::text);

    private static final Comparator<Bounds> BY_BOUNDS = Comparator.comparing(Bounds::from, BY_VERSION)
            .thenComparing(Bounds::to, BY_VERSION)
            .thenComparingInt(Bounds::flags);

    private static final VersionText NONE = new VersionText("", Optional.empty());

    private final Compilation facts;

    StatementBodies(Compilation facts) {
        this.facts = facts;
    }

    /**
     * A version as it was written.
     *
     * @param key empty when the order of its namespace does not allow it; such a one only stands as a fix, for people
     */
    record VersionText(String text, Optional<VersionKey> key) {}

    private record Bounds(VersionText from, VersionText to, int flags) {}

    /**
     * The body: layer, status, then after its length each: ranges (flags and the versions they have), versions, fixes; then texts plus
     * one or 0: module, repository; after their length architectures; rating. Empty when the statement cannot be kept.
     */
    Optional<Tuple> body(int layer, Statement fact) {
        Scheme scheme = NamespaceScheme.of(fact.namespace());
        List<Bounds> ranges = ranges(layer, fact, scheme);
        Set<VersionText> versions = versions(layer, fact, scheme);
        boolean hadSome = !fact.ranges().isEmpty() || !fact.versions().isEmpty();
        if (hadSome && ranges.isEmpty() && versions.isEmpty()) {
            return Optional.empty();
        }
        Ints out = new Ints();
        out.add(layer);
        out.add(Codes.of(fact.status()));
        out.add(ranges.size());
        for (Bounds range : ranges) {
            add(out, range);
        }
        out.add(versions.size());
        for (VersionText version : versions) {
            out.add(facts.versions.of(version));
        }
        out.add(fact.fixedIn().size());
        for (String fix : fact.fixedIn()) {
            out.add(facts.versions.of(new VersionText(fix, scheme.key(fix))));
        }
        add(out, fact.qualifiers());
        out.add(fact.rating().isEmpty() ? 0 : facts.texts.of(fact.rating()) + 1);
        return Optional.of(new Tuple(out.toArray()));
    }

    private List<Bounds> ranges(int layer, Statement fact, Scheme scheme) {
        List<Bounds> kept = new ArrayList<>(fact.ranges().size());
        for (Range range : fact.ranges()) {
            boolean fromStart = range.from().isEmpty() || range.from().equals("0") && range.fromInclusive();
            VersionText from = fromStart ? NONE : new VersionText(range.from(), scheme.key(range.from()));
            VersionText to = range.to().isEmpty() ? NONE : new VersionText(range.to(), scheme.key(range.to()));
            if (!fromStart && from.key().isEmpty()
                    || !range.to().isEmpty() && to.key().isEmpty()) {
                String bound = !fromStart && from.key().isEmpty() ? range.from() : range.to();
                drop(layer, fact, scheme, bound);
                continue;
            }
            int flags = (fromStart ? 0 : HAS_FROM)
                    | (range.to().isEmpty() ? 0 : HAS_TO)
                    | (fromStart || range.fromInclusive() ? FROM_INCLUSIVE : 0)
                    | (!range.to().isEmpty() && range.toInclusive() ? TO_INCLUSIVE : 0);
            kept.add(new Bounds(from, to, flags));
        }
        if (kept.size() > 1) {
            kept.sort(BY_BOUNDS);
        }
        return kept;
    }

    private Set<VersionText> versions(int layer, Statement fact, Scheme scheme) {
        Set<VersionText> kept = new TreeSet<>(BY_VERSION);
        for (String version : fact.versions()) {
            Optional<VersionKey> key = scheme.key(version);
            if (key.isEmpty()) {
                drop(layer, fact, scheme, version);
            } else {
                kept.add(new VersionText(version, key));
            }
        }
        return kept;
    }

    private void drop(int layer, Statement fact, Scheme scheme, String version) {
        facts.dropped(
                layer,
                fact.advisory() + " " + fact.namespace() + " " + fact.packageName(),
                "\"" + version + "\" is not a " + scheme.word() + " version");
    }

    private void add(Ints out, Bounds range) {
        out.add(range.flags());
        if ((range.flags() & HAS_FROM) != 0) {
            out.add(facts.versions.of(range.from()));
        }
        if ((range.flags() & HAS_TO) != 0) {
            out.add(facts.versions.of(range.to()));
        }
    }

    private void add(Ints out, Qualifiers qualifiers) {
        out.add(qualifiers.module().isEmpty() ? 0 : facts.texts.of(qualifiers.module()) + 1);
        out.add(qualifiers.repository().isEmpty() ? 0 : facts.texts.of(qualifiers.repository()) + 1);
        Set<String> architectures = new TreeSet<>(qualifiers.architectures());
        out.add(architectures.size());
        for (String architecture : architectures) {
            out.add(facts.texts.of(architecture));
        }
    }
}
