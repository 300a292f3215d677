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
 * <p><b>Key.</b> Epoch; then upstream and revision alike: run, number, run, number, …, end. A character of a run is one byte that also
 * says what follows it, so runs need no terminator: for every character there is the code "and {@code ~} follows", then "and the run
 * ends", then "and another character follows", in that order. An empty run and the end of the list are the same code, between those of
 * {@code ~} and those of {@code A}: a list that has ended compares like one that goes on with empty runs and zeros. Characters that a
 * well-formed version does not have share the codes of the gap in ASCII where they lie, followed by the character itself.
 */
final class DebVersions implements VersionOrder {
    private static final int NO_RUN = 3;
    private static final int FIRST_AFTER_TILDE = 4;
    private static final long LARGEST_EPOCH = Integer.MAX_VALUE;

    @Override
    public boolean encode(String version, KeyWriter out) {
        if (!Ascii.isVisible(version)) {
            return false;
        }
        int colon = version.indexOf(':');
        if (colon == 0 || colon > 0 && !isEpoch(version, colon)) {
            return false;
        }
        int start = colon + 1;
        int hyphen = version.lastIndexOf('-');
        boolean revised = hyphen >= start;
        int end = revised ? hyphen : version.length();
        if (start == end || revised && hyphen + 1 == version.length()) {
            return false;
        }
        out.number(version, 0, Math.max(colon, 0), 0);
        part(version, start, end, out);
        part(version, revised ? hyphen + 1 : end, revised ? version.length() : end, out);
        return true;
    }

    @Override
    public String rule() {
        return "[epoch:]upstream[-revision] without spaces, the epoch a number";
    }

    private static boolean isEpoch(String version, int colon) {
        long value = 0;
        for (int i = 0; i < colon; i++) {
            char c = version.charAt(i);
            if (!Ascii.isDigit(c)) {
                return false;
            }
            value = Math.min(value * 10 + (c - '0'), LARGEST_EPOCH + 1);
        }
        return value <= LARGEST_EPOCH;
    }

    private static void part(String text, int from, int to, KeyWriter out) {
        int i = from;
        do {
            if (i == to || Ascii.isDigit(text.charAt(i))) {
                out.mark(NO_RUN);
            }
            while (i < to && !Ascii.isDigit(text.charAt(i))) {
                character(text.charAt(i), i + 1 < to ? text.charAt(i + 1) : '0', out);
                i++;
            }
            int start = i;
            while (i < to && Ascii.isDigit(text.charAt(i))) {
                i++;
            }
            out.number(text, start, i, 0);
        } while (i < to);
        out.mark(NO_RUN);
    }

    private static void character(char c, char next, KeyWriter out) {
        int follows = next == '~' ? 0 : Ascii.isDigit(next) ? 1 : 2;
        if (c == '~') {
            out.mark(follows);
            return;
        }
        out.mark(FIRST_AFTER_TILDE + 3 * rank(c) + (isOdd(c) ? 0 : follows));
        if (isOdd(c)) {
            out.mark(c).mark(follows);
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
