package dev.holdfast.manifest.shell;

import dev.holdfast.manifest.shell.ShellCommand.Joint;
import dev.holdfast.manifest.text.SourceText;
import java.util.ArrayList;
import java.util.List;
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

    /** How often names are counted over the whole text. */
    private static final class Budget {
        private int commands = MOST_COMMANDS;
    }

    private final SourceText text;
    private final int end;
    private final int depth;
    private final Budget budget;
    private final List<ShellCommand> commands = new ArrayList<>();
    private final List<String> openHeredocs = new ArrayList<>();
    private int at;
    private Joint joint = Joint.START;
    private int cases;
    private boolean expectsPattern;

    private ShellReader(SourceText text, int from, int end, int depth, Budget budget) {
        this.text = text;
        this.at = from;
        this.end = end;
        this.depth = depth;
        this.budget = budget;
    }

    /** The commands in the order in which they stand; those inside of words are with the command that the word belongs to. */
    public static List<ShellCommand> read(SourceText text) {
        ShellReader reader = new ShellReader(text, 0, text.length(), MOST_DEPTH, new Budget());
        reader.script();
        return reader.commands;
    }

    private void script() {
        while (at < end && budget.commands > 0) {
            int before = at;
            skipBlanks();
            if (at < end && !separator()) {
                if (expectsPattern) {
                    pattern();
                } else {
                    command();
                }
            }
            if (at == before) {
                at++;
            }
        }
    }

    private char peek(int ahead) {
        return at + ahead < end ? text.charAt(at + ahead) : '\0';
    }

    private void skipBlanks() {
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

    /** Goes over what stands between commands, and says whether anything did. */
    private boolean separator() {
        char one = text.charAt(at);
        switch (one) {
            case '\n' -> {
                at++;
                joint = Joint.SEQUENCE;
                heredocBodies();
            }
            case '&' -> {
                if (peek(1) == '>') {
                    return false;
                }
                joint = peek(1) == '&' ? Joint.AND : Joint.SEQUENCE;
                at += peek(1) == '&' ? 2 : 1;
            }
            case '|' -> {
                joint = peek(1) == '|' ? Joint.OR : Joint.PIPE;
                at += peek(1) == '|' || peek(1) == '&' ? 2 : 1;
            }
            case ';' -> semicolons();
            case '(' -> {
                if (peek(1) == '(') {
                    skipTo("))");
                } else {
                    at++;
                }
            }
            case ')' -> at++;
            default -> {
                return false;
            }
        }
        return true;
    }

    private void semicolons() {
        boolean endsCase = cases > 0 && (peek(1) == ';' || peek(1) == '&');
        while (at < end && (text.charAt(at) == ';' || endsCase && text.charAt(at) == '&')) {
            at++;
        }
        expectsPattern |= endsCase;
        joint = Joint.SEQUENCE;
    }

    private void skipTo(String closing) {
        int found = text.toString().indexOf(closing, at);
        at = found < 0 ? end : Math.min(end, found + closing.length());
    }

    /** A pattern of {@code case} up to its bracket. */
    private void pattern() {
        if (takesWord("esac")) {
            cases--;
            expectsPattern = false;
            return;
        }
        if (peek(0) == '(') {
            at++;
        }
        WordReader words = new WordReader();
        while (at < end && text.charAt(at) != ')') {
            if (isWordEnd(text.charAt(at))) {
                at++;
            } else {
                words.read();
            }
        }
        at++;
        expectsPattern = false;
        joint = Joint.SEQUENCE;
    }

    private boolean takesWord(String word) {
        boolean stands = text.toString().startsWith(word, at)
                && (at + word.length() >= end || isWordEnd(text.charAt(at + word.length())));
        if (stands) {
            at += word.length();
        }
        return stands;
    }

    private static boolean isWordEnd(char one) {
        return switch (one) {
            case ' ', '\t', '\r', '\n', ';', '&', '|', '<', '>', '(', ')' -> true;
            default -> false;
        };
    }

    private void command() {
        if (reserved()) {
            return;
        }
        CommandReader reader = new CommandReader();
        reader.read();
    }

    /** Goes over a reserved word and what belongs to it, and says whether there was one. */
    private boolean reserved() {
        int wordEnd = at;
        while (wordEnd < end && !isWordEnd(text.charAt(wordEnd))) {
            wordEnd++;
        }
        String word = text.toString().substring(at, Math.min(wordEnd, at + 10));
        if (OPENING.contains(word) || CLOSING.contains(word)) {
            at = wordEnd;
            cases -= word.equals("esac") && cases > 0 ? 1 : 0;
            joint = joint == Joint.PIPE && OPENING.contains(word) ? Joint.PIPE : Joint.SEQUENCE;
            return true;
        }
        switch (word) {
            case "for", "select" -> {
                at = wordEnd;
                skipBlanks();
                if (text.toString().startsWith("((", at)) {
                    skipTo("))");
                }
                WordReader names = new WordReader();
                while (at < end && !isWordEnd(text.charAt(at))) {
                    names.read();
                    skipBlanks();
                }
                joint = Joint.SEQUENCE;
            }
            case "case" -> {
                at = wordEnd;
                WordReader subject = new WordReader();
                skipBlanks();
                subject.read();
                skipLines();
                cases++;
                expectsPattern = takesWord("in");
            }
            case "function" -> {
                at = wordEnd;
                skipBlanks();
                while (at < end && !isWordEnd(text.charAt(at))) {
                    at++;
                }
            }
            case "[[" -> skipTo("]]");
            default -> {
                return false;
            }
        }
        return true;
    }

    private void skipLines() {
        skipBlanks();
        while (at < end && text.charAt(at) == '\n') {
            at++;
            skipBlanks();
        }
    }

    /** Here-documents that were opened on the line that ended just now. */
    private void heredocBodies() {
        for (String word : openHeredocs) {
            boolean isChomped = word.startsWith("-");
            String closing = isChomped ? word.substring(1) : word;
            boolean isOpen = true;
            while (at < end && isOpen) {
                int feed = text.toString().indexOf('\n', at);
                int lineEnd = feed < 0 ? end : Math.min(end, feed);
                String line = text.toString().substring(at, lineEnd);
                String bare = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
                isOpen = !(isChomped ? bare.replaceFirst("^\t+", "") : bare).equals(closing);
                at = Math.min(end, lineEnd + 1);
            }
        }
        openHeredocs.clear();
    }

    /** One simple command while it is read. */
    private final class CommandReader {
        private final List<ShellWord> assignments = new ArrayList<>();
        private final List<ShellWord> words = new ArrayList<>();
        private final List<Redirect> redirects = new ArrayList<>();
        private final List<ShellCommand> inner = new ArrayList<>();
        private final int from = at;
        private int last = at;

        private void read() {
            while (at < end && part()) {
                last = at;
                skipBlanks();
            }
            if (words.size() == 1 && peek(0) == '(' && peek(1) == ')') {
                at += 2;
                return;
            }
            if (assignments.isEmpty() && words.isEmpty() && redirects.isEmpty()) {
                return;
            }
            budget.commands--;
            commands.add(new ShellCommand(joint, assignments, words, redirects, inner, text.place(from, last)));
            joint = Joint.SEQUENCE;
        }

        /** Reads one word or redirect; false where the command ends. */
        private boolean part() {
            char one = text.charAt(at);
            if (one == '<' && peek(1) == '(' || one == '>' && peek(1) == '(') {
                words.add(word());
                return true;
            }
            if (one == '<' || one == '>' || one == '&' && peek(1) == '>') {
                redirect();
                return true;
            }
            if (isWordEnd(one)) {
                return false;
            }
            ShellWord word = word();
            boolean isNumber = at < end
                    && (text.charAt(at) == '<' || text.charAt(at) == '>')
                    && !word.text().isEmpty()
                    && word.text().chars().allMatch(Character::isDigit);
            if (isNumber) {
                return true;
            }
            if (words.isEmpty() && isAssignment(word)) {
                assignments.add(word);
            } else {
                words.add(word);
            }
            return true;
        }

        private ShellWord word() {
            WordReader reader = new WordReader();
            ShellWord word = reader.read();
            inner.addAll(reader.inner);
            return word;
        }

        private void redirect() {
            int start = at;
            while (at < end && "<>&|-".indexOf(text.charAt(at)) >= 0 && at - start < 3) {
                boolean isDash = text.charAt(at) == '-'
                        && !text.toString().substring(start, at).equals("<<");
                if (isDash) {
                    break;
                }
                at++;
            }
            String operator = text.toString().substring(start, at);
            skipBlanks();
            if (at >= end || isWordEnd(text.charAt(at)) && peek(1) != '(') {
                return;
            }
            ShellWord target = word();
            if (operator.startsWith("<<") && !operator.equals("<<<")) {
                openHeredocs.add((operator.endsWith("-") ? "-" : "") + target.text());
            }
            redirects.add(new Redirect(operator, target));
        }

        private boolean isAssignment(ShellWord word) {
            String written = word.text();
            int equals = written.indexOf('=');
            if (equals < 1 || Character.isDigit(written.charAt(0))) {
                return false;
            }
            for (int i = 0; i < equals; i++) {
                char one = written.charAt(i);
                boolean isAppend = one == '+' && i == equals - 1;
                if (!Character.isLetterOrDigit(one) && one != '_' && !isAppend) {
                    return false;
                }
            }
            return true;
        }
    }

    /** One word while it is read. */
    private final class WordReader {
        private final List<ShellCommand> inner = new ArrayList<>();
        private SourceText.Builder plain = new SourceText.Builder();
        private boolean isFixed = true;
        private boolean isQuoted;

        private ShellWord read() {
            plain = new SourceText.Builder();
            isFixed = true;
            isQuoted = false;
            int from = at;
            boolean isFirst = true;
            while (at < end) {
                char one = text.charAt(at);
                boolean opensProcess = isFirst && (one == '<' || one == '>') && peek(1) == '(';
                if (isWordEnd(one) && !opensProcess) {
                    break;
                }
                step(one, opensProcess);
                isFirst = false;
            }
            return new ShellWord(plain.build(), isFixed, isQuoted, text.place(from, Math.max(from, at)));
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
            int to = Math.min(end, at + count);
            plain.append(text, at, to);
            at = to;
        }

        private void escaped() {
            if (peek(1) == '\n') {
                at += 2;
                return;
            }
            at++;
            keep(1);
        }

        private void singleQuoted() {
            isQuoted = true;
            int close = text.toString().indexOf('\'', at + 1);
            int to = close < 0 ? end : Math.min(end, close);
            plain.append(text, at + 1, Math.max(at + 1, to));
            at = Math.min(end, to + 1);
        }

        private void doubleQuoted() {
            isQuoted = true;
            at++;
            while (at < end && text.charAt(at) != '"') {
                char one = text.charAt(at);
                if (one == '\\' && "\"\\$`\n".indexOf(peek(1)) >= 0) {
                    escaped();
                } else if (one == '$') {
                    dollar();
                } else if (one == '`') {
                    backquoted();
                } else {
                    keep(1);
                }
            }
            at = Math.min(end, at + 1);
        }

        private void dollar() {
            char next = peek(1);
            if (next == '(' && peek(2) == '(') {
                isFixed = false;
                int from = at;
                skipTo("))");
                plain.append(text, from, at);
            } else if (next == '(') {
                substitution(2, 1);
            } else if (next == '{') {
                isFixed = false;
                braces();
            } else {
                isFixed &= !(Character.isLetterOrDigit(next)
                        || next == '_'
                        || "@*#?-$!".indexOf(next) >= 0 && next != '\0');
                keep(1);
            }
        }

        private void braces() {
            int from = at;
            int open = 0;
            while (at < end) {
                char one = text.charAt(at);
                if (one == '\\') {
                    at++;
                } else if (one == '{') {
                    open++;
                } else if (one == '}') {
                    open--;
                    if (open == 0) {
                        at++;
                        break;
                    }
                }
                at++;
            }
            at = Math.min(at, end);
            plain.append(text, from, at);
        }

        /** {@code $( … )} or {@code <( … )}: the commands inside are read, the word keeps what is written. */
        private void substitution(int opening, int closing) {
            isFixed = false;
            int from = at;
            int close = closingBracket(at + opening);
            inside(at + opening, close);
            at = Math.min(end, close + closing);
            plain.append(text, from, at);
        }

        private int closingBracket(int from) {
            int open = 1;
            int next = from;
            char quote = 0;
            while (next < end) {
                char one = text.charAt(next);
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
            return end;
        }

        private void backquoted() {
            isFixed = false;
            int from = at;
            int close = at + 1;
            while (close < end && text.charAt(close) != '`') {
                close += text.charAt(close) == '\\' ? 2 : 1;
            }
            close = Math.min(close, end);
            inside(at + 1, close);
            at = Math.min(end, close + 1);
            plain.append(text, from, at);
        }

        private void inside(int from, int to) {
            if (depth > 0 && from < to) {
                ShellReader reader = new ShellReader(text, from, to, depth - 1, budget);
                reader.script();
                inner.addAll(reader.commands);
            }
        }
    }
}
