package dev.holdfast.version;

/**
 * Versions of Ruby gems, ordered as {@code Gem::Version} does; CocoaPods takes over the same order.
 *
 * <pre>
 * version = [ number { "." word } [ "-" words { "." words } ] ] ;     word: letters and digits; words: with hyphens too; space around
 * </pre>
 *
 * <p>A hyphen is read as {@code .pre.}; then runs of digits are numbers, runs of letters text (case counts), and everything else only
 * splits. Zeros right before the first text, and at the end, are dropped. A version that has ended goes on as zeros.
 *
 * <pre>
 * order at one place:  text  &lt;  number
 * </pre>
 *
 * <p><b>Key.</b> A zero in the middle is above or below the end, depending on whether text or a number above 0 comes first after it and
 * the zeros that follow. So there are two marks for it, around that of the end, and the places are: text, low zero, end, high zero,
 * numbers.
 */
final class GemVersions implements VersionOrder {
    private static final int TEXT = 1;
    private static final int LOW_ZERO = 2;
    private static final int END = 3;
    private static final int HIGH_ZERO = 4;
    /** Zeros have marks of their own, so 1 is the byte above them. */
    private static final int FIRST_NUMBER = 4;

    @Override
    public boolean encode(String version, KeyWriter out) {
        String text = version.strip();
        if (!isAllowed(text)) {
            return false;
        }
        segments(text.indexOf('-') < 0 ? text : text.replace("-", ".pre."), out);
        return true;
    }

    @Override
    public String rule() {
        return "number{.word}[-word{.word}] of letters and digits";
    }

    @Override
    public boolean isPrerelease(VersionKey key) {
        int at = 0;
        while (true) {
            int mark = key.unsignedAt(at);
            if (mark == TEXT) {
                return true;
            }
            if (mark == END || at >= key.length()) {
                return false;
            }
            at = mark == LOW_ZERO || mark == HIGH_ZERO ? at + 1 : KeyWriter.endOfNumber(key, at);
        }
    }

    private static boolean isAllowed(String text) {
        int hyphen = text.indexOf('-');
        int wordStart = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '.';
            boolean atStart = i == wordStart;
            if (c == '.') {
                if (atStart) {
                    return false;
                }
                wordStart = i + 1;
            } else if (c == '-') {
                if (i == hyphen) {
                    if (atStart) {
                        return false;
                    }
                    wordStart = i + 1;
                }
            } else if (!Ascii.isAlphanumeric(c) || wordStart == 0 && !Ascii.isDigit(c)) {
                return false;
            }
        }
        return true;
    }

    private static void segments(String text, KeyWriter out) {
        int zeros = 0;
        boolean hasText = false;
        for (int i = 0; i < text.length(); ) {
            char c = text.charAt(i);
            int end = i + 1;
            if (Ascii.isDigit(c)) {
                end = Ascii.endOfDigits(text, i);
                if (isZero(text, i, end)) {
                    zeros++;
                } else {
                    zeros(zeros, HIGH_ZERO, out);
                    zeros = 0;
                    out.number(text, i, end, FIRST_NUMBER);
                }
            } else if (Ascii.isLetter(c)) {
                end = Ascii.endOfLetters(text, i);
                zeros(hasText ? zeros : 0, LOW_ZERO, out);
                zeros = 0;
                hasText = true;
                out.mark(TEXT).word(text, i, end);
            }
            i = end;
        }
        out.mark(END);
    }

    private static void zeros(int count, int mark, KeyWriter out) {
        for (int i = 0; i < count; i++) {
            out.mark(mark);
        }
    }

    private static boolean isZero(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != '0') {
                return false;
            }
        }
        return true;
    }
}
