package dev.holdfast.manifest.shell;

import dev.holdfast.manifest.shell.ShellCommand.Joint;
import dev.holdfast.manifest.text.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads shell text (POSIX.1-2024 Shell Command Language, with bash's {@code [[}, {@code ((}, {@code <(}, {@code <<<} and {@code &>}) as far as it
 * takes to name the commands:
 *
 * <pre>
 * script    = { command ( "&amp;&amp;" | "||" | "|" | "|&amp;" | ";" | "&amp;" | newline ) }
 * command   = { assignment | redirect | word } | "(" script ")" | reserved command | name "()" command
 * word      = { plain | "\" character | "'" text "'" | '"' text '"' | "$" name | "${" … "}" | "$(" script ")" | "`" script "`" | "$((" … "))" }
 * redirect  = [ number ] ( "&gt;" | "&gt;&gt;" | "&lt;" | "&gt;&amp;" | "&lt;&amp;" | "&gt;|" | "&lt;&gt;" | "&lt;&lt;" | "&lt;&lt;-" | "&lt;&lt;&lt;" | "&amp;&gt;" ) word
 * </pre>
 *
 * <p>What is not closed ends with the text. Bounds: substitutions nest at most {@link #MOST_DEPTH} deep, deeper ones are words; at most
 * {@link #MOST_COMMANDS} commands are named.
 */
public final class ShellReader {
    private static final int MOST_DEPTH = 16;
    private static final int MOST_COMMANDS = 5_000;

    /** Words behind which another command begins. */
    private static final Set<String> OPENING =
            Set.of("if", "then", "elif", "else", "while", "until", "do", "!", "{", "time", "coproc");

    /** Words that end a group and are no command. */
    private static final Set<String> CLOSING = Set.of("fi", "done", "esac", "}");

    private final ShellCursor cursor;
    private final List<ShellCommand> commands = new ArrayList<>();
    private final List<String> openHeredocs = new ArrayList<>();
    private Joint joint = Joint.START;
    private int cases;
    private boolean expectsPattern;

    private ShellReader(ShellCursor cursor) {
        this.cursor = cursor;
    }

    /** The commands in the order in which they stand; those inside of words are with the command that the word belongs to. */
    public static List<ShellCommand> read(SourceText text) {
        return read(ShellCursor.of(text, MOST_DEPTH, MOST_COMMANDS));
    }

    static List<ShellCommand> read(ShellCursor cursor) {
        ShellReader reader = new ShellReader(cursor);
        reader.script();
        return reader.commands;
    }

    private void script() {
        while (!cursor.isAtEnd() && cursor.mayName()) {
            int before = cursor.at;
            cursor.skipBlanks();
            if (!cursor.isAtEnd() && !separator()) {
                if (expectsPattern) {
                    pattern();
                } else {
                    command();
                }
            }
            if (cursor.at == before) {
                cursor.at++;
            }
        }
    }

    /** Goes over what stands between commands, and says whether anything did. */
    private boolean separator() {
        char one = cursor.here();
        switch (one) {
            case '\n' -> {
                cursor.at++;
                joint = Joint.SEQUENCE;
                heredocBodies();
            }
            case '&' -> {
                if (cursor.peek(1) == '>') {
                    return false;
                }
                joint = cursor.peek(1) == '&' ? Joint.AND : Joint.SEQUENCE;
                cursor.at += cursor.peek(1) == '&' ? 2 : 1;
            }
            case '|' -> {
                joint = cursor.peek(1) == '|' ? Joint.OR : Joint.PIPE;
                cursor.at += cursor.peek(1) == '|' || cursor.peek(1) == '&' ? 2 : 1;
            }
            case ';' -> semicolons();
            case '(' -> {
                if (cursor.peek(1) == '(') {
                    cursor.skipTo("))");
                } else {
                    cursor.at++;
                }
            }
            case ')' -> cursor.at++;
            default -> {
                return false;
            }
        }
        return true;
    }

    private void semicolons() {
        boolean endsCase = cases > 0 && (cursor.peek(1) == ';' || cursor.peek(1) == '&');
        while (!cursor.isAtEnd() && (cursor.here() == ';' || endsCase && cursor.here() == '&')) {
            cursor.at++;
        }
        expectsPattern |= endsCase;
        joint = Joint.SEQUENCE;
    }

    /** A pattern of {@code case} up to its bracket. */
    private void pattern() {
        if (cursor.takesWord("esac")) {
            cases--;
            expectsPattern = false;
            return;
        }
        if (cursor.peek(0) == '(') {
            cursor.at++;
        }
        WordReader words = new WordReader(cursor);
        while (!cursor.isAtEnd() && cursor.here() != ')') {
            if (ShellCursor.isWordEnd(cursor.here())) {
                cursor.at++;
            } else {
                words.read();
            }
        }
        cursor.at++;
        expectsPattern = false;
        joint = Joint.SEQUENCE;
    }

    private void command() {
        if (reserved()) {
            return;
        }
        Optional<ShellCommand> read = new CommandReader(cursor, openHeredocs).read(joint);
        if (read.isPresent()) {
            cursor.named();
            commands.add(read.get());
            joint = Joint.SEQUENCE;
        }
    }

    /** Goes over a reserved word and what belongs to it, and says whether there was one. */
    private boolean reserved() {
        int wordEnd = cursor.at;
        while (wordEnd < cursor.end && !ShellCursor.isWordEnd(cursor.text.charAt(wordEnd))) {
            wordEnd++;
        }
        String word = cursor.text.toString().substring(cursor.at, Math.min(wordEnd, cursor.at + 10));
        if (OPENING.contains(word) || CLOSING.contains(word)) {
            cursor.at = wordEnd;
            cases -= word.equals("esac") && cases > 0 ? 1 : 0;
            joint = joint == Joint.PIPE && OPENING.contains(word) ? Joint.PIPE : Joint.SEQUENCE;
            return true;
        }
        switch (word) {
            case "for", "select" -> {
                cursor.at = wordEnd;
                cursor.skipBlanks();
                if (cursor.text.toString().startsWith("((", cursor.at)) {
                    cursor.skipTo("))");
                }
                WordReader names = new WordReader(cursor);
                while (!cursor.isAtEnd() && !ShellCursor.isWordEnd(cursor.here())) {
                    names.read();
                    cursor.skipBlanks();
                }
                joint = Joint.SEQUENCE;
            }
            case "case" -> {
                cursor.at = wordEnd;
                WordReader subject = new WordReader(cursor);
                cursor.skipBlanks();
                subject.read();
                cursor.skipLines();
                cases++;
                expectsPattern = cursor.takesWord("in");
            }
            case "function" -> {
                cursor.at = wordEnd;
                cursor.skipBlanks();
                while (!cursor.isAtEnd() && !ShellCursor.isWordEnd(cursor.here())) {
                    cursor.at++;
                }
            }
            case "[[" -> cursor.skipTo("]]");
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Here-documents that were opened on the line that ended just now. */
    private void heredocBodies() {
        for (String word : openHeredocs) {
            boolean isChomped = word.startsWith("-");
            String closing = isChomped ? word.substring(1) : word;
            boolean isOpen = true;
            while (!cursor.isAtEnd() && isOpen) {
                int feed = cursor.text.toString().indexOf('\n', cursor.at);
                int lineEnd = feed < 0 ? cursor.end : Math.min(cursor.end, feed);
                String line = cursor.text.toString().substring(cursor.at, lineEnd);
                String bare = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
                isOpen = !(isChomped ? bare.replaceFirst("^\t+", "") : bare).equals(closing);
                cursor.at = Math.min(cursor.end, lineEnd + 1);
            }
        }
        openHeredocs.clear();
    }
}
