package dev.holdfast.version;

import dev.holdfast.core.InputException;
import dev.holdfast.version.VersionRange.Interval;
import java.util.Arrays;

/**
 * Ranges of ecosystems without a syntax of their own, and of advisories.
 *
 * <pre>
 * range      = all { "||" all } ;
 * all        = comparison { [ "," ] comparison } | "*" ;
 * comparison = [ "=" | "==" | "!=" | "&lt;" | "&lt;&lt;" | "&lt;=" | "&gt;" | "&gt;&gt;" | "&gt;=" ] version ;    spaces around each
 * </pre>
 *
 * <p>As in the dependencies of rpm and pacman, a version without release stands for all its releases there: {@code <=1.0} holds 1.0-5.
 */
final class ComparisonRanges {
    private static final String SIGNS = "<>=!";

    private final RangeText range;

    ComparisonRanges(RangeText range) {
        this.range = range;
    }

    VersionRange parse() throws InputException {
        VersionRange any = VersionRange.none();
        for (String alternative : RangeText.split(range.text(), "||")) {
            any = any.union(all(alternative));
        }
        return any;
    }

    private VersionRange all(String text) throws InputException {
        VersionRange all = VersionRange.all();
        String rest = text.strip();
        if (rest.isEmpty()) {
            throw range.malformed("a version is missing");
        }
        while (!rest.isEmpty()) {
            String operator = RangeText.operator(rest, SIGNS);
            String version = rest.substring(operator.length()).strip();
            int end = 0;
            while (end < version.length() && isOfVersion(version.charAt(end))) {
                end++;
            }
            all = all.intersect(comparison(operator, version.substring(0, end)));
            rest = afterComma(version.substring(end).strip());
        }
        return all;
    }

    private VersionRange comparison(String operator, String version) throws InputException {
        if (operator.isEmpty() && version.equals("*")) {
            return VersionRange.all();
        }
        VersionKey key = range.key(version);
        boolean knowsReleases = range.scheme() == Scheme.RPM || range.scheme() == Scheme.PACMAN;
        if (!knowsReleases || version.indexOf('-') >= 0) {
            return range.compared(operator, key);
        }
        VersionKey above = aboveReleases(key);
        return switch (operator) {
            case "", "=", "==" -> VersionRange.of(Interval.between(key, above));
            case "!=" -> VersionRange.of(Interval.between(key, above)).complement();
            case "<=" -> VersionRange.of(Interval.below(above));
            case ">" -> VersionRange.of(Interval.atLeast(above));
            default -> range.compared(operator, key);
        };
    }

    /** A key without release ends with the mark of its version's end, and a release begins with less than the highest byte. */
    private static VersionKey aboveReleases(VersionKey key) {
        byte[] bytes = Arrays.copyOf(key.bytes(), key.length() + 1);
        bytes[key.length()] = (byte) KeyWriter.HIGHEST;
        return VersionKey.ofOwned(bytes);
    }

    private String afterComma(String rest) throws InputException {
        if (!rest.startsWith(",")) {
            return rest;
        }
        String next = rest.substring(1).strip();
        if (next.isEmpty()) {
            throw range.malformed("a version is missing after the last comma");
        }
        return next;
    }

    private static boolean isOfVersion(char c) {
        return c > ' ' && c != ',' && c != '|' && SIGNS.indexOf(c) < 0;
    }
}
