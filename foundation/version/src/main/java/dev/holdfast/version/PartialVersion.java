package dev.holdfast.version;

import dev.holdfast.core.InputException;
import java.util.ArrayList;
import java.util.List;

/**
 * A semantic version of which the last numbers may be missing, as ranges have it.
 *
 * @param numbers those that are given, up to three
 * @param wildcard whether a sign stands for the first that is missing
 * @param prerelease with its hyphen; empty when there is none
 */
record PartialVersion(List<String> numbers, Wildcard wildcard, String prerelease) {

    /** Whether signs stand for numbers, and whether numbers follow those, which only {@code ^}, {@code ~} and ranges overlook. */
    enum Wildcard {
        NO,
        YES,
        MIXED
    }

    /** How many numbers there are, 0 to 3. */
    int given() {
        return numbers.size();
    }

    String number(int index) {
        return index < given() ? numbers.get(index) : "0";
    }

    boolean isZero(int index) {
        return number(index).chars().allMatch(c -> c == '0');
    }

    /** Whether this is 0.0.0, below which there are only pre-releases. */
    boolean isLowest() {
        return isZero(0) && isZero(1) && isZero(2) && prerelease.isEmpty();
    }

    /** The version without its pre-release, missing numbers as 0. */
    String release() {
        return number(0) + "." + number(1) + "." + number(2);
    }

    String text() {
        return release() + prerelease;
    }

    /** The lowest version whose first numbers are these, the last of them one higher. */
    String next(int keep) {
        StringBuilder next = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            String number = i < keep ? number(i) : "0";
            next.append(i == 0 ? "" : ".").append(i + 1 == keep ? Digits.plusOne(number) : number);
        }
        return next.toString();
    }

    /** Reads {@code number [ "." number [ "." number [ "-" pre-release ] ] ] [ "+" build ]}; the build is left out. */
    static PartialVersion read(RangeText range, String version) throws InputException {
        int plus = version.indexOf('+');
        String text = plus < 0 ? version : version.substring(0, plus);
        boolean npm = range.scheme() == Scheme.NPM;
        while (npm && (text.startsWith("v") || text.startsWith("="))) {
            text = text.substring(1).strip();
        }
        if (npm && text.isEmpty() && plus < 0) {
            return new PartialVersion(List.of(), Wildcard.NO, "");
        }
        boolean hasBuild = plus < 0 || isBuild(version, plus + 1);
        PartialVersion partial = numbers(range.scheme(), text);
        if (!hasBuild || !isComplete(partial, range.scheme())) {
            throw range.malformed(Versions.reason(range.scheme(), version));
        }
        if (partial.given() < 3) {
            return new PartialVersion(partial.numbers, partial.wildcard, "");
        }
        range.key(String.join(".", partial.numbers) + partial.prerelease);
        boolean hyphened = partial.prerelease.isEmpty() || partial.prerelease.charAt(0) == '-';
        return hyphened ? partial : new PartialVersion(partial.numbers, partial.wildcard, "-" + partial.prerelease);
    }

    /** The numbers and signs, and all that follows as pre-release. */
    private static PartialVersion numbers(Scheme scheme, String text) {
        List<String> numbers = new ArrayList<>();
        Wildcard wildcard = Wildcard.NO;
        int at = 0;
        for (int i = 0; i < 3; i++) {
            int start = i == 0 ? 0 : at + 1;
            int end = Ascii.endOfDigits(text, Math.min(start, text.length()));
            boolean sign = end == start && start < text.length() && isWildcard(scheme, text.charAt(start));
            if (end <= start && !sign || i > 0 && text.charAt(at) != '.') {
                break;
            }
            if (sign) {
                wildcard = wildcard == Wildcard.NO ? Wildcard.YES : wildcard;
            } else if (wildcard == Wildcard.NO) {
                numbers.add(text.substring(start, end));
            } else {
                wildcard = Wildcard.MIXED;
            }
            at = sign ? start + 1 : end;
        }
        return new PartialVersion(List.copyOf(numbers), wildcard, text.substring(at));
    }

    /** Whether nothing follows too few numbers, or what may: a pre-release after a sign says nothing. */
    private static boolean isComplete(PartialVersion partial, Scheme scheme) {
        int given = partial.given();
        if (given == 3) {
            return true;
        }
        boolean tooFew = scheme == Scheme.PUB || scheme == Scheme.HEX && given < 2;
        if (partial.wildcard == Wildcard.NO) {
            return given > 0 && !tooFew && partial.prerelease.isEmpty();
        }
        return partial.prerelease.isEmpty() || partial.prerelease.startsWith("-");
    }

    private static boolean isWildcard(Scheme scheme, char c) {
        return (scheme == Scheme.NPM || scheme == Scheme.CARGO) && (c == 'x' || c == 'X' || c == '*');
    }

    private static boolean isBuild(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Ascii.isAlphanumeric(c) && c != '-' && c != '.') {
                return false;
            }
        }
        return from < text.length();
    }
}
