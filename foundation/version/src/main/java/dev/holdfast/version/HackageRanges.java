package dev.holdfast.version;

import dev.holdfast.core.InputException;
import dev.holdfast.version.VersionRange.Interval;

/**
 * Version ranges of Haskell packages, as Cabal writes them, without parentheses and sets.
 *
 * <pre>
 * range      = all { "||" all } ;     all = comparison { ( "&amp;&amp;" | "," ) comparison } ;
 * comparison = ( "==" | "&lt;" | "&lt;=" | "&gt;" | "&gt;=" | "^&gt;=" ) version | "==" version ".*" | "-any" | "-none" ;
 * </pre>
 *
 * <p>{@code ^>=1.2.3} is {@code >=1.2.3 && <1.3}: the first two numbers stay.
 */
final class HackageRanges {
    private final RangeText range;

    HackageRanges(RangeText range) {
        this.range = range;
    }

    VersionRange parse() throws InputException {
        VersionRange any = VersionRange.none();
        for (String alternative : RangeText.split(range.text(), "||")) {
            VersionRange all = VersionRange.all();
            for (String comparison : RangeText.split(alternative.replace("&&", ","), ",")) {
                all = all.intersect(comparison(comparison.strip()));
            }
            any = any.union(all);
        }
        return any;
    }

    private VersionRange comparison(String text) throws InputException {
        if (text.equals("-any") || text.equals("*")) {
            return VersionRange.all();
        }
        if (text.equals("-none")) {
            return VersionRange.none();
        }
        String operator = RangeText.operator(text, "=<>^!");
        String version = text.substring(operator.length()).strip();
        if (version.endsWith(".*")) {
            String prefix = version.substring(0, version.length() - 2);
            return VersionRange.of(Interval.between(range.key(prefix), range.key(next(prefix))));
        }
        if (operator.equals("^>=")) {
            return VersionRange.of(Interval.between(range.key(version), range.key(next(firstTwo(version)))));
        }
        return range.compared(operator, range.key(version));
    }

    private static String firstTwo(String version) {
        int first = version.indexOf('.');
        int second = first < 0 ? -1 : version.indexOf('.', first + 1);
        return first < 0 ? version + ".0" : second < 0 ? version : version.substring(0, second);
    }

    private static String next(String version) {
        int last = version.lastIndexOf('.') + 1;
        return version.substring(0, last) + Digits.plusOne(version.substring(last));
    }
}
