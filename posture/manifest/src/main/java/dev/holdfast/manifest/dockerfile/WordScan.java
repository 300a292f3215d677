package dev.holdfast.manifest.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cuts a line into words in order to find here-documents, as BuildKit does: quotes, escapes and braces are seen, nothing is expanded. */
final class WordScan {
    private final String text;
    private int at;

    private WordScan(String text) {
        this.text = text;
    }

    /** The words with their quotes and escapes; empty when a quote or a brace is not closed. */
    static Optional<List<String>> words(String text) {
        WordScan scan = new WordScan(text);
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        while (scan.at < text.length()) {
            int from = scan.at;
            char one = text.charAt(from);
            if (Lines.isSpace(one)) {
                scan.at++;
                if (!word.isEmpty()) {
                    words.add(word.toString());
                    word.setLength(0);
                }
            } else if (scan.step(one)) {
                word.append(text, from, scan.at);
            } else {
                return Optional.empty();
            }
        }
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return Optional.of(words);
    }

    /** Goes over what belongs together; false when it is not closed. */
    private boolean step(char one) {
        switch (one) {
            case '\\' -> at = Math.min(text.length(), at + 2);
            case '\'' -> at = text.indexOf('\'', at + 1) + 1;
            case '"' -> at = doubleQuoted(at + 1) + 1;
            case '$' -> at = text.startsWith("${", at) ? braces(at + 2) + 1 : at + 1;
            case '<' -> at = text.startsWith("<<", at) ? spaces(at + 2) : at + 1;
            default -> at++;
        }
        return at > 0;
    }

    private int spaces(int from) {
        int next = from;
        while (next < text.length() && " \t\r".indexOf(text.charAt(next)) >= 0) {
            next++;
        }
        return next;
    }

    /** Where the quote closes; -1 when it does not. */
    private int doubleQuoted(int from) {
        int next = from;
        while (next < text.length()) {
            char one = text.charAt(next);
            if (one == '"') {
                return next;
            }
            if (one == '$' && text.startsWith("${", next)) {
                next = braces(next + 2);
                if (next < 0) {
                    return -1;
                }
            } else if (one == '\\') {
                next++;
            }
            next++;
        }
        return -1;
    }

    /** Where the brace closes; -1 when it does not. Quotes inside hide braces; braces nest. */
    private int braces(int from) {
        int depth = 1;
        int next = from;
        while (next < text.length()) {
            char one = text.charAt(next);
            if (one == '\\') {
                next++;
            } else if (one == '}') {
                depth--;
                if (depth == 0) {
                    return next;
                }
            } else if (one == '$' && text.startsWith("${", next)) {
                depth++;
                next++;
            }
            next++;
        }
        return -1;
    }

    /** Appends the single word without its quotes; the answer says whether there were any, and is empty when it is not one word. */
    static Optional<Boolean> unquote(String word, StringBuilder plain) {
        boolean isQuoted = false;
        char quote = 0;
        for (int i = 0; i < word.length(); i++) {
            char one = word.charAt(i);
            if (quote == 0 && (one == '\'' || one == '"')) {
                quote = one;
                isQuoted = true;
            } else if (quote != 0 && one == quote) {
                quote = 0;
            } else if (one == '\\' && quote != '\'' && i + 1 < word.length()) {
                i++;
                plain.append(word.charAt(i));
            } else if (quote == 0 && Lines.isSpace(one)) {
                return Optional.empty();
            } else {
                plain.append(one);
            }
        }
        return quote == 0 && !plain.isEmpty() ? Optional.of(isQuoted) : Optional.empty();
    }
}
