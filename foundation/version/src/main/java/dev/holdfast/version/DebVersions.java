package dev.holdfast.version;

/**
 * Versions of Debian and its kin, ordered as dpkg does (deb-version(7); {@code lib/dpkg/version.c}).
 *
 * <pre>
 * version  = [ epoch ":" ] upstream [ "-" revision ] ;     epoch: digits up to the first colon, at most 2147483647; none is 0
 *                                                          revision: what follows the last hyphen; none is like "0"
 * upstream, revision = run number { run number } ;         run: no digit in it, may be empty; number: digits, none is 0
 * order at one place of a run:  "~"  &lt;  end  &lt;  letters  &lt;  all others, by ASCII
 * </pre>
 *
 * <p>dpkg compares what it calls ill-formed (characters outside {@code [A-Za-z0-9.+~:-]}, no digit in front) with a warning, so such
 * versions have a key; what it refuses to parse has none. Beyond dpkg, characters outside printable ASCII are refused.
 *
 * <p><b>Key.</b> Upstream and revision alike are written as run, number, run, number, …, end. A character of a run is one byte that also
 * says what follows it, so runs need no terminator: every character has a code for "and {@code ~} follows", one for "and the run ends" and
 * one for "and another character follows", in that order. An end lies between {@code ~} and {@code A}: a list that has ended compares like
 * one that goes on with empty runs and zeros. Its three codes say in the same way how the next part begins, and so does the epoch in front,
 * written as three times itself plus 0, 1 or 2; so an empty first run takes no byte. Characters that a well-formed version does not have
 * share the codes of the gap in ASCII where they lie, followed by the character itself.
 */
final class DebVersions implements VersionOrder {
    private static final int TILDE_FOLLOWS = 0;
    private static final int RUN_ENDS = 1;
    private static final int OTHER_FOLLOWS = 2;
    private static final int END = 3;
    private static final int FIRST_AFTER_END = 6;
    private static final long LARGEST_EPOCH = Integer.MAX_VALUE;

    @Override
    public boolean encode(String version, KeyWriter out) {
        if (!Ascii.isVisible(version)) {
            return false;
        }
        int colon = version.indexOf(':');
        long epoch = colon < 0 ? 0 : epoch(version, colon);
        if (epoch > LARGEST_EPOCH) {
            return false;
        }
        int start = colon + 1;
        int hyphen = version.lastIndexOf('-');
        boolean revised = hyphen >= start;
        int end = revised ? hyphen : version.length();
        if (start == end || revised && hyphen + 1 == version.length()) {
            return false;
        }
        int revision = revised ? hyphen + 1 : version.length();
        out.number(epoch * 3 + follows(version, start, end), 0);
        part(version, start, end, out);
        out.mark(END + follows(version, revision, version.length()));
        part(version, revision, version.length(), out);
        out.mark(END + RUN_ENDS);
        return true;
    }

    @Override
    public String rule() {
        return "[epoch:]upstream[-revision] without spaces, the epoch a number";
    }

    /** The number before the colon; more than the largest when there is none. */
    private static long epoch(String version, int colon) {
        long value = colon == 0 ? LARGEST_EPOCH + 1 : 0;
        for (int i = 0; i < colon; i++) {
            char c = version.charAt(i);
            value = Ascii.isDigit(c) ? Math.min(value * 10 + (c - '0'), LARGEST_EPOCH + 1) : LARGEST_EPOCH + 1;
            if (value > LARGEST_EPOCH) {
                return value;
            }
        }
        return value;
    }

    private static int follows(String text, int at, int to) {
        if (at == to || Ascii.isDigit(text.charAt(at))) {
            return RUN_ENDS;
        }
        return text.charAt(at) == '~' ? TILDE_FOLLOWS : OTHER_FOLLOWS;
    }

    private static void part(String text, int from, int to, KeyWriter out) {
        int i = from;
        do {
            while (i < to && !Ascii.isDigit(text.charAt(i))) {
                character(text.charAt(i), follows(text, i + 1, to), out);
                i++;
            }
            int start = i;
            while (i < to && Ascii.isDigit(text.charAt(i))) {
                i++;
            }
            out.number(text, start, i, 0);
        } while (i < to);
    }

    private static void character(char c, int follows, KeyWriter out) {
        if (c == '~') {
            out.mark(follows);
        } else if (isOdd(c)) {
            out.mark(FIRST_AFTER_END + 3 * rank(c)).mark(c).mark(follows);
        } else {
            out.mark(FIRST_AFTER_END + 3 * rank(c) + follows);
        }
    }

    /** The place of a character after {@code ~}; odd ones share the rank of their gap. */
    private static int rank(char c) {
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        }
        if (c >= 'a' && c <= 'z') {
            return 26 + c - 'a';
        }
        if (c < '+') {
            return 52;
        }
        return switch (c) {
            case '+' -> 53;
            case ',' -> 54;
            case '-' -> 55;
            case '.' -> 56;
            case '/' -> 57;
            case ':' -> 58;
            default -> 59;
        };
    }

    /** Whether a well-formed version does not have this character. */
    private static boolean isOdd(char c) {
        return !Ascii.isLetter(c) && c != '+' && c != '-' && c != '.' && c != ':';
    }
}
