package dev.holdfast.rules.text;

/**
 * A pattern as of fnmatch(3) without flags: {@code *} is any text, slashes included, {@code ?} one character, {@code [a-z]} and {@code [!a-z]}
 * one of a set, and a backslash takes the special meaning from what follows. A set that is not closed stands for itself.
 */
public final class Glob {
    private final String pattern;
    private final boolean ignoresCase;

    public Glob(String pattern, boolean ignoresCase) {
        this.pattern = ignoresCase ? Ascii.lower(pattern) : pattern;
        this.ignoresCase = ignoresCase;
    }

    /** Whether the pattern is nothing but a text. */
    public static boolean isLiteral(String pattern) {
        for (int i = 0; i < pattern.length(); i++) {
            if ("*?[\\".indexOf(pattern.charAt(i)) >= 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether the whole text matches. Only the last star is ever tried again, which suffices and bounds the cost. */
    public boolean matches(String text) {
        int at = 0;
        int place = 0;
        int star = -1;
        int starPlace = 0;
        while (place < text.length()) {
            int end = at < pattern.length() ? one(at, text.charAt(place)) : -1;
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                starPlace = place;
            } else if (end >= 0) {
                at = end;
                place++;
            } else if (star >= 0) {
                at = star + 1;
                place = ++starPlace;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }

    /** Where the pattern goes on when its next part, which is no star, takes the character; -1 when it does not. */
    private int one(int at, char given) {
        char c = ignoresCase ? Ascii.lower(given) : given;
        char expected = pattern.charAt(at);
        return switch (expected) {
            case '?' -> at + 1;
            case '[' -> set(at, c);
            case '\\' -> {
                if (at + 1 == pattern.length()) {
                    yield c == '\\' ? at + 1 : -1;
                }
                yield pattern.charAt(at + 1) == c ? at + 2 : -1;
            }
            default -> expected == c ? at + 1 : -1;
        };
    }

    private int set(int at, char c) {
        int i = at + 1;
        boolean isNegated = i < pattern.length() && (pattern.charAt(i) == '!' || pattern.charAt(i) == '^');
        if (isNegated) {
            i++;
        }
        boolean isIn = false;
        boolean isFirst = true;
        while (i < pattern.length() && (isFirst || pattern.charAt(i) != ']')) {
            isFirst = false;
            if (pattern.startsWith("[:", i) && pattern.indexOf(":]", i) > 0) {
                int close = pattern.indexOf(":]", i);
                isIn |= new CharSet(CharSet.posix(pattern.substring(i + 2, close)), false).has(c);
                i = close + 2;
                continue;
            }
            if (pattern.charAt(i) == '\\' && i + 1 < pattern.length()) {
                i++;
            }
            char first = pattern.charAt(i++);
            char last = first;
            if (i + 1 < pattern.length() && pattern.charAt(i) == '-' && pattern.charAt(i + 1) != ']') {
                last = pattern.charAt(i + 1);
                i += 2;
            }
            isIn |= c >= first && c <= last;
        }
        if (i == pattern.length()) {
            return c == '[' ? at + 1 : -1;
        }
        return isIn != isNegated ? i + 1 : -1;
    }
}
