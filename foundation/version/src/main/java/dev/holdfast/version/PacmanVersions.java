package dev.holdfast.version;

/**
 * Versions of Arch Linux packages, ordered as {@code vercmp} of pacman does.
 *
 * <pre>
 * version = [ epoch ":" ] ver [ "-" release ] ;       epoch: digits, none is 0; release: what follows the last hyphen
 * ver, release = { separators } { letters | digits } ;    separators: a run of all other characters
 * order at one place:  letters at once  &lt;  end  &lt;  separators and end  &lt;  digits at once
 *                      &lt;  one separator and letters  &lt;  one separator and digits  &lt;  two separators and letters  &lt;  …
 * </pre>
 *
 * <p>So, unlike rpm's, the order knows how many separators there are, has 1.0a below 1.0, and no tilde. vercmp calls versions equal where
 * one has no release, which is no order (1-1, 1 and 1-2); here the one without is below. vercmp's order also runs in a circle where a
 * version ends in separators; here such a one is right above the one without them.
 *
 * <p><b>Key.</b> Epoch, ver, release; in those a mark for each place above, with the word or number. No release is a zero.
 */
final class PacmanVersions implements VersionOrder {
    private static final int LETTERS = 1;
    private static final int END = 2;
    private static final int SEPARATED_END = 3;
    private static final int DIGITS = 4;
    private static final int ONE_AND_LETTERS = 5;
    private static final int ONE_AND_DIGITS = 6;
    private static final int MORE = 7;

    @Override
    public boolean encode(String version, KeyWriter out) {
        return Ascii.isVisible(version) && EpochedVersion.encode(version, PacmanVersions::segments, out);
    }

    @Override
    public String rule() {
        return "[epoch:]version[-release] without spaces";
    }

    private static void segments(String text, int from, int to, KeyWriter out) {
        int i = from;
        while (true) {
            int start = i;
            while (i < to && !Ascii.isAlphanumeric(text.charAt(i))) {
                i++;
            }
            int separators = i - start;
            if (i == to) {
                out.mark(separators == 0 ? END : SEPARATED_END);
                return;
            }
            boolean number = Ascii.isDigit(text.charAt(i));
            place(separators, number, out);
            int end = i;
            while (end < to && Ascii.isAlphanumeric(text.charAt(end)) && Ascii.isDigit(text.charAt(end)) == number) {
                end++;
            }
            if (number) {
                out.number(text, i, end, 0);
            } else {
                out.word(text, i, end);
            }
            i = end;
        }
    }

    private static void place(int separators, boolean number, KeyWriter out) {
        switch (separators) {
            case 0 -> out.mark(number ? DIGITS : LETTERS);
            case 1 -> out.mark(number ? ONE_AND_DIGITS : ONE_AND_LETTERS);
            default -> out.mark(MORE).number(separators, 0).mark(number ? DIGITS : LETTERS);
        }
    }
}
