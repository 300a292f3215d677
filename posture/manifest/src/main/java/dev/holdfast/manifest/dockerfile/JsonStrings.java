package dev.holdfast.manifest.dockerfile;

import dev.holdfast.manifest.text.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a JSON list of strings (RFC 8259) and where each of their characters stands. What is no JSON list is no list, and so a shell form;
 * a list that holds anything but strings is refused.
 */
final class JsonStrings {
    /** What else may stand in a list that is refused anyway; deeper nesting is taken for a shell form. */
    private static final int MOST_DEPTH = 64;

    private final SourceText text;
    private final List<Word> strings = new ArrayList<>();
    private int at;

    private JsonStrings(SourceText text) {
        this.text = text;
    }

    /** The strings; empty when the text is no JSON list. */
    static Optional<List<Word>> read(SourceText text) throws Arguments.Refused {
        JsonStrings reading = new JsonStrings(text);
        reading.at = Splits.skipSpace(text, 0);
        int first = reading.at;
        if (first == text.length() || text.charAt(first) != '[') {
            return Optional.empty();
        }
        boolean isList = reading.value(MOST_DEPTH, false);
        reading.space();
        if (!isList || reading.at < text.length()) {
            return Optional.empty();
        }
        if (reading.holdsOther) {
            throw new Arguments.Refused("the list in square brackets may hold only strings in double quotes");
        }
        return Optional.of(reading.strings);
    }

    private boolean holdsOther;

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean takes(char one) {
        space();
        if (at < text.length() && text.charAt(at) == one) {
            at++;
            return true;
        }
        return false;
    }

    /** Reads any value; false when it is not valid. */
    private boolean value(int depth, boolean isElement) {
        space();
        if (at >= text.length() || depth == 0) {
            return false;
        }
        char first = text.charAt(at);
        if (first == '"') {
            Optional<SourceText> string = string();
            string.filter(known -> isElement).ifPresent(known -> strings.add(new Word(known)));
            return string.isPresent();
        }
        holdsOther |= isElement;
        return switch (first) {
            case '[' -> list(depth, !isElement && depth == MOST_DEPTH);
            case '{' -> object(depth);
            default -> literal();
        };
    }

    private boolean list(int depth, boolean isTop) {
        at++;
        if (takes(']')) {
            return true;
        }
        do {
            if (!value(depth - 1, isTop)) {
                return false;
            }
        } while (takes(','));
        return takes(']');
    }

    private boolean object(int depth) {
        at++;
        if (takes('}')) {
            return true;
        }
        do {
            space();
            if (at >= text.length()
                    || text.charAt(at) != '"'
                    || string().isEmpty()
                    || !takes(':')
                    || !value(depth - 1, false)) {
                return false;
            }
        } while (takes(','));
        return takes('}');
    }

    private boolean literal() {
        int from = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || "+-.".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        String word = text.toString().substring(from, at);
        return word.matches("true|false|null|-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
    }

    private Optional<SourceText> string() {
        SourceText.Builder string = new SourceText.Builder();
        at++;
        while (at < text.length()) {
            char one = text.charAt(at);
            if (one == '"') {
                at++;
                return Optional.of(string.build());
            }
            if (one < ' ') {
                return Optional.empty();
            }
            if (one == '\\') {
                if (!escaped(string)) {
                    return Optional.empty();
                }
            } else {
                string.append(text, at, at + 1);
                at++;
            }
        }
        return Optional.empty();
    }

    private boolean escaped(SourceText.Builder string) {
        if (at + 1 >= text.length()) {
            return false;
        }
        char one = text.charAt(at + 1);
        int plain = "\"\\/bfnrt".indexOf(one);
        if (plain >= 0) {
            string.append("\"\\/\b\f\n\r\t".charAt(plain), text, at);
            at += 2;
            return true;
        }
        if (one != 'u' || at + 6 > text.length()) {
            return false;
        }
        int code = 0;
        for (int i = at + 2; i < at + 6; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return false;
            }
            code = code * 16 + digit;
        }
        string.append((char) code, text, at);
        at += 6;
        return true;
    }
}
