package dev.holdfast.manifest.shell;

import dev.holdfast.manifest.text.SourceText;
import java.util.ArrayList;
import java.util.List;

/** Reads words, and the commands in their substitutions. */
final class WordReader {
    private final ShellCursor cursor;
    private final List<ShellCommand> inner = new ArrayList<>();
    private SourceText.Builder plain = new SourceText.Builder();
    private boolean isFixed = true;
    private boolean isQuoted;

    WordReader(ShellCursor cursor) {
        this.cursor = cursor;
    }

    /** The commands inside of the words that were read. */
    List<ShellCommand> inner() {
        return inner;
    }

    ShellWord read() {
        plain = new SourceText.Builder();
        isFixed = true;
        isQuoted = false;
        int from = cursor.at;
        boolean isFirst = true;
        while (!cursor.isAtEnd()) {
            char one = cursor.here();
            boolean opensProcess = isFirst && (one == '<' || one == '>') && cursor.peek(1) == '(';
            if (ShellCursor.isWordEnd(one) && !opensProcess) {
                break;
            }
            step(one, opensProcess);
            isFirst = false;
        }
        return new ShellWord(plain.build(), isFixed, isQuoted, cursor.text.place(from, Math.max(from, cursor.at)));
    }

    private void step(char one, boolean opensProcess) {
        switch (one) {
            case '\\' -> escaped();
            case '\'' -> singleQuoted();
            case '"' -> doubleQuoted();
            case '$' -> dollar();
            case '`' -> backquoted();
            default -> {
                if (opensProcess) {
                    substitution(2, 1);
                } else {
                    keep(1);
                }
            }
        }
    }

    private void keep(int count) {
        int to = Math.min(cursor.end, cursor.at + count);
        plain.append(cursor.text, cursor.at, to);
        cursor.at = to;
    }

    private void escaped() {
        if (cursor.peek(1) == '\n') {
            cursor.at += 2;
            return;
        }
        cursor.at++;
        keep(1);
    }

    private void singleQuoted() {
        isQuoted = true;
        int close = cursor.text.toString().indexOf('\'', cursor.at + 1);
        int to = close < 0 ? cursor.end : Math.min(cursor.end, close);
        plain.append(cursor.text, cursor.at + 1, Math.max(cursor.at + 1, to));
        cursor.at = Math.min(cursor.end, to + 1);
    }

    private void doubleQuoted() {
        isQuoted = true;
        cursor.at++;
        while (!cursor.isAtEnd() && cursor.here() != '"') {
            char one = cursor.here();
            if (one == '\\' && "\"\\$`\n".indexOf(cursor.peek(1)) >= 0) {
                escaped();
            } else if (one == '$') {
                dollar();
            } else if (one == '`') {
                backquoted();
            } else {
                keep(1);
            }
        }
        cursor.at = Math.min(cursor.end, cursor.at + 1);
    }

    private void dollar() {
        char next = cursor.peek(1);
        if (next == '(' && cursor.peek(2) == '(') {
            isFixed = false;
            int from = cursor.at;
            cursor.skipTo("))");
            plain.append(cursor.text, from, cursor.at);
        } else if (next == '(') {
            substitution(2, 1);
        } else if (next == '{') {
            isFixed = false;
            braces();
        } else {
            isFixed &=
                    !(Character.isLetterOrDigit(next) || next == '_' || "@*#?-$!".indexOf(next) >= 0 && next != '\0');
            keep(1);
        }
    }

    private void braces() {
        int from = cursor.at;
        int open = 0;
        while (!cursor.isAtEnd()) {
            char one = cursor.here();
            if (one == '\\') {
                cursor.at++;
            } else if (one == '{') {
                open++;
            } else if (one == '}') {
                open--;
                if (open == 0) {
                    cursor.at++;
                    break;
                }
            }
            cursor.at++;
        }
        cursor.at = Math.min(cursor.at, cursor.end);
        plain.append(cursor.text, from, cursor.at);
    }

    /** {@code $( … )} or {@code <( … )}: the commands inside are read, the word keeps what is written. */
    private void substitution(int opening, int closing) {
        isFixed = false;
        int from = cursor.at;
        int close = closingBracket(cursor.at + opening);
        inside(cursor.at + opening, close);
        cursor.at = Math.min(cursor.end, close + closing);
        plain.append(cursor.text, from, cursor.at);
    }

    private int closingBracket(int from) {
        int open = 1;
        int next = from;
        char quote = 0;
        while (next < cursor.end) {
            char one = cursor.text.charAt(next);
            if (one == '\\' && quote != '\'') {
                next++;
            } else if (quote != 0) {
                quote = one == quote ? 0 : quote;
            } else if (one == '\'' || one == '"') {
                quote = one;
            } else if (one == '(') {
                open++;
            } else if (one == ')') {
                open--;
                if (open == 0) {
                    return next;
                }
            }
            next++;
        }
        return cursor.end;
    }

    private void backquoted() {
        isFixed = false;
        int from = cursor.at;
        int close = cursor.at + 1;
        while (close < cursor.end && cursor.text.charAt(close) != '`') {
            close += cursor.text.charAt(close) == '\\' ? 2 : 1;
        }
        close = Math.min(close, cursor.end);
        inside(cursor.at + 1, close);
        cursor.at = Math.min(cursor.end, close + 1);
        plain.append(cursor.text, from, cursor.at);
    }

    private void inside(int from, int to) {
        if (cursor.mayNest() && from < to) {
            inner.addAll(ShellReader.read(cursor.inside(from, to)));
        }
    }
}
