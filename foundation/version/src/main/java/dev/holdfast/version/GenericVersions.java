package dev.holdfast.version;

/**
 * The order used where an ecosystem has none of its own: runs of digits compare as numbers, everything else as text, and a longer
 * version is above the one it continues, unless the continuation begins with a letter or {@code ~} and so looks like a pre-release.
 *
 * <pre>
 * version = { number | word | separator } ;        number: ASCII digits; word: anything else but separators
 * separator = "." | "-" | "_" | "+" | " " | ":" ;  splits, and is otherwise ignored
 * order at one place:  word  &lt;  end  &lt;  number
 * </pre>
 */
final class GenericVersions implements VersionOrder {
    private static final int WORD = 0x01;
    private static final int END = 0x02;
    private static final int NUMBER = 0x03;

    @Override
    public boolean encode(String version, KeyWriter out) {
        int start = version.startsWith("v") || version.startsWith("V") ? 1 : 0;
        boolean any = false;
        for (int i = start; i < version.length(); ) {
            int end = i;
            if (Ascii.isDigit(version.charAt(i))) {
                while (end < version.length() && Ascii.isDigit(version.charAt(end))) {
                    end++;
                }
                out.number(version, i, end, NUMBER);
                any = true;
            } else if (isSeparator(version.charAt(i))) {
                end++;
            } else {
                while (end < version.length()
                        && !Ascii.isDigit(version.charAt(end))
                        && !isSeparator(version.charAt(end))) {
                    end++;
                }
                out.mark(WORD).word(version, i, end);
                any = true;
            }
            i = end;
        }
        out.mark(END);
        return any;
    }

    @Override
    public String rule() {
        return "at least one letter or digit";
    }

    private static boolean isSeparator(char c) {
        return c == '.' || c == '-' || c == '_' || c == '+' || c == ' ' || c == ':';
    }
}
