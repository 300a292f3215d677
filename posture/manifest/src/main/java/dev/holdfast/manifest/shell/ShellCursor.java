package dev.holdfast.manifest.shell;

import dev.holdfast.manifest.text.SourceText;

/** Where the readers of a shell text stand, and how much they may still read: all of a text share its position. */
final class ShellCursor {
    final SourceText text;
    final int end;
    private final int depth;
    private final Budget budget;
    int at;

    private ShellCursor(SourceText text, int from, int end, int depth, Budget budget) {
        this.text = text;
        this.at = from;
        this.end = end;
        this.depth = depth;
        this.budget = budget;
    }

    /** How many commands may still be named, counted over the whole text. */
    private static final class Budget {
        private int commands;

        private Budget(int commands) {
            this.commands = commands;
        }
    }

    /** At the start of a text, with bounds for how deep substitutions nest and how many commands are named. */
    static ShellCursor of(SourceText text, int mostDepth, int mostCommands) {
        return new ShellCursor(text, 0, text.length(), mostDepth, new Budget(mostCommands));
    }

    boolean mayNest() {
        return depth > 0;
    }

    /** At the start of a substitution. */
    ShellCursor inside(int from, int to) {
        return new ShellCursor(text, from, to, depth - 1, budget);
    }

    boolean mayName() {
        return budget.commands > 0;
    }

    void named() {
        budget.commands--;
    }

    boolean isAtEnd() {
        return at >= end;
    }

    /** The character that the cursor stands on. */
    char here() {
        return text.charAt(at);
    }

    /** What is written from there to the cursor. */
    String since(int from) {
        return text.toString().substring(from, at);
    }

    /** A character ahead; none is {@code \0}. */
    char peek(int ahead) {
        return at + ahead < end ? text.charAt(at + ahead) : '\0';
    }

    void skipBlanks() {
        while (at < end) {
            char one = text.charAt(at);
            if (one == '\\' && (peek(1) == '\n' || peek(1) == '\r' && peek(2) == '\n')) {
                at += peek(1) == '\n' ? 2 : 3;
            } else if (one == ' ' || one == '\t' || one == '\r') {
                at++;
            } else if (one == '#') {
                while (at < end && text.charAt(at) != '\n') {
                    at++;
                }
            } else {
                return;
            }
        }
    }

    void skipLines() {
        skipBlanks();
        while (at < end && text.charAt(at) == '\n') {
            at++;
            skipBlanks();
        }
    }

    /** Goes behind the next of these, or to the end. */
    void skipTo(String closing) {
        int found = text.toString().indexOf(closing, at);
        at = found < 0 ? end : Math.min(end, found + closing.length());
    }

    /** Goes over a word, if it stands here. */
    boolean takesWord(String word) {
        boolean stands = text.toString().startsWith(word, at)
                && (at + word.length() >= end || isWordEnd(text.charAt(at + word.length())));
        if (stands) {
            at += word.length();
        }
        return stands;
    }

    static boolean isWordEnd(char one) {
        return switch (one) {
            case ' ', '\t', '\r', '\n', ';', '&', '|', '<', '>', '(', ')' -> true;
            default -> false;
        };
    }
}
