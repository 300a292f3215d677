package dev.holdfast.version;

import java.util.Locale;

/**
 * Versions of Python packages, ordered as PEP 440 says.
 *
 * <pre>
 * version = [ "v" ] [ epoch "!" ] number { "." number } [ pre ] [ post ] [ dev ] [ "+" local ] ;    white space around, case: no matter
 * pre     = [ sep ] ( "a" | "alpha" | "b" | "beta" | "rc" | "c" | "pre" | "preview" ) [ sep ] [ number ] ;       sep: "." "-" "_"
 * post    = "-" number | [ sep ] ( "post" | "rev" | "r" ) [ sep ] [ number ] ;
 * dev     = [ sep ] "dev" [ sep ] [ number ] ;
 * local   = word { sep word } ;                                            word: letters and digits; only digits: a number
 * order:  epoch, then numbers (trailing zeros do not count), then
 *         dev  &lt;  a  &lt;  b  &lt;  rc  &lt;  nothing  &lt;  post,  with the same again inside pre (dev, nothing, post) and post (dev, nothing),
 *         then local: none &lt; shorter &lt; longer, word &lt; number
 * </pre>
 *
 * <p>The index still has versions from before PEP 440. They are below all others, see {@link LegacyPypiVersions}.
 *
 * <p><b>Key.</b> Zero for a legacy version, followed by its own key. Else the epoch plus one, the numbers plus one each, a zero, and
 * the phases, each a mark and a number, up to the mark "nothing".
 */
final class PypiVersions implements VersionOrder {
    private static final int LEGACY = 0;
    private static final int FIRST_EPOCH = 1;
    private static final int END_OF_RELEASE = 0;
    private static final int FIRST_NUMBER = 1;
    private static final int DEV = 1;
    private static final int RC = 4;
    private static final int NOTHING = 5;
    private static final int POST = 6;
    private static final int LOCAL_WORD = 1;
    private static final int LOCAL_NUMBER = 2;

    /** The longer of two words that begin alike stands first. */
    private static final String[] PRE_WORDS = {"alpha", "a", "beta", "b", "preview", "pre", "rc", "c"};

    private static final int[] PRE_MARKS = {2, 2, 3, 3, RC, RC, RC, RC};
    private static final String[] POST_WORDS = {"post", "rev", "r"};
    private static final String[] DEV_WORDS = {"dev"};

    @Override
    public boolean encode(String version, KeyWriter out) {
        String text = version.strip().toLowerCase(Locale.ROOT);
        if (text.isEmpty() || !Ascii.isVisible(text)) {
            return false;
        }
        int start = out.size();
        if (!new Reader(text, out).read()) {
            out.rewind(start).mark(LEGACY);
            LegacyPypiVersions.encode(text, out);
        }
        return true;
    }

    @Override
    public String rule() {
        return "[N!]N{.N}[{a|b|rc}N][.postN][.devN][+local] or a legacy version without spaces";
    }

    @Override
    public boolean isPrerelease(VersionKey key) {
        if (isLegacy(key)) {
            return false;
        }
        int at = phases(key);
        int phase = key.unsignedAt(at);
        return phase == POST ? key.unsignedAt(KeyWriter.endOfNumber(key, at + 1)) == DEV : phase < NOTHING;
    }

    /** Whether the key is of a version from before PEP 440. */
    static boolean isLegacy(VersionKey key) {
        return key.unsignedAt(0) == LEGACY;
    }

    /** Whether the key is of a post- or development release, of a pre-release too. */
    static boolean isPostOrDev(VersionKey key) {
        int at = phases(key);
        if (key.unsignedAt(at) > DEV && key.unsignedAt(at) <= RC) {
            at = KeyWriter.endOfNumber(key, at + 1);
        }
        return key.unsignedAt(at) == DEV || key.unsignedAt(at) == POST;
    }

    /** The bound right above a version without local part and all its local versions. */
    static VersionKey aboveLocals(String version) {
        return written(version).mark(LOCAL_NUMBER + 1).finish();
    }

    /** The bound right above a version that is neither post- nor development release, its local versions and its post-releases. */
    static VersionKey abovePosts(String version) {
        KeyWriter out = written(version);
        return out.rewind(out.size() - 1).mark(POST + 1).finish();
    }

    private static KeyWriter written(String version) {
        KeyWriter out = new KeyWriter();
        new PypiVersions().encode(version, out);
        return out;
    }

    /** Where the phases of a key that is not legacy begin. */
    private static int phases(VersionKey key) {
        int at = KeyWriter.endOfNumber(key, 0);
        while (key.unsignedAt(at) != END_OF_RELEASE) {
            at = KeyWriter.endOfNumber(key, at);
        }
        return at + 1;
    }

    private static final class Reader {
        private final String text;
        private final KeyWriter out;
        private int at;
        private int numberStart;
        private int numberEnd;

        Reader(String text, KeyWriter out) {
            this.text = text;
            this.out = out;
        }

        boolean read() {
            if (text.charAt(0) == 'v') {
                at++;
            }
            if (!release()) {
                return false;
            }
            if (!pre()) {
                if (!post()) {
                    dev();
                }
            }
            return local() && at == text.length();
        }

        private boolean release() {
            int end = Ascii.endOfDigits(text, at);
            boolean hasEpoch = end > at && end < text.length() && text.charAt(end) == '!';
            out.number(text, at, hasEpoch ? end : at, FIRST_EPOCH);
            if (hasEpoch) {
                at = end + 1;
                end = Ascii.endOfDigits(text, at);
            }
            if (end == at) {
                return false;
            }
            int zeros = 0;
            while (true) {
                if (isZero(at, end)) {
                    zeros++;
                } else {
                    for (; zeros > 0; zeros--) {
                        out.number(0, FIRST_NUMBER);
                    }
                    out.number(text, at, end, FIRST_NUMBER);
                }
                at = end;
                int next = Ascii.endOfDigits(text, Math.min(at + 1, text.length()));
                if (at == text.length() || text.charAt(at) != '.' || next == at + 1) {
                    break;
                }
                at++;
                end = next;
            }
            out.mark(END_OF_RELEASE);
            return true;
        }

        private boolean isZero(int from, int to) {
            for (int i = from; i < to; i++) {
                if (text.charAt(i) != '0') {
                    return false;
                }
            }
            return true;
        }

        /** Reads a pre-release with its post and dev parts, or nothing. */
        private boolean pre() {
            int word = word(PRE_WORDS);
            if (word < 0) {
                return false;
            }
            out.mark(PRE_MARKS[word]).number(text, numberStart, numberEnd, 0);
            if (!post()) {
                dev();
            }
            return true;
        }

        /** Reads a post-release with its dev part, or nothing. */
        private boolean post() {
            int digits = Math.min(at + 1, text.length());
            int end = Ascii.endOfDigits(text, digits);
            if (at < text.length() && text.charAt(at) == '-' && end > digits) {
                out.mark(POST).number(text, digits, end, 0);
                at = end;
            } else if (word(POST_WORDS) >= 0) {
                out.mark(POST).number(text, numberStart, numberEnd, 0);
            } else {
                return false;
            }
            dev();
            return true;
        }

        private void dev() {
            if (word(DEV_WORDS) >= 0) {
                out.mark(DEV).number(text, numberStart, numberEnd, 0);
            } else {
                out.mark(NOTHING);
            }
        }

        /** Reads {@code [sep] word [sep] [number]} and gives the index of the word; −1, and no step, when none of them is there. */
        private int word(String[] words) {
            int start = afterSeparator(at);
            for (int i = 0; i < words.length; i++) {
                if (text.startsWith(words[i], start)) {
                    numberStart = afterSeparator(start + words[i].length());
                    numberEnd = Ascii.endOfDigits(text, numberStart);
                    at = numberEnd;
                    return i;
                }
            }
            return -1;
        }

        private int afterSeparator(int from) {
            return from < text.length() && isSeparator(text.charAt(from)) ? from + 1 : from;
        }

        private boolean local() {
            if (at == text.length() || text.charAt(at) != '+') {
                return true;
            }
            do {
                int start = at + 1;
                int end = start;
                while (end < text.length() && Ascii.isAlphanumeric(text.charAt(end))) {
                    end++;
                }
                if (start == end) {
                    return false;
                }
                if (Ascii.endOfDigits(text, start) == end) {
                    out.mark(LOCAL_NUMBER).number(text, start, end, 0);
                } else {
                    out.mark(LOCAL_WORD).word(text, start, end);
                }
                at = end;
            } while (at < text.length() && isSeparator(text.charAt(at)));
            out.mark(0);
            return true;
        }

        private static boolean isSeparator(char c) {
            return c == '.' || c == '-' || c == '_';
        }
    }
}
