package dev.holdfast.version;

import java.util.Locale;

/**
 * Semantic Versioning 2.0.0 and the dialects that ecosystems speak.
 *
 * <pre>
 * version    = number { "." number } [ "-" identifiers ] [ "+" identifiers ] ;
 * identifiers = identifier { "." identifier } ;              identifier: letters, digits, hyphens; only digits: a number
 * order:  numbers, then  pre-release &lt; release;  pre-releases: identifier by identifier, number &lt; text, shorter &lt; longer
 * </pre>
 *
 * <p>What follows {@code +} does not count, except in Pub and Julia, where a version with it is above the one without and the identifiers
 * compare like those of a pre-release. What else differs is told at each {@link Dialect}.
 *
 * <p><b>Key.</b> As many numbers as the dialect has, missing ones 0; then the mark "pre-release", its identifiers (a number plus one, or
 * the highest byte and a word) and a zero, or the mark "release"; then the build identifiers alike, where they count.
 */
final class SemanticVersions implements VersionOrder {
    private static final int PRERELEASE = 0;
    private static final int RELEASE = 1;
    private static final int FIRST_NUMBER = 1;

    /** Where the dialects differ. */
    enum Dialect {
        /** As written, and tolerant: one to three numbers, {@code v} in front, a pre-release without hyphen; more is build. */
        TOLERANT("number[.number[.number]][-pre-release][+build]", 1, 3),
        /** As written: three numbers without leading zeros (semver.org, Cargo, Hex). */
        STRICT("number.number.number[-pre-release][+build]", 3, 3),
        /** As npm reads package.json, which is node-semver's loose mode: {@code v}, {@code =}, spaces in front, 1.2.3beta. */
        NPM("number.number.number[-pre-release][+build], each number below 2^53", 3, 3),
        /** One to four numbers; case does not matter. */
        NUGET("number{.number}, up to four, [-pre-release][+build]", 1, 4),
        /** {@code v} in front or not, one to three numbers; {@code go1.22rc1} of toolchains, whose vendor suffix does not count. */
        GO("[v]number[.number[.number]][-pre-release][+build]", 1, 3),
        /** Build counts; as tolerant as the first. */
        BUILD_ORDERED("number[.number[.number]][-pre-release][+build]", 1, 3);

        private final String rule;
        private final int least;
        private final int most;

        Dialect(String rule, int least, int most) {
            this.rule = rule;
            this.least = least;
            this.most = most;
        }

        boolean isTolerant() {
            return this == TOLERANT || this == BUILD_ORDERED;
        }
    }

    private final Dialect dialect;

    SemanticVersions(Dialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public boolean encode(String version, KeyWriter out) {
        return switch (dialect) {
            case NPM -> npm(version.strip(), out);
            case NUGET -> new Reader(version.toLowerCase(Locale.ROOT), 0, out).read();
            case GO -> go(version, out);
            case STRICT -> new Reader(version, 0, out).read();
            case TOLERANT, BUILD_ORDERED -> new Reader(version, hasLeadingV(version) ? 1 : 0, out).read();
        };
    }

    @Override
    public String rule() {
        return dialect.rule;
    }

    @Override
    public boolean isPrerelease(VersionKey key) {
        int at = 0;
        for (int i = 0; i < dialect.most; i++) {
            at = KeyWriter.endOfNumber(key, at);
        }
        return key.unsignedAt(at) == PRERELEASE;
    }

    private static boolean hasLeadingV(String version) {
        return version.startsWith("v") || version.startsWith("V");
    }

    /** node-semver refuses what is longer than 256 characters. */
    private boolean npm(String version, KeyWriter out) {
        int start = 0;
        while (start < version.length() && isNpmPrefix(version.charAt(start))) {
            start++;
        }
        return version.length() <= 256 && new Reader(version, start, out).read();
    }

    private static boolean isNpmPrefix(char c) {
        return c == 'v' || c == '=' || c == ' ' || c == '\t';
    }

    private boolean go(String version, KeyWriter out) {
        if (!version.startsWith("go")) {
            return new Reader(version, version.startsWith("v") ? 1 : 0, out).read();
        }
        int end = 2;
        while (end < version.length() && version.charAt(end) != '-' && version.charAt(end) != ' ') {
            end++;
        }
        return new Reader(version.substring(0, end), 2, out).read();
    }

    private final class Reader {
        private final String text;
        private final KeyWriter out;
        private int at;

        Reader(String text, int from, KeyWriter out) {
            this.text = text;
            this.at = from;
            this.out = out;
        }

        boolean read() {
            if (!numbers()) {
                return false;
            }
            boolean hasPrerelease = at < text.length() && text.charAt(at) != '+' && text.charAt(at) != '.';
            if (hasPrerelease) {
                out.mark(PRERELEASE);
                if (!prerelease()) {
                    return false;
                }
            } else {
                out.mark(RELEASE);
            }
            return build();
        }

        private boolean numbers() {
            for (int i = 0; i < dialect.most; i++) {
                int end = Ascii.endOfDigits(text, at);
                if (end == at) {
                    return i >= dialect.least && i > 0 && missing(i);
                }
                if (!isAllowedNumber(at, end)) {
                    return false;
                }
                out.number(text, at, end, 0);
                at = end;
                if (i + 1 < dialect.most && !(at < text.length() && text.charAt(at) == '.')) {
                    return i + 1 >= dialect.least && missing(i + 1);
                }
                if (i + 1 < dialect.most) {
                    at++;
                }
            }
            return true;
        }

        /** Fills up with zeros; a dot that no number follows was not one of the version. */
        private boolean missing(int found) {
            for (int i = found; i < dialect.most; i++) {
                out.number(0, 0);
            }
            return text.charAt(at - 1) != '.' || dialect.isTolerant();
        }

        private boolean isAllowedNumber(int from, int to) {
            return switch (dialect) {
                case STRICT, GO -> to - from == 1 || text.charAt(from) != '0';
                case NPM -> to - from <= 16 && Long.parseLong(text, from, to, 10) <= (1L << 53) - 1;
                case TOLERANT, NUGET, BUILD_ORDERED -> true;
            };
        }

        private boolean prerelease() {
            if (text.charAt(at) == '-') {
                boolean isIdentifier =
                        dialect == Dialect.NPM && (at + 1 == text.length() || text.charAt(at + 1) == '.');
                at += isIdentifier ? 0 : 1;
                return identifiers();
            }
            if (dialect == Dialect.GO) {
                return toolchainPrerelease();
            }
            return (dialect == Dialect.NPM || dialect.isTolerant()) && identifiers();
        }

        /** {@code rc1} and {@code beta2} of a toolchain are {@code rc.1} and {@code beta.2}. */
        private boolean toolchainPrerelease() {
            int digits = Ascii.endOfLetters(text, at);
            int end = Ascii.endOfDigits(text, digits);
            if (digits == at || end == digits) {
                return false;
            }
            out.mark(KeyWriter.HIGHEST)
                    .word(text, at, digits)
                    .number(text, digits, end, FIRST_NUMBER)
                    .mark(0);
            at = end;
            return true;
        }

        /** Reads identifiers up to the end or a {@code +}, and writes the zero that ends them. */
        private boolean identifiers() {
            while (true) {
                int start = at;
                boolean digits = true;
                while (at < text.length() && isOfIdentifier(text.charAt(at))) {
                    digits &= Ascii.isDigit(text.charAt(at));
                    at++;
                }
                if (start == at && !dialect.isTolerant()) {
                    return false;
                }
                if (digits && start < at) {
                    if (dialect == Dialect.STRICT && at - start > 1 && text.charAt(start) == '0') {
                        return false;
                    }
                    out.number(text, start, at, FIRST_NUMBER);
                } else {
                    out.mark(KeyWriter.HIGHEST).word(text, start, at);
                }
                if (at == text.length() || text.charAt(at) != '.') {
                    out.mark(0);
                    return at == text.length() || text.charAt(at) == '+';
                }
                at++;
            }
        }

        private boolean isOfIdentifier(char c) {
            return Ascii.isAlphanumeric(c)
                    || c == '-'
                    || dialect.isTolerant() && c > ' ' && c < 0x7f && c != '.' && c != '+';
        }

        private boolean build() {
            if (at == text.length()) {
                return true;
            }
            if (text.charAt(at) == '.' && !dialect.isTolerant()) {
                return false;
            }
            at++;
            if (dialect == Dialect.BUILD_ORDERED) {
                return identifiers() && at == text.length();
            }
            return isBuild();
        }

        /** What does not count is only looked at. */
        private boolean isBuild() {
            int start = at;
            for (int i = at; i <= text.length(); i++) {
                if (i == text.length() || text.charAt(i) == '.') {
                    if (i == start && !dialect.isTolerant()) {
                        return false;
                    }
                    start = i + 1;
                } else if (!isOfIdentifier(text.charAt(i)) && !(dialect.isTolerant() && text.charAt(i) == '+')) {
                    return false;
                }
            }
            return true;
        }
    }
}
