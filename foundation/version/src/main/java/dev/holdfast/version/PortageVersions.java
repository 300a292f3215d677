package dev.holdfast.version;

/**
 * Versions of Gentoo packages, ordered as the Package Manager Specification says (PMS 8, section 3.2 and 3.3).
 *
 * <pre>
 * version = number { "." number } [ letter ] { "_" suffix [ number ] } [ "-r" number ] ;
 * suffix  = "alpha" | "beta" | "pre" | "rc" | "p" ;                      letter: a to z
 * order:  numbers, a longer list above what it continues; then letter, none first; then suffixes; then revision, none is 0
 *         suffixes at one place:  _alpha &lt; _beta &lt; _pre &lt; _rc  &lt;  end  &lt;  _p,  then their numbers, none is 0
 * </pre>
 *
 * <p>From the second number on, where one of two begins with 0 both are compared as text, without their trailing zeros.
 *
 * <p><b>Key.</b> The first number. Each further one: the mark "begins with 0" and what follows as a word, or the number. Then, below both,
 * zero or the letter's place in the alphabet; a mark and a number for each suffix; the mark of the end; the revision.
 */
final class PortageVersions implements VersionOrder {
    private static final int LEADING_ZERO = 27;
    private static final int FIRST_NUMBER = 28;
    private static final int END = 5;
    private static final int PATCH = 6;

    private static final String[] SUFFIXES = {"alpha", "beta", "pre", "rc", "p"};
    private static final int[] SUFFIX_MARKS = {1, 2, 3, 4, PATCH};

    @Override
    public boolean encode(String version, KeyWriter out) {
        int at = numbers(version, out);
        if (at == 0) {
            return false;
        }
        boolean hasLetter = at < version.length() && Ascii.isLower(version.charAt(at));
        out.mark(hasLetter ? version.charAt(at) - 'a' + 1 : 0);
        at = suffixes(version, hasLetter ? at + 1 : at, out);
        out.mark(END);
        return revision(version, at, out);
    }

    @Override
    public String rule() {
        return "number{.number}[letter]{_alpha|_beta|_pre|_rc|_p[number]}[-rnumber]";
    }

    /** Gives where the numbers end; 0 when there are none. */
    private static int numbers(String text, KeyWriter out) {
        int end = Ascii.endOfDigits(text, 0);
        out.number(text, 0, end, 0);
        while (end > 0 && end + 1 < text.length() && text.charAt(end) == '.' && Ascii.isDigit(text.charAt(end + 1))) {
            int start = end + 1;
            end = Ascii.endOfDigits(text, start);
            if (text.charAt(start) == '0') {
                out.mark(LEADING_ZERO)
                        .word(text, start + 1, Math.max(start + 1, withoutTrailingZeros(text, start, end)));
            } else {
                out.number(text, start, end, FIRST_NUMBER);
            }
        }
        return end;
    }

    private static int withoutTrailingZeros(String text, int from, int to) {
        int end = to;
        while (end > from && text.charAt(end - 1) == '0') {
            end--;
        }
        return end;
    }

    private static int suffixes(String text, int from, KeyWriter out) {
        int at = from;
        while (at < text.length() && text.charAt(at) == '_') {
            int end = at;
            for (int i = 0; end == at && i < SUFFIXES.length; i++) {
                if (text.startsWith(SUFFIXES[i], at + 1)) {
                    int digits = at + 1 + SUFFIXES[i].length();
                    end = Ascii.endOfDigits(text, digits);
                    out.mark(SUFFIX_MARKS[i]).number(text, digits, end, 0);
                }
            }
            if (end == at) {
                return at;
            }
            at = end;
        }
        return at;
    }

    private static boolean revision(String text, int from, KeyWriter out) {
        if (from == text.length()) {
            return true;
        }
        int end = Ascii.endOfDigits(text, Math.min(from + 2, text.length()));
        if (!text.startsWith("-r", from) || end == from + 2 || end < text.length()) {
            return false;
        }
        out.number(text, from + 2, end, 0);
        return true;
    }
}
