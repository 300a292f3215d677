package dev.holdfast.version;

import dev.holdfast.core.InputException;
import dev.holdfast.version.VersionRange.Interval;
import java.util.Locale;

/**
 * Version specifiers of Python packages, as PEP 440 says.
 *
 * <pre>
 * range     = [ specifier { "," specifier } ] ;                              spaces around each; none at all is every version
 * specifier = ( "~=" | "==" | "!=" | "&lt;=" | "&gt;=" | "&lt;" | "&gt;" | "===" ) version
 *           | ( "==" | "!=" ) [ epoch "!" ] number { "." number } ".*" ;
 * </pre>
 *
 * <p>A specifier without local part does not look at that of a version. {@code >V} also leaves out the post-releases of V, unless V is one,
 * and {@code <V} the pre-releases of V, unless V is one. {@code ~=1.2.3} is {@code >=1.2.3, ==1.2.*}. Pre-releases count like all others: the
 * versions that we ask about are there, and no longer to be chosen.
 */
final class PypiRanges {
    private static final String SIGNS = "~=!<>";

    private final RangeText range;

    PypiRanges(RangeText range) {
        this.range = range;
    }

    VersionRange parse() throws InputException {
        VersionRange all = VersionRange.all();
        if (range.text().isBlank()) {
            return all;
        }
        for (String specifier : RangeText.split(range.text(), ",")) {
            String text = specifier.strip();
            String operator = RangeText.operator(text, SIGNS);
            String version = text.substring(operator.length()).strip().toLowerCase(Locale.ROOT);
            all = all.intersect(versions(operator, version));
        }
        return all;
    }

    private VersionRange versions(String operator, String version) throws InputException {
        if (version.endsWith(".*") && (operator.equals("==") || operator.equals("!="))) {
            VersionRange beginning = beginning(version.substring(0, version.length() - 2));
            return operator.equals("==") ? beginning : beginning.complement();
        }
        VersionKey key = range.key(version);
        if (PypiVersions.isLegacy(key)) {
            return range.compared(operator, key);
        }
        return switch (operator) {
            case "===" -> VersionRange.of(Interval.exactly(key));
            case "", "==" -> equal(version, key);
            case "!=" -> equal(version, key).complement();
            case ">=" -> VersionRange.of(Interval.atLeast(key));
            case "<=" -> VersionRange.of(Interval.below(aboveLocals(version, key)));
            case ">" -> greater(version, key);
            case "<" -> less(version, key);
            case "~=" -> compatible(version, key);
            default -> throw range.malformed("unknown operator " + Versions.quoted(operator));
        };
    }

    private static VersionRange equal(String version, VersionKey key) {
        return version.indexOf('+') >= 0
                ? VersionRange.of(Interval.exactly(key))
                : VersionRange.of(Interval.between(key, PypiVersions.aboveLocals(version)));
    }

    private static VersionKey aboveLocals(String version, VersionKey key) {
        int plus = version.indexOf('+');
        return plus >= 0 ? key : PypiVersions.aboveLocals(version);
    }

    private VersionRange greater(String version, VersionKey key) {
        String base = withoutLocal(version);
        return VersionRange.of(Interval.atLeast(
                PypiVersions.isPostOrDev(key) ? PypiVersions.aboveLocals(base) : PypiVersions.abovePosts(base)));
    }

    private VersionRange less(String version, VersionKey key) throws InputException {
        String base = withoutLocal(version);
        boolean isPrerelease = range.scheme().isPrerelease(key);
        return VersionRange.of(Interval.below(range.key(isPrerelease ? base : base + ".dev0")));
    }

    private static String withoutLocal(String version) {
        int plus = version.indexOf('+');
        return plus < 0 ? version : version.substring(0, plus);
    }

    private VersionRange compatible(String version, VersionKey key) throws InputException {
        int end = endOfRelease(version);
        int lastDot = version.lastIndexOf('.', end - 1);
        if (lastDot < 0 || lastDot < version.indexOf('!')) {
            throw range.malformed("~= needs at least two numbers, such as ~=1.0");
        }
        return VersionRange.of(Interval.atLeast(key)).intersect(beginning(version.substring(0, lastDot)));
    }

    /** All versions whose first numbers are these: from the first development release to that of the next. */
    private VersionRange beginning(String prefix) throws InputException {
        if (endOfRelease(prefix) != prefix.length()) {
            throw range.malformed("only numbers may stand before .*");
        }
        int last = Math.max(prefix.lastIndexOf('.'), prefix.lastIndexOf('!')) + 1;
        last += prefix.startsWith("v", last) ? 1 : 0;
        String next = prefix.substring(0, last) + Digits.plusOne(prefix.substring(last));
        return VersionRange.of(Interval.between(range.key(prefix + ".dev0"), range.key(next + ".dev0")));
    }

    /** Where the epoch and the numbers end. */
    private static int endOfRelease(String version) {
        int end = version.startsWith("v") ? 1 : 0;
        while (end < version.length() && isOfRelease(version, end)) {
            end++;
        }
        return end;
    }

    private static boolean isOfRelease(String version, int at) {
        char c = version.charAt(at);
        return Ascii.isDigit(c)
                || c == '!'
                || c == '.' && at + 1 < version.length() && Ascii.isDigit(version.charAt(at + 1));
    }
}
