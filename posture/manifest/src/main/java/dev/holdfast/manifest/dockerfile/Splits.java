package dev.holdfast.manifest.dockerfile;

import dev.holdfast.manifest.text.SourceText;
import java.util.ArrayList;
import java.util.List;

/** The ways in which BuildKit cuts text into words; each instruction has its own. */
final class Splits {
    private Splits() {}

    /** What stands between keyword, flags and plain words. */
    static boolean isSeparator(char one) {
        return one == ' ' || one == '\t' || one == '\r' || one == '\f' || one == 0x0B;
    }

    static int skipSeparators(CharSequence text, int from, int to) {
        int at = from;
        while (at < to && isSeparator(text.charAt(at))) {
            at++;
        }
        return at;
    }

    static int skipSpace(CharSequence text, int from) {
        int at = from;
        while (at < text.length() && Lines.isSpace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    static int trimEnd(CharSequence text, int from, int to) {
        int end = to;
        while (end > from && Lines.isSpace(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    /** Words between runs of white space; quotes mean nothing. */
    static List<Word> plain(SourceText text) {
        List<Word> words = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int end = at;
            while (end < text.length() && !isSeparator(text.charAt(end))) {
                end++;
            }
            words.add(new Word(text.slice(at, end)));
            at = skipSeparators(text, end, text.length());
        }
        return words;
    }

    /** Words between runs of white space that is neither quoted nor escaped; quotes and escapes stay in the words. */
    static List<Word> quoted(SourceText text, char escape) {
        List<Word> words = new ArrayList<>();
        int at = skipSpace(text, 0);
        while (at < text.length()) {
            int end = wordEnd(text, at, escape);
            int kept = end == text.length() && endsInEscape(text, at, end, escape) ? end - 1 : end;
            if (kept > at) {
                words.add(new Word(text.slice(at, kept)));
            }
            at = skipSpace(text, end);
        }
        return words;
    }

    private static int wordEnd(SourceText text, int from, char escape) {
        char quote = 0;
        int at = from;
        while (at < text.length()) {
            char one = text.charAt(at);
            if (one == escape && quote != '\'') {
                at++;
            } else if (quote != 0) {
                quote = one == quote ? 0 : quote;
            } else if (one == '\'' || one == '"') {
                quote = one;
            } else if (Lines.isSpace(one)) {
                return at;
            }
            at++;
        }
        return text.length();
    }

    /** Whether the last character is an escape that escapes nothing. */
    private static boolean endsInEscape(SourceText text, int from, int end, char escape) {
        int escapes = 0;
        while (end - escapes > from && text.charAt(end - escapes - 1) == escape) {
            escapes++;
        }
        return escapes % 2 == 1;
    }
}
