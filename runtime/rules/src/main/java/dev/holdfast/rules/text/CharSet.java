package dev.holdfast.rules.text;

import java.util.Arrays;

/**
 * A set of characters (code units of UTF-16).
 *
 * @param ranges pairs of first and last, in any order
 * @param isNegated whether it is everything else
 */
record CharSet(char[] ranges, boolean isNegated) {
    /** Everything but a line feed. */
    static final CharSet ANY = new CharSet(new char[] {'\n', '\n'}, true);

    static CharSet of(char c) {
        return new CharSet(new char[] {c, c}, false);
    }

    boolean has(char c) {
        for (int i = 0; i < ranges.length; i += 2) {
            if (c >= ranges[i] && c <= ranges[i + 1]) {
                return !isNegated;
            }
        }
        return isNegated;
    }

    /** The set of POSIX's name for it, such as {@code alpha}; empty when there is none. */
    static char[] posix(String name) {
        return switch (name) {
            case "alnum" -> chars("09AZaz");
            case "alpha" -> chars("AZaz");
            case "ascii" -> chars("\u0000\u007f");
            case "blank" -> chars("  \t\t");
            case "cntrl" -> chars("\u0000\u001f\u007f\u007f");
            case "digit" -> chars("09");
            case "graph" -> chars("!~");
            case "lower" -> chars("az");
            case "print" -> chars(" ~");
            case "punct" -> chars("!/:@[`{~");
            case "space" -> chars("  \t\r");
            case "upper" -> chars("AZ");
            case "word" -> chars("09AZaz__");
            case "xdigit" -> chars("09AFaf");
            default -> new char[0];
        };
    }

    /** The set of a letter behind a backslash, such as {@code \d}; empty when there is none. */
    static CharSet perl(char letter) {
        return switch (letter) {
            case 'd' -> new CharSet(posix("digit"), false);
            case 'D' -> new CharSet(posix("digit"), true);
            case 's' -> new CharSet(posix("space"), false);
            case 'S' -> new CharSet(posix("space"), true);
            case 'w' -> new CharSet(posix("word"), false);
            case 'W' -> new CharSet(posix("word"), true);
            default -> new CharSet(new char[0], false);
        };
    }

    private static char[] chars(String pairs) {
        return pairs.toCharArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CharSet set && set.isNegated == isNegated && Arrays.equals(set.ranges, ranges);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ranges);
    }

    @Override
    public String toString() {
        return (isNegated ? "[^" : "[") + new String(ranges) + "]";
    }
}
