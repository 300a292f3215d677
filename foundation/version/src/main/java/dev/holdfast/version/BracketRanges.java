package dev.holdfast.version;

import dev.holdfast.core.InputException;
import dev.holdfast.version.VersionRange.Interval;
import java.util.Optional;

/**
 * Ranges of Maven and NuGet.
 *
 * <pre>
 * range    = interval { [ "," ] interval } | version | comparisons ;          spaces around each
 * interval = ( "[" | "(" ) [ version ] "," [ version ] ( "]" | ")" )          a missing bound is none
 *          | "[" version "]" ;                                              that version alone
 * version:  Maven: a wish that forbids nothing, so all versions; NuGet: that version or a later one; 1.* is all that begins so
 * comparisons: as in advisories, see {@link ComparisonRanges}; told by the first character
 * </pre>
 */
final class BracketRanges {
    private final RangeText range;

    BracketRanges(RangeText range) {
        this.range = range;
    }

    VersionRange parse() throws InputException {
        String text = range.text().strip();
        if (text.isEmpty()) {
            throw range.malformed("a version is missing");
        }
        return switch (text.charAt(0)) {
            case '[', '(' -> intervals(text);
            case '<', '>', '=', '!' -> new ComparisonRanges(range).parse();
            default -> range.scheme() == Scheme.NUGET ? minimum(text) : wish(text);
        };
    }

    private VersionRange intervals(String text) throws InputException {
        VersionRange any = VersionRange.none();
        String rest = text;
        while (!rest.isEmpty()) {
            if (rest.charAt(0) != '[' && rest.charAt(0) != '(') {
                throw range.malformed("expected [ or ( but found " + Versions.quoted(rest));
            }
            int end = endOfInterval(rest);
            any = any.union(VersionRange.of(interval(rest, end)));
            rest = rest.substring(end + 1).strip();
            if (rest.startsWith(",")) {
                rest = rest.substring(1).strip();
            }
        }
        return any;
    }

    private int endOfInterval(String text) throws InputException {
        for (int i = 1; i < text.length(); i++) {
            if (text.charAt(i) == ']' || text.charAt(i) == ')') {
                return i;
            }
        }
        throw range.malformed("an interval is not closed with ] or )");
    }

    private Interval interval(String text, int end) throws InputException {
        boolean lowInclusive = text.charAt(0) == '[';
        boolean highInclusive = text.charAt(end) == ']';
        String inside = text.substring(1, end);
        int comma = inside.indexOf(',');
        if (comma < 0) {
            if (!lowInclusive || !highInclusive) {
                throw range.malformed("a single version stands in [ and ]");
            }
            return Interval.exactly(range.key(inside.strip()));
        }
        Optional<VersionKey> low = bound(inside.substring(0, comma));
        Optional<VersionKey> high = bound(inside.substring(comma + 1));
        Interval interval = new Interval(low, lowInclusive, high, highInclusive);
        if (interval.isEmpty()) {
            throw range.malformed("no version can be in " + Versions.quoted(text.substring(0, end + 1)));
        }
        return interval;
    }

    private Optional<VersionKey> bound(String version) throws InputException {
        return version.isBlank() ? Optional.empty() : Optional.of(range.key(version.strip()));
    }

    private VersionRange wish(String version) throws InputException {
        range.key(version);
        return VersionRange.all();
    }

    private VersionRange minimum(String version) throws InputException {
        if (version.equals("*")) {
            return VersionRange.all();
        }
        if (!version.endsWith(".*")) {
            return VersionRange.of(Interval.atLeast(range.key(version)));
        }
        String prefix = version.substring(0, version.length() - 2);
        int dot = prefix.lastIndexOf('.');
        String next = prefix.substring(0, dot + 1) + Digits.plusOne(prefix.substring(dot + 1));
        return VersionRange.of(Interval.between(range.key(prefix), range.key(next + "-0")));
    }
}
