package dev.holdfast.manifest.dockerfile;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;

/**
 * Expands variables and takes off quotes as BuildKit does in arguments of instructions:
 *
 * <pre>
 * $name  ${name}           the value
 * ${name:-word}  ${name-word}    word where it is empty or unset; where it is unset
 * ${name:+word}  ${name+word}    word where it is not
 * ${name:?word}  ${name?word}    refused where it is
 * ${name#glob}  ${name##glob}    without the shortest, the longest start that fits; % and %% for the end
 * ${name/glob/word}  ${name//glob/word}   with the first, with every part that fits replaced
 * 'text'  "text $name"  \c
 * </pre>
 *
 * <p>Bounds: the result by {@link #MOST_CHARACTERS}, because arguments that double each other would grow without end; nesting by
 * {@link #MOST_DEPTH}. Beyond them a text is unknown.
 */
public final class Expansion {
    /** A line of a Dockerfile has at most 64 KiB. */
    private static final int MOST_CHARACTERS = 64 << 10;

    private static final int MOST_DEPTH = 32;

    private final String text;
    private final char escape;
    private final Function<String, Worth> variables;
    private final Set<String> unknown = new LinkedHashSet<>();
    private int at;

    private Expansion(String text, char escape, Function<String, Worth> variables) {
        this.text = text;
        this.escape = escape;
        this.variables = variables;
    }

    /** What cannot be expanded. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private Refused(String reason) {
            super(reason, null, false, false);
        }

        private String reason() {
            return String.valueOf(getMessage());
        }
    }

    /** Expands a text. */
    public static Expanded of(String text, char escape, Function<String, Worth> variables) {
        if (text.indexOf('$') < 0 && text.indexOf('\'') < 0 && text.indexOf('"') < 0 && text.indexOf(escape) < 0) {
            return new Expanded(text, Set.of(), "");
        }
        Expansion expansion = new Expansion(text, escape, variables);
        try {
            String result = expansion.until('\0', MOST_DEPTH);
            return new Expanded(result, expansion.unknown, "");
        } catch (Refused refused) {
            return new Expanded(text, expansion.unknown, refused.reason());
        }
    }

    private boolean isAtEnd() {
        return at >= text.length();
    }

    /** Expands up to a character, which is consumed; up to the end when it is zero. */
    private String until(char stop, int depth) throws Refused {
        if (depth == 0) {
            throw new Refused("variables nest too deep");
        }
        StringBuilder result = new StringBuilder();
        while (!isAtEnd()) {
            char one = text.charAt(at);
            if (stop != '\0' && one == stop) {
                at++;
                return bounded(result);
            }
            at++;
            if (one == '\'') {
                singleQuoted(result);
            } else if (one == '"') {
                doubleQuoted(result, depth);
            } else if (one == '$') {
                result.append(dollar(depth));
            } else if (one == escape) {
                if (!isAtEnd()) {
                    result.append(text.charAt(at));
                    at++;
                }
            } else {
                result.append(one);
            }
            bounded(result);
        }
        if (stop != '\0') {
            throw new Refused("a brace is not closed");
        }
        return result.toString();
    }

    private static String bounded(StringBuilder result) throws Refused {
        if (result.length() > MOST_CHARACTERS) {
            throw new Refused("it expands to more than 65,536 characters");
        }
        return result.toString();
    }

    private void singleQuoted(StringBuilder result) throws Refused {
        int end = text.indexOf('\'', at);
        if (end < 0) {
            throw new Refused("a single quote is not closed");
        }
        result.append(text, at, end);
        at = end + 1;
    }

    private void doubleQuoted(StringBuilder result, int depth) throws Refused {
        while (!isAtEnd()) {
            char one = text.charAt(at);
            at++;
            if (one == '"') {
                return;
            }
            if (one == '$') {
                result.append(dollar(depth));
            } else if (one == escape && !isAtEnd() && isEscapable(text.charAt(at))) {
                result.append(text.charAt(at));
                at++;
            } else {
                result.append(one);
            }
            bounded(result);
        }
        throw new Refused("a double quote is not closed");
    }

    private boolean isEscapable(char one) {
        return one == '"' || one == '$' || one == escape;
    }

    /** What stands behind a dollar sign. */
    private String dollar(int depth) throws Refused {
        int from = at - 1;
        if (isAtEnd() || text.charAt(at) != '{') {
            String name = name();
            return name.isEmpty() ? "$" : plain(name, from);
        }
        at++;
        String name = name();
        if (name.isEmpty() || isAtEnd()) {
            throw new Refused("bad substitution " + text.substring(from));
        }
        char operator = text.charAt(at);
        at++;
        return switch (operator) {
            case '}' -> plain(name, from);
            case '-', '+', '?' -> conditional(name, operator, false, from, depth);
            case ':' -> colon(name, from, depth);
            case '#', '%' -> trimmed(name, operator, from, depth);
            case '/' -> replaced(name, from, depth);
            default -> throw new Refused("unknown modifier in " + text.substring(from, at));
        };
    }

    private String name() {
        int from = at;
        if (!isAtEnd() && Character.isDigit(text.charAt(at))) {
            while (!isAtEnd() && Character.isDigit(text.charAt(at))) {
                at++;
            }
            return text.substring(from, at);
        }
        if (!isAtEnd() && "@*#?-$!".indexOf(text.charAt(at)) >= 0) {
            at++;
            return text.substring(from, at);
        }
        while (!isAtEnd() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        return text.substring(from, at);
    }

    private String plain(String name, int from) {
        return switch (variables.apply(name)) {
            case Worth.Known known -> known.text();
            case Worth.Unset _ -> "";
            case Worth.Unknown _, Worth.Awaited _ -> lost(name, from);
        };
    }

    /** What is written, because it cannot be told. */
    private String lost(String name, int from) {
        unknown.add(name);
        return text.substring(from, at);
    }

    private String colon(String name, int from, int depth) throws Refused {
        char operator = isAtEnd() ? '\0' : text.charAt(at);
        at++;
        if (operator != '-' && operator != '+' && operator != '?') {
            throw new Refused("unknown modifier in " + text.substring(from, Math.min(at, text.length())));
        }
        return conditional(name, operator, true, from, depth);
    }

    private String conditional(String name, char operator, boolean isEmptyUnset, int from, int depth) throws Refused {
        Set<String> before = new LinkedHashSet<>(unknown);
        String word = until('}', depth - 1);
        Worth worth = variables.apply(name);
        if (worth instanceof Worth.Unknown || worth instanceof Worth.Awaited && operator == '?') {
            unknown.clear();
            unknown.addAll(before);
            return lost(name, from);
        }
        String value = worth instanceof Worth.Known known ? known.text() : "";
        boolean isSet = worth instanceof Worth.Known && !(isEmptyUnset && value.isEmpty());
        boolean takesWord = operator == '+' ? isSet : !isSet;
        if (!takesWord) {
            unknown.clear();
            unknown.addAll(before);
            return operator == '+' ? "" : value;
        }
        if (operator == '?') {
            throw new Refused(name + " must be set" + (word.isEmpty() ? "" : ": " + word));
        }
        return word;
    }

    private String trimmed(String name, char operator, int from, int depth) throws Refused {
        boolean isLongest = !isAtEnd() && text.charAt(at) == operator;
        if (isLongest) {
            at++;
        }
        String glob = until('}', depth - 1);
        return switch (variables.apply(name)) {
            case Worth.Unknown _, Worth.Awaited _ -> lost(name, from);
            case Worth.Unset _ -> "";
            case Worth.Known known -> {
                String value = known.text();
                yield operator == '#'
                        ? value.substring(Math.max(0, Glob.prefix(glob, value, isLongest)))
                        : value.substring(0, Glob.suffixStart(glob, value, isLongest));
            }
        };
    }

    private String replaced(String name, int from, int depth) throws Refused {
        boolean isEvery = !isAtEnd() && text.charAt(at) == '/';
        if (isEvery) {
            at++;
        }
        String glob = until('/', depth - 1);
        String word = until('}', depth - 1);
        return switch (variables.apply(name)) {
            case Worth.Unknown _, Worth.Awaited _ -> lost(name, from);
            case Worth.Unset _ -> "";
            case Worth.Known known -> Glob.replace(glob, known.text(), word, isEvery);
        };
    }
}
