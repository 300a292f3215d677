package dev.holdfast.version;

/**
 * Versions of PHP packages, ordered as PHP's {@code version_compare} does once a leading {@code v} is gone.
 *
 * <pre>
 * version = [ "v" ] token { separator token } ;      separator: anything but letters and digits, or the change between the two
 * order at one place:  other words  &lt;  dev…  &lt;  a…  &lt;  b…  &lt;  rc…, RC…  &lt;  end  &lt;  number  &lt;  p…
 * </pre>
 *
 * <p>Words count by how they begin, and case counts. A version is above what it continues by a number, and 1.0 is below 1.0.0: PHP does not
 * fill up with zeros. Composer does, and so do its ranges (see {@code ComposerRanges}). A lone {@code #}, the sign that PHP itself lays in
 * the place of a missing number, is like the end, and what follows it counts: it has two marks, below and above that of the end, depending
 * on whether the first token that is none is below or above.
 */
final class ComposerVersions implements VersionOrder {
    private static final int OTHER = 1;
    private static final int DEV = 2;
    private static final int ALPHA = 3;
    private static final int BETA = 4;
    private static final int RC = 5;
    private static final int LOW_HASH = 6;
    private static final int END = 7;
    private static final int HIGH_HASH = 8;
    private static final int FIRST_NUMBER = 9;
    private static final int PATCH = KeyWriter.HIGHEST;

    @Override
    public boolean encode(String version, KeyWriter out) {
        if (!Ascii.isVisible(version)) {
            return false;
        }
        int hashes = 0;
        boolean any = false;
        for (int i = hasLeadingV(version) ? 1 : 0; i < version.length(); ) {
            int end = endOfToken(version, i);
            char c = version.charAt(i);
            if (c == '#') {
                hashes++;
            } else if (Ascii.isAlphanumeric(c)) {
                int mark = Ascii.isDigit(c) ? FIRST_NUMBER : weight(version, i);
                hashes(hashes, mark, out);
                hashes = 0;
                token(version, i, end, mark, out);
                any = true;
            }
            i = end;
        }
        out.mark(END);
        return any;
    }

    @Override
    public String rule() {
        return "a version or branch name without spaces";
    }

    private static boolean hasLeadingV(String version) {
        return version.startsWith("v") || version.startsWith("V");
    }

    private static int endOfToken(String text, int from) {
        if (Ascii.isDigit(text.charAt(from))) {
            return Ascii.endOfDigits(text, from);
        }
        return Math.max(Ascii.endOfLetters(text, from), from + 1);
    }

    private static void hashes(int count, int next, KeyWriter out) {
        for (int i = 0; i < count; i++) {
            out.mark(next < END ? LOW_HASH : HIGH_HASH);
        }
    }

    private static void token(String text, int from, int to, int mark, KeyWriter out) {
        if (mark == FIRST_NUMBER) {
            out.number(text, from, to, FIRST_NUMBER);
        } else {
            out.mark(mark);
        }
    }

    private static int weight(String text, int from) {
        return switch (text.charAt(from)) {
            case 'd' -> text.startsWith("dev", from) ? DEV : OTHER;
            case 'a' -> ALPHA;
            case 'b' -> BETA;
            case 'r' -> text.startsWith("rc", from) ? RC : OTHER;
            case 'R' -> text.startsWith("RC", from) ? RC : OTHER;
            case 'p' -> PATCH;
            default -> OTHER;
        };
    }
}
