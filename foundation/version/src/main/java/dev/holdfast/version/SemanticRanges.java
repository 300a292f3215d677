package dev.holdfast.version;

import dev.holdfast.core.InputException;
import dev.holdfast.version.PartialVersion.Wildcard;
import dev.holdfast.version.VersionRange.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Ranges of npm, Cargo, Hex and Pub, which all count on the three numbers of a semantic version.
 *
 * <pre>
 * npm:    range = all { "||" all } ;     all = partial " - " partial | { comparator } ;       separated by spaces, or commas
 * Cargo:  range = comparator { "," comparator } ;
 * Hex:    range = all { "or" all } ;     all = comparator { "and" comparator } ;
 * Pub:    range = "any" | comparator { comparator } ;
 * comparator = [ operator ] partial ;
 * operator   = "=" | "==" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;=" | "^" | "~" | "~&gt;" ;      none is "^" in Cargo, "=" elsewhere
 * partial    = number [ "." number [ "." number [ "-" pre-release ] ] ] ;             a number may be "x", "X" or "*" in npm and Cargo
 * </pre>
 *
 * <p>A partial stands for all versions that begin so: {@code 1.2} is {@code >=1.2.0 <1.3.0}, {@code >1.2} is {@code >=1.3.0}. {@code ~} keeps
 * the first two numbers (one, if only one is given), {@code ^} keeps all up to the first that is not 0; Hex's {@code ~>} lets the last number
 * given grow, and Pub's {@code ^} does not look at the third. Upper bounds leave out the pre-releases of the bound.
 *
 * <p>In npm and Cargo a pre-release is in a range only where a comparator of the same alternative names a pre-release of the same three
 * numbers. In Pub {@code <2.0.0} leaves out the pre-releases of 2.0.0.
 */
final class SemanticRanges {
    private static final String SIGNS = "<>=!^~";
    private static final Set<String> OVERLOOKING = Set.of("^", "~", "~>");

    private final RangeText range;
    private final Scheme scheme;

    SemanticRanges(RangeText range) {
        this.range = range;
        this.scheme = range.scheme();
    }

    VersionRange parse() throws InputException {
        VersionRange any = VersionRange.none();
        for (String alternative : RangeText.split(range.text(), scheme == Scheme.HEX ? " or " : "||")) {
            any = any.union(all(alternative.strip()));
        }
        return any;
    }

    private VersionRange all(String text) throws InputException {
        int hyphen = scheme == Scheme.NPM ? text.indexOf(" - ") : -1;
        List<Comparator> comparators = hyphen >= 0 ? hyphen(text, hyphen) : comparators(text);
        VersionRange named = VersionRange.none();
        for (Comparator comparator : comparators) {
            named = named.union(prereleasesNamed(comparator.partial));
        }
        VersionRange all = VersionRange.all();
        for (Comparator comparator : comparators) {
            all = all.intersect(versions(comparator, named));
        }
        return filters() ? all.withPrereleases(scheme, named) : all;
    }

    /** Whether pre-releases are in a range only where it names one of the same three numbers. */
    private boolean filters() {
        return scheme == Scheme.NPM || scheme == Scheme.CARGO;
    }

    private record Comparator(String operator, PartialVersion partial) {}

    private List<Comparator> hyphen(String text, int at) throws InputException {
        PartialVersion low = PartialVersion.read(range, text.substring(0, at).strip());
        PartialVersion high = PartialVersion.read(range, text.substring(at + 3).strip());
        return List.of(new Comparator(">=", low), new Comparator("<=", high));
    }

    private List<Comparator> comparators(String text) throws InputException {
        List<Comparator> comparators = new ArrayList<>();
        String rest = scheme == Scheme.PUB && text.equals("any") ? "" : text;
        if (rest.isEmpty() && scheme != Scheme.NPM && scheme != Scheme.PUB) {
            throw range.malformed("a version is missing");
        }
        while (!rest.isEmpty()) {
            String operator = RangeText.operator(rest, SIGNS);
            String version = rest.substring(operator.length()).strip();
            int end = 0;
            while (end < version.length() && isOfVersion(version.charAt(end))) {
                end++;
            }
            if (operator.isEmpty() && end == 0) {
                throw range.malformed("expected a version but found " + Versions.quoted(version));
            }
            PartialVersion partial = PartialVersion.read(range, version.substring(0, end));
            if (partial.wildcard() == Wildcard.MIXED && !OVERLOOKING.contains(operator)) {
                throw range.malformed(Versions.reason(scheme, version.substring(0, end)));
            }
            comparators.add(new Comparator(operator, partial));
            rest = afterSeparator(version.substring(end).strip());
        }
        return comparators;
    }

    /** npm lets a {@code v} or {@code =} and spaces stand before a version. */
    private static boolean isOfVersion(char c) {
        return c > ' ' && c != ',' && c != '<' && c != '>' && c != '^' && c != '~' && c != '!';
    }

    private String afterSeparator(String rest) throws InputException {
        boolean comma = rest.startsWith(",");
        boolean and = scheme == Scheme.HEX && rest.startsWith("and ");
        if (!comma && !and) {
            return rest;
        }
        String next = rest.substring(and ? 4 : 1).strip();
        if (next.isEmpty() && scheme != Scheme.NPM) {
            throw range.malformed("a version is missing at the end");
        }
        return next;
    }

    private VersionRange versions(Comparator comparator, VersionRange named) throws InputException {
        PartialVersion partial = comparator.partial;
        return switch (comparator.operator) {
            case "" -> scheme == Scheme.CARGO && partial.wildcard() == Wildcard.NO ? caret(partial) : equal(partial);
            case "=", "==" -> equal(partial);
            case "!=" -> equal(partial).complement();
            case "^" -> caret(partial);
            case "~", "~>", "~=" -> tilde(partial);
            case ">=" -> upTo(partial, partial.given() == 0 ? 0 : 4);
            case "<" -> less(partial, named);
            case ">" -> greater(partial);
            case "<=" -> atMost(partial);
            default -> throw range.malformed("unknown operator " + Versions.quoted(comparator.operator));
        };
    }

    private VersionRange equal(PartialVersion partial) throws InputException {
        if (partial.given() < 3) {
            return upTo(partial, partial.given());
        }
        return VersionRange.of(Interval.exactly(range.key(partial.text())));
    }

    private VersionRange less(PartialVersion partial, VersionRange named) throws InputException {
        return partial.given() == 0 ? VersionRange.none() : VersionRange.of(Interval.below(upper(partial, named)));
    }

    private VersionRange greater(PartialVersion partial) throws InputException {
        if (partial.given() == 0) {
            return VersionRange.none();
        }
        if (partial.given() < 3) {
            return VersionRange.of(Interval.atLeast(range.key(partial.next(partial.given()))));
        }
        return VersionRange.of(Interval.above(range.key(partial.text())));
    }

    private VersionRange atMost(PartialVersion partial) throws InputException {
        if (partial.given() == 0) {
            return VersionRange.all();
        }
        if (partial.given() < 3) {
            return VersionRange.of(Interval.below(range.key(partial.next(partial.given()) + "-0")));
        }
        return VersionRange.of(Interval.atMost(range.key(partial.text())));
    }

    /** A bound stands for its pre-releases too where it is not complete, and in Pub unless one of them is named. */
    private VersionKey upper(PartialVersion partial, VersionRange named) throws InputException {
        VersionKey key = range.key(partial.text());
        if (!partial.prerelease().isEmpty() || partial.given() == 3 && scheme != Scheme.PUB) {
            return key;
        }
        VersionKey lowest = range.key(partial.text() + "-0");
        return named.contains(lowest) ? key : lowest;
    }

    private VersionRange tilde(PartialVersion partial) throws InputException {
        if (scheme == Scheme.HEX) {
            return upTo(partial, partial.given() - 1);
        }
        return upTo(partial, Math.min(partial.given(), 2));
    }

    private VersionRange caret(PartialVersion partial) throws InputException {
        int keep = 1;
        int most = scheme == Scheme.PUB ? 2 : partial.given();
        while (keep < most && partial.isZero(keep - 1)) {
            keep++;
        }
        return upTo(partial, Math.min(keep, partial.given()));
    }

    /** From the version on while its first numbers stay: with none to keep, all; with more than there are, without end. */
    private VersionRange upTo(PartialVersion partial, int keep) throws InputException {
        if (keep == 0) {
            return VersionRange.all();
        }
        VersionRange from = partial.isLowest() && filters()
                ? VersionRange.all()
                : VersionRange.of(Interval.atLeast(range.key(partial.text())));
        return keep > 3 ? from : from.intersect(VersionRange.of(Interval.below(range.key(partial.next(keep) + "-0"))));
    }

    /** The pre-releases of the same three numbers, when the partial is one of them. */
    private VersionRange prereleasesNamed(PartialVersion partial) throws InputException {
        if (partial.prerelease().isEmpty()) {
            return VersionRange.none();
        }
        return VersionRange.of(Interval.between(range.key(partial.release() + "-0"), range.key(partial.release())));
    }
}
