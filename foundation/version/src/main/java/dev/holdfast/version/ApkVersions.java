package dev.holdfast.version;

import java.math.BigInteger;

/**
 * Versions of Alpine, Wolfi and their kin, ordered as apk-tools does.
 *
 * <pre>
 * version = number { "." number } [ letter [ number ] ] { "_" suffix [ number ] } [ "~" hash ] [ "-r" number ] ;
 * suffix  = "alpha" | "beta" | "pre" | "rc" | "cvs" | "svn" | "git" | "hg" | "p" ;     letter: a to z; hash: hexadecimal
 * order at one place:  _alpha &lt; _beta &lt; _pre &lt; _rc  &lt;  garbage  &lt;  end  &lt;  -rN  &lt;  ~hash  &lt;  number of a suffix
 *                      &lt;  _cvs &lt; _svn &lt; _git &lt; _hg &lt; _p  &lt;  letter  &lt;  .number
 * </pre>
 *
 * <p>A number after a dot that begins with 0 is compared as text, as in Gentoo, and so is below those that do not: 8.2.0015 is below
 * 8.2.002, as apk-tools 3 has it (apk-tools 2 differed there).
 *
 * <p><b>Garbage.</b> apk compares versions that it would not accept, and its releases differ in how. The published vectors, made with
 * both, agree with one rule, which is the one above: reading stops at the first character that cannot stand where it stands, and what is
 * left is worth one token just below the end, whatever it is. So {@code 1.2_foo < 1.2} and {@code 1-r1x < 1-r1}. Missing digits are
 * read as apk-tools 2 does: nothing where a number is due is 0, but is not the text "0". A revision of 0 that garbage follows counts as
 * part of the garbage ({@code 1-r-2}, {@code 1-ruff} and {@code 1--x} are equal and below {@code 1}).
 *
 * <p><b>Key.</b> The first number, then one mark or number a token. A single 0 after a dot has a mark of its own, longer runs that begin
 * with 0 another, followed by the text. Revision N with garbage lies just below revision N: it is written as N − 1 and a one.
 */
final class ApkVersions implements VersionOrder {
    private static final String[] SUFFIXES = {"alpha", "beta", "pre", "rc", "cvs", "svn", "git", "hg", "p"};
    private static final int PRE_SUFFIXES = 4;

    private static final int FIRST_PRE_SUFFIX = 1;
    private static final int GARBAGE = 5;
    private static final int END = 6;
    private static final int REVISION = 7;
    private static final int HASH = 8;
    private static final int SUFFIX_NUMBER = 9;
    private static final int FIRST_POST_SUFFIX = 10;
    private static final int FIRST_LETTER = 15;
    private static final int ZERO = FIRST_LETTER + 26;
    private static final int LEADING_ZERO = ZERO + 1;
    private static final int FIRST_NUMBER = ZERO + 2;

    /** What was read last; it decides what may follow. */
    private enum Token {
        NUMBER,
        LETTER,
        SUFFIX,
        SUFFIX_NUMBER,
        HASH,
        DONE
    }

    @Override
    public boolean encode(String version, KeyWriter out) {
        char first = version.charAt(0);
        if (!Ascii.isVisible(version) || !(Ascii.isDigit(first) || Ascii.isLower(first) || first == '.')) {
            return false;
        }
        new Reader(version, out).read();
        return true;
    }

    @Override
    public String rule() {
        return "number{.number}[letter]{_suffix[number]}[~hash][-rnumber]";
    }

    private static final class Reader {
        private final String text;
        private final KeyWriter out;
        private int at;

        Reader(String text, KeyWriter out) {
            this.text = text;
            this.out = out;
        }

        void read() {
            at = Ascii.endOfDigits(text, 0);
            out.number(text, 0, at, 0);
            Token last = Token.NUMBER;
            while (last != Token.DONE) {
                last = next(last);
            }
        }

        private Token next(Token last) {
            if (at == text.length()) {
                out.mark(END);
                return Token.DONE;
            }
            char c = text.charAt(at);
            if (last == Token.NUMBER && Ascii.isLower(c)) {
                out.mark(FIRST_LETTER + c - 'a');
                at++;
                return Token.LETTER;
            }
            if (last == Token.NUMBER && c == '.') {
                return numberAfterDot();
            }
            if (Ascii.isDigit(c) && (last == Token.LETTER || last == Token.SUFFIX)) {
                return numberOf(last);
            }
            if (c == '_' && last != Token.HASH) {
                return suffix();
            }
            if (c == '~' && last != Token.HASH) {
                return hash();
            }
            if (text.startsWith("-r", at)) {
                return revision();
            }
            return garbage();
        }

        private Token garbage() {
            out.mark(GARBAGE);
            return Token.DONE;
        }

        private Token numberAfterDot() {
            int start = at + 1;
            at = Ascii.endOfDigits(text, start);
            if (start == at || text.charAt(start) != '0') {
                out.number(text, start, at, FIRST_NUMBER);
            } else if (at - start == 1) {
                out.mark(ZERO);
            } else {
                out.mark(LEADING_ZERO).word(text, start + 1, at);
            }
            return Token.NUMBER;
        }

        private Token numberOf(Token last) {
            int start = at;
            at = Ascii.endOfDigits(text, start);
            if (last == Token.LETTER) {
                out.number(text, start, at, FIRST_NUMBER);
                return Token.NUMBER;
            }
            out.mark(SUFFIX_NUMBER).number(text, start, at, 0);
            return Token.SUFFIX_NUMBER;
        }

        private Token suffix() {
            for (int i = 0; i < SUFFIXES.length; i++) {
                if (text.startsWith(SUFFIXES[i], at + 1)) {
                    out.mark(i < PRE_SUFFIXES ? FIRST_PRE_SUFFIX + i : FIRST_POST_SUFFIX + i - PRE_SUFFIXES);
                    at += 1 + SUFFIXES[i].length();
                    return Token.SUFFIX;
                }
            }
            return garbage();
        }

        private Token hash() {
            int start = at + 1;
            int end = start;
            while (end < text.length() && isHexadecimal(text.charAt(end))) {
                end++;
            }
            if (start == end) {
                return garbage();
            }
            out.mark(HASH).word(text, start, end);
            at = end;
            return Token.HASH;
        }

        private Token revision() {
            int start = at + 2;
            int end = Ascii.endOfDigits(text, start);
            if (end == text.length()) {
                out.mark(REVISION).number(text, start, end, 0);
                return Token.DONE;
            }
            BigInteger number = start == end ? BigInteger.ZERO : new BigInteger(text.substring(start, end));
            if (number.signum() == 0) {
                return garbage();
            }
            String below = number.subtract(BigInteger.ONE).toString();
            out.mark(REVISION).number(below, 0, below.length(), 0).mark(1);
            return Token.DONE;
        }

        private static boolean isHexadecimal(char c) {
            return Ascii.isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
        }
    }
}
