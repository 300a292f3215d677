package dev.holdfast.version;

/**
 * Versions of RPM packages, ordered as rpm does ({@code rpmvercmp} of rpm 4.15 and later, which knows the caret).
 *
 * <pre>
 * version = [ epoch ":" ] ver [ "-" release ] ;    epoch: digits, none is 0; with anything else before it the colon is a separator
 *                                                  release: what follows the last hyphen; none is below any
 * ver, release = { "~" | "^" | letters | digits | separator } ;    separator: every other character; splits, and is else ignored
 * order at one place:  "~"  &lt;  end  &lt;  "^"  &lt;  letters, by ASCII  &lt;  digits, as a number
 * </pre>
 *
 * <p><b>Key.</b> Epoch; then ver and release, each a list of segments with an end mark. A letter is one byte that also says whether
 * another letter follows, the code "none follows" first. Numbers lie above the letters. An absent release is a zero.
 */
final class RpmVersions implements VersionOrder {
    private static final int TILDE = 1;
    private static final int END = 2;
    private static final int CARET = 3;
    private static final int FIRST_LETTER = 4;
    private static final int FIRST_NUMBER = FIRST_LETTER + 2 * 52;

    @Override
    public boolean encode(String version, KeyWriter out) {
        return !Ascii.hasSpaceOrControl(version) && EpochedVersion.encode(version, RpmVersions::segments, out);
    }

    @Override
    public String rule() {
        return "[epoch:]version[-release] without spaces";
    }

    private static void segments(String text, int from, int to, KeyWriter out) {
        int i = from;
        while (i < to) {
            char c = text.charAt(i);
            if (Ascii.isDigit(c)) {
                int start = i;
                while (i < to && Ascii.isDigit(text.charAt(i))) {
                    i++;
                }
                out.number(text, start, i, FIRST_NUMBER);
            } else {
                i++;
                if (Ascii.isLetter(c)) {
                    boolean more = i < to && Ascii.isLetter(text.charAt(i));
                    out.mark(FIRST_LETTER + 2 * rank(c) + (more ? 1 : 0));
                } else if (c == '~') {
                    out.mark(TILDE);
                } else if (c == '^') {
                    out.mark(CARET);
                }
            }
        }
        out.mark(END);
    }

    private static int rank(char letter) {
        return letter <= 'Z' ? letter - 'A' : 26 + letter - 'a';
    }
}
