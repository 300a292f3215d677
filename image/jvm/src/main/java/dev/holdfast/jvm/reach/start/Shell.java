package dev.holdfast.jvm.reach.start;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a shell script for the commands that it may run, without running any. All branches are taken, one after another; variables have the
 * value that was last assigned and is known. What a program would print is not known: a word with such a part is marked with
 * {@link #UNKNOWN}.
 *
 * <pre>
 *   script   = { word | separator }
 *   word     = one or more of: plain characters, '…' literally, "…" with expansions, \ and a character, expansions
 *   expansion= $NAME | ${NAME} | ${NAME:-word} | $@ | $* | $1 … | $(…) | `…`
 *   separator= newline | ; | &amp; | | | ( | ) | { | }
 * </pre>
 */
final class Shell {
    /** Stands for text that only running the script would tell. */
    static final char UNKNOWN = '\uFFFD';

    private static final int LONGEST = 1 << 18;
    private static final int MOST_COMMANDS = 10_000;
    /** Words of one command; {@code set -- "$@" "$@"} doubles them. */
    private static final int MOST_WORDS = 1_000;
    /** Expanded text may grow with every assignment: {@code A=$A$A}. */
    private static final int LONGEST_VALUE = 1 << 16;

    private static final Set<String> KEYWORDS = Set.of(
            "if", "then", "else", "elif", "fi", "do", "done", "while", "until", "case", "esac", "in", "!", "time");

    private final String text;
    private final Map<String, String> variables;
    private List<String> positional;
    private final List<List<String>> commands = new ArrayList<>();
    private List<String> words = new ArrayList<>();
    private int at;

    private Shell(String text, Map<String, String> variables, List<String> positional) {
        this.text = text.substring(0, Math.min(text.length(), LONGEST));
        this.variables = new HashMap<>(variables);
        this.positional = positional;
    }

    /** @param commands in their order, words expanded; {@code variables} are those at the end */
    record Read(List<List<String>> commands, Map<String, String> variables) {}

    /** @param positional what {@code $@} stands for */
    static Read read(String text, Map<String, String> variables, List<String> positional) {
        Shell shell = new Shell(text, variables, positional);
        shell.run();
        return new Read(shell.commands, shell.variables);
    }

    private void run() {
        while (at < text.length() && commands.size() < MOST_COMMANDS) {
            char c = text.charAt(at);
            if (c == '#' && (at == 0 || isBlank(text.charAt(at - 1)) || text.charAt(at - 1) == ';')) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (c == '\\' && at + 1 < text.length() && text.charAt(at + 1) == '\n') {
                at += 2;
            } else if (c == '\n' || c == ';' || c == '&' || c == '|' || c == '(' || c == ')' || c == '{' || c == '}') {
                at++;
                end();
            } else if (isBlank(c)) {
                at++;
            } else {
                word();
            }
        }
        end();
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    private void end() {
        int first = 0;
        while (first < words.size() && (KEYWORDS.contains(words.get(first)) || assign(words.get(first)))) {
            first++;
        }
        List<String> command = List.copyOf(words.subList(first, words.size()));
        words = new ArrayList<>();
        if (command.isEmpty()) {
            return;
        }
        switch (command.getFirst()) {
            case "export", "readonly", "local", "declare" ->
                command.subList(1, command.size()).forEach(this::assign);
            case "set" -> {
                if (command.size() > 1 && command.get(1).equals("--")) {
                    positional = command.subList(2, command.size());
                }
            }
            case "shift" -> positional = positional.isEmpty() ? positional : positional.subList(1, positional.size());
            default -> commands.add(command);
        }
    }

    /** Whether the word is an assignment; one of unknown text leaves what is known. */
    private boolean assign(String word) {
        int equals = word.indexOf('=');
        if (equals <= 0 || !isName(word.substring(0, equals))) {
            return false;
        }
        String value = word.substring(equals + 1);
        String name = word.substring(0, equals);
        if (value.length() <= LONGEST_VALUE && (value.indexOf(UNKNOWN) < 0 || !variables.containsKey(name))) {
            variables.put(name, value);
        }
        return true;
    }

    private static boolean isName(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isNamePart(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNamePart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
    }

    /** Reads one word; what an expansion outside quotes stands for is split at blanks, and {@code "$@"} into its words. */
    private void word() {
        StringBuilder word = new StringBuilder();
        boolean isQuoted = false;
        while (at < text.length() && !isBlank(text.charAt(at)) && ";&|()".indexOf(text.charAt(at)) < 0) {
            char c = text.charAt(at);
            if (c == '\'') {
                int end = text.indexOf('\'', at + 1);
                end = end < 0 ? text.length() : end;
                word.append(text, at + 1, end);
                at = end + 1;
                isQuoted = true;
            } else if (c == '"') {
                quoted(word);
                isQuoted = true;
            } else if (c == '\\' && at + 1 < text.length()) {
                if (text.charAt(at + 1) != '\n') {
                    word.append(text.charAt(at + 1));
                }
                at += 2;
            } else if (c == '$' || c == '`') {
                spread(word, expansion());
            } else {
                word.append(c);
                at++;
            }
            if (word.length() > LONGEST_VALUE) {
                word.setLength(0);
                word.append(UNKNOWN);
            }
        }
        if (isQuoted || !word.isEmpty()) {
            add(word.toString());
        }
    }

    private void add(String word) {
        if (words.size() < MOST_WORDS) {
            words.add(word);
        }
    }

    /** An assignment keeps its blanks; anything else becomes several words. */
    private void spread(StringBuilder word, String value) {
        int equals = word.indexOf("=");
        if (equals > 0 && isName(word.substring(0, equals)) && words.isEmpty()) {
            word.append(value);
            return;
        }
        String[] parts = value.split("[ \\t\\n]+", -1);
        for (int i = 0; i < parts.length; i++) {
            word.append(parts[i]);
            if (i + 1 < parts.length) {
                if (!word.isEmpty()) {
                    add(word.toString());
                }
                word.setLength(0);
            }
        }
    }

    private void quoted(StringBuilder word) {
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length()) {
                word.append(text.charAt(at + 1) == '\n' ? "" : String.valueOf(text.charAt(at + 1)));
                at += 2;
            } else if (c == '$' && text.startsWith("$@", at)) {
                at += 2;
                all(word);
            } else if (c == '$' || c == '`') {
                word.append(expansion());
            } else {
                word.append(c);
                at++;
            }
            if (word.length() > LONGEST_VALUE) {
                word.setLength(0);
                word.append(UNKNOWN);
            }
        }
        at++;
    }

    private void all(StringBuilder word) {
        for (int i = 0; i < positional.size(); i++) {
            word.append(positional.get(i));
            if (i + 1 < positional.size()) {
                add(word.toString());
                word.setLength(0);
            }
        }
    }

    private String expansion() {
        if (text.charAt(at) == '`') {
            int end = text.indexOf('`', at + 1);
            at = end < 0 ? text.length() : end + 1;
            return String.valueOf(UNKNOWN);
        }
        at++;
        char c = at < text.length() ? text.charAt(at) : ' ';
        if (c == '(') {
            skip('(', ')');
            return String.valueOf(UNKNOWN);
        }
        if (c == '{') {
            int from = at + 1;
            skip('{', '}');
            return braced(text.substring(from, Math.max(from, at - 1)));
        }
        if (c == '@' || c == '*') {
            at++;
            return joined();
        }
        if (c >= '0' && c <= '9') {
            at++;
            return argument(c - '0');
        }
        int from = at;
        while (at < text.length() && isNamePart(text.charAt(at))) {
            at++;
        }
        String name = text.substring(from, at);
        if (name.isEmpty()) {
            at += "$?!#-".indexOf(c) >= 0 ? 1 : 0;
            return "$?!#-".indexOf(c) >= 0 ? "0" : "$";
        }
        return variables.getOrDefault(name, "");
    }

    private String joined() {
        long length = positional.stream().mapToLong(String::length).sum();
        return length > LONGEST_VALUE ? String.valueOf(UNKNOWN) : String.join(" ", positional);
    }

    private String argument(int number) {
        if (number == 0) {
            return variables.getOrDefault("0", "");
        }
        return number <= positional.size() ? positional.get(number - 1) : "";
    }

    /** Moves behind the bracket that closes the one at hand. */
    private void skip(char opens, char closes) {
        int depth = 0;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '\\') {
                at++;
            } else if (c == opens) {
                depth++;
            } else if (c == closes && --depth == 0) {
                break;
            }
        }
        at = Math.min(at, text.length());
    }

    /** {@code NAME}, {@code NAME:-word}, {@code NAME-word}, {@code NAME:=word}, {@code NAME:+word}; other operators are not known. */
    private String braced(String inside) {
        int end = 0;
        while (end < inside.length() && isNamePart(inside.charAt(end))) {
            end++;
        }
        String name = inside.substring(0, end);
        String value = inside.equals("@") || inside.equals("*") ? joined() : variables.getOrDefault(name, "");
        String rest = inside.substring(end);
        String operator = rest.startsWith(":") ? rest.substring(1) : rest;
        if (rest.isEmpty() || inside.equals("@") || inside.equals("*")) {
            return value;
        }
        boolean isPlain = operator.indexOf('$') < 0 && operator.indexOf('`') < 0;
        String word = operator.isEmpty() ? "" : operator.substring(1);
        String expanded = isPlain ? word : simple(word);
        return switch (operator.isEmpty() ? ' ' : operator.charAt(0)) {
            case '-', '=' -> value.isEmpty() ? expanded : value;
            case '+' -> value.isEmpty() ? "" : expanded;
            case '?' -> value;
            default -> String.valueOf(UNKNOWN);
        };
    }

    /** A word with nothing but {@code $NAME} in it. */
    private String simple(String word) {
        StringBuilder expanded = new StringBuilder();
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) != '$') {
                expanded.append(word.charAt(i));
                continue;
            }
            int end = i + 1;
            while (end < word.length() && isNamePart(word.charAt(end))) {
                end++;
            }
            expanded.append(
                    end == i + 1 ? String.valueOf(UNKNOWN) : variables.getOrDefault(word.substring(i + 1, end), ""));
            i = end - 1;
        }
        return expanded.toString();
    }
}
