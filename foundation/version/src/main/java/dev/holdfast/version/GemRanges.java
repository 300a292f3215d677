package dev.holdfast.version;

import dev.holdfast.core.InputException;
import dev.holdfast.version.VersionRange.Interval;
import java.util.ArrayList;
import java.util.List;

/**
 * Requirements of Ruby gems, as {@code Gem::Requirement} reads them.
 *
 * <pre>
 * range       = requirement { "," requirement } ;
 * requirement = [ "=" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;=" | "~&gt;" ] version ;      spaces around each; "||" for or, as advisories have it
 * </pre>
 *
 * <p>{@code ~> 2.2.0} is {@code >= 2.2.0} below 2.3 and its pre-releases: the last number may grow, and with only one, that one. Pre-releases
 * count like all others.
 */
final class GemRanges {
    private final RangeText range;

    GemRanges(RangeText range) {
        this.range = range;
    }

    VersionRange parse() throws InputException {
        VersionRange any = VersionRange.none();
        for (String alternative : RangeText.split(range.text(), "||")) {
            VersionRange all = VersionRange.all();
            for (String requirement : RangeText.split(alternative, ",")) {
                String text = requirement.strip();
                String operator = RangeText.operator(text, "~=!<>");
                String version = text.substring(operator.length()).strip();
                VersionKey key = range.key(version);
                all = all.intersect(operator.equals("~>") ? pessimistic(version, key) : range.compared(operator, key));
            }
            any = any.union(all);
        }
        return any;
    }

    private VersionRange pessimistic(String version, VersionKey key) throws InputException {
        List<String> numbers = new ArrayList<>();
        for (String segment : RangeText.split(version.replace('-', '.'), ".")) {
            int end = Ascii.endOfDigits(segment, 0);
            if (end > 0) {
                numbers.add(segment.substring(0, end));
            }
            if (end < segment.length()) {
                break;
            }
        }
        if (numbers.size() > 1) {
            numbers.removeLast();
        }
        numbers.add(Digits.plusOne(numbers.removeLast()));
        // An upper-case A is the lowest text there is, so this is below every pre-release of the bound.
        return VersionRange.of(Interval.between(key, range.key(String.join(".", numbers) + ".A")));
    }
}
