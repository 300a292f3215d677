package dev.holdfast.version;

import dev.holdfast.core.InputException;
import dev.holdfast.version.VersionRange.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Constraints of Composer, as composer/semver reads them.
 *
 * <pre>
 * range      = all { ( "||" | "|" ) all } ;
 * all        = partial " - " partial | constraint { ( "," | " " ) constraint } ;
 * constraint = [ "=" | "==" | "!=" | "&lt;&gt;" | "&lt;" | "&lt;=" | "&gt;" | "&gt;=" | "~" | "^" ] version | partial ".*" | "*" ;
 * version    = [ "v" ] number { "." number } [ [ "-" ] stability [ number ] ] [ "@" flag ] | "dev-" branch ;     up to four numbers
 * </pre>
 *
 * <p>Missing numbers are 0. {@code >=} and {@code <} with a stable version, and the bounds of {@code ~ ^ *} and of ranges, stand for the
 * lowest pre-release of it ({@code -dev}): {@code <2.0} leaves out 2.0-beta.
 *
 * <p><b>Spellings.</b> Composer takes 1.0 and 1.0.0.0 for the same version; the order of keys, PHP's, does not. So a bound is laid through
 * every spelling: from {@code V} on, whose numbers without trailing zeros are {@code r}, are the versions
 *
 * <pre>
 * r-dev … r,   r.0-dev … r.0,   …,   and from r.0.0.0-dev (four numbers) on without end
 * </pre>
 *
 * with V's own stability in the place of dev. Those are all: between {@code r.0} and {@code r.0.0} PHP has only the pre-releases of the
 * latter. All comparisons come from this set and that of the spellings of V itself.
 */
final class ComposerRanges {
    private static final int NUMBERS = 4;
    private static final String LOWEST = "-dev";

    private final RangeText range;

    ComposerRanges(RangeText range) {
        this.range = range;
    }

    VersionRange parse() throws InputException {
        VersionRange any = VersionRange.none();
        for (String alternative : RangeText.split(range.text().replace("||", "|"), "|")) {
            any = any.union(all(alternative.strip()));
        }
        return any;
    }

    private VersionRange all(String text) throws InputException {
        int hyphen = text.indexOf(" - ");
        if (hyphen >= 0) {
            return hyphen(
                    text.substring(0, hyphen).strip(),
                    text.substring(hyphen + 3).strip());
        }
        VersionRange all = VersionRange.all();
        String rest = text;
        do {
            String operator = RangeText.operator(rest, "<>=!~^");
            String version = rest.substring(operator.length()).strip();
            int end = 0;
            while (end < version.length() && version.charAt(end) > ' ' && version.charAt(end) != ',') {
                end++;
            }
            all = all.intersect(constraint(operator, version.substring(0, end)));
            rest = version.substring(end).strip();
            if (rest.startsWith(",")) {
                rest = rest.substring(1).strip();
            }
        } while (!rest.isEmpty());
        return all;
    }

    private VersionRange hyphen(String low, String high) throws InputException {
        Parts to = parts(high);
        boolean complete = to.numbers.size() > 2 || !to.stability.isEmpty();
        VersionRange below = complete ? atMost(to) : below(to.next(to.numbers.size()));
        return atLeast(parts(low)).intersect(below);
    }

    private VersionRange constraint(String operator, String version) throws InputException {
        if (operator.isEmpty() && (version.equals("*") || version.equals("x"))) {
            return VersionRange.all();
        }
        if (version.startsWith("dev-")) {
            return range.compared(operator, range.key(version));
        }
        if (operator.isEmpty() && (version.endsWith(".*") || version.endsWith(".x"))) {
            return beginning(version);
        }
        Parts parts = parts(version);
        return switch (operator) {
            case "", "=", "==" -> exactly(parts);
            case "!=", "<>" -> exactly(parts).complement();
            case ">=" -> atLeast(parts);
            case "<" -> below(parts);
            case "<=" -> atMost(parts);
            case ">" -> atMost(parts).complement();
            case "~" -> atLeast(parts).intersect(below(parts.next(Math.max(1, parts.numbers.size() - 1))));
            case "^" -> atLeast(parts).intersect(below(parts.next(parts.significant())));
            default -> throw range.malformed("unknown operator " + Versions.quoted(operator));
        };
    }

    private VersionRange beginning(String version) throws InputException {
        String prefix = version;
        while (prefix.endsWith(".*") || prefix.endsWith(".x")) {
            prefix = prefix.substring(0, prefix.length() - 2);
        }
        Parts parts = parts(prefix);
        return atLeast(parts).intersect(below(parts.next(parts.numbers.size())));
    }

    /**
     * A version in its parts.
     *
     * @param numbers one to four
     * @param stability with its hyphen, as PHP orders it; empty when stable
     */
    private record Parts(List<String> numbers, String stability) {
        /** The numbers without trailing zeros, at least one. */
        int shortest() {
            int end = numbers.size();
            while (end > 1 && isZero(end - 1)) {
                end--;
            }
            return end;
        }

        boolean isZero(int index) {
            return numbers.get(index).chars().allMatch(c -> c == '0');
        }

        /** How many numbers {@code ^} keeps: all up to the first that is not 0, of three. */
        int significant() {
            int keep = 1;
            while (keep < Math.min(numbers.size(), 3) && isZero(keep - 1)) {
                keep++;
            }
            return keep;
        }

        /** The version with as many numbers, the last one higher. */
        Parts next(int keep) {
            List<String> next = new ArrayList<>(numbers.subList(0, keep));
            next.add(Digits.plusOne(next.removeLast()));
            return new Parts(next, "");
        }

        /** The numbers written with that many of them. */
        String spelled(int count) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < count; i++) {
                text.append(i == 0 ? "" : ".").append(i < numbers.size() ? numbers.get(i) : "0");
            }
            return text.toString();
        }
    }

    private Parts parts(String version) throws InputException {
        int at = version.indexOf('@');
        String text = at < 0 ? version : version.substring(0, at);
        range.key(text);
        List<String> numbers = new ArrayList<>();
        int i = text.startsWith("v") || text.startsWith("V") ? 1 : 0;
        while (numbers.size() < NUMBERS) {
            int end = Ascii.endOfDigits(text, i);
            if (end == i) {
                break;
            }
            numbers.add(text.substring(i, end));
            i = end;
            if (i + 1 < text.length() && text.charAt(i) == '.' && Ascii.isDigit(text.charAt(i + 1))) {
                i++;
            }
        }
        if (numbers.isEmpty()) {
            throw range.malformed(Versions.reason(Scheme.COMPOSER, version));
        }
        int plus = text.indexOf('+', i);
        return new Parts(numbers, stability(text.substring(i, plus < 0 ? text.length() : plus)));
    }

    /** Composer knows the words in any case, PHP only in this one. */
    private static String stability(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        while (!word.isEmpty() && !Ascii.isAlphanumeric(word.charAt(0))) {
            word = word.substring(1);
        }
        return word.isEmpty() || word.equals("stable") ? "" : "-" + word;
    }

    private VersionRange atLeast(Parts parts) throws InputException {
        return from(parts, parts.stability.isEmpty() ? LOWEST : parts.stability);
    }

    private VersionRange below(Parts parts) throws InputException {
        return atLeast(parts).complement();
    }

    private VersionRange atMost(Parts parts) throws InputException {
        return from(parts, parts.stability).complement().union(exactly(parts));
    }

    private VersionRange from(Parts parts, String stability) throws InputException {
        List<Interval> spellings = new ArrayList<>();
        for (int count = parts.shortest(); count < NUMBERS; count++) {
            VersionKey low = range.key(parts.spelled(count) + stability);
            VersionKey high = range.key(parts.spelled(count));
            spellings.add(new Interval(Optional.of(low), true, Optional.of(high), true));
        }
        spellings.add(Interval.atLeast(range.key(parts.spelled(NUMBERS) + stability)));
        return VersionRange.of(spellings);
    }

    private VersionRange exactly(Parts parts) throws InputException {
        List<Interval> spellings = new ArrayList<>();
        for (int count = parts.shortest(); count <= NUMBERS; count++) {
            spellings.add(Interval.exactly(range.key(parts.spelled(count) + parts.stability)));
        }
        return VersionRange.of(spellings);
    }
}
