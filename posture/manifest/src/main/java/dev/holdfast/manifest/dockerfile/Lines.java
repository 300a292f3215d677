package dev.holdfast.manifest.dockerfile;

import dev.holdfast.manifest.text.SourceText;

/** The lines of a file, one after another. Line ends are a line feed with any number of carriage returns before it. */
final class Lines {
    private final String text;
    private int next;
    private int start;
    private int end;
    private int number;

    Lines(String text) {
        this.text = text;
        this.next = text.startsWith("\uFEFF") ? 1 : 0;
    }

    /** Goes to the next line; false behind the last. */
    boolean advance() {
        if (next >= text.length()) {
            return false;
        }
        start = next;
        int feed = text.indexOf('\n', start);
        next = feed < 0 ? text.length() : feed + 1;
        end = feed < 0 ? text.length() : feed;
        while (end > start && text.charAt(end - 1) == '\r') {
            end--;
        }
        number++;
        return true;
    }

    /** The number of the line at hand, from 1. */
    int number() {
        return number;
    }

    /** Where the line at hand begins. */
    int start() {
        return start;
    }

    /** Where it ends, without its line end. */
    int end() {
        return end;
    }

    char at(int offset) {
        return text.charAt(offset);
    }

    /** Where the first character stands that is no white space. */
    int firstVisible() {
        int at = start;
        while (at < end && isSpace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    boolean isBlank() {
        return firstVisible() == end;
    }

    boolean isComment() {
        int first = firstVisible();
        return first < end && text.charAt(first) == '#';
    }

    /** Whether the line says exactly this from there on. */
    boolean says(int from, String word) {
        return end - from == word.length() && text.startsWith(word, from);
    }

    String from(int offset) {
        return text.substring(offset, end);
    }

    /** Appends a part of the line. */
    void appendTo(SourceText.Builder builder, int from, int to) {
        builder.append(text.substring(from, to), number, 1 + text.codePointCount(start, from));
    }

    /** Appends the line from there on with its line end. */
    void appendWhole(SourceText.Builder builder, int from) {
        appendTo(builder, from, next);
    }

    /** White space as Go's unicode.IsSpace has it. */
    static boolean isSpace(char one) {
        return switch (one) {
            case '\t', '\n', 0x0B, '\f', '\r', ' ', 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000 -> true;
            default -> one >= 0x2000 && one <= 0x200A;
        };
    }
}
