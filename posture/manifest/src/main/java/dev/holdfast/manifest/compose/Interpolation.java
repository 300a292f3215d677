package dev.holdfast.manifest.compose;

import java.util.Map;
import java.util.Optional;

/**
 * Expands the variables of a value as Compose does:
 *
 * <pre>
 * $$              a dollar sign
 * $NAME  ${NAME}  the value
 * ${NAME:-word}  ${NAME-word}    word where it is empty or unset; where it is unset
 * ${NAME:+word}  ${NAME+word}    word where it is not
 * ${NAME:?word}  ${NAME?word}    refused where it is
 * </pre>
 *
 * <p>Words may hold variables. Bounds: {@link #MOST_CHARACTERS} for the result, {@link #MOST_DEPTH} for nesting.
 */
final class Interpolation {
    private static final int MOST_CHARACTERS = 1 << 20;
    private static final int MOST_DEPTH = 16;

    private final String text;
    private final Map<String, String> environment;
    private final StringBuilder result = new StringBuilder();
    private Optional<String> unresolved = Optional.empty();
    private int at;

    private Interpolation(String text, Map<String, String> environment) {
        this.text = text;
        this.environment = environment;
    }

    /**
     * An expanded value.
     *
     * @param text with what could not be expanded as it was written
     * @param unresolved the first variable that nobody sets; {@code $} when the text is malformed
     */
    record Value(String text, Optional<String> unresolved) {}

    static Value of(String text, Map<String, String> environment) {
        if (text.indexOf('$') < 0) {
            return new Value(text, Optional.empty());
        }
        Interpolation expansion = new Interpolation(text, environment);
        expansion.until('\0', MOST_DEPTH);
        return new Value(expansion.result.toString(), expansion.unresolved);
    }

    private void until(char stop, int depth) {
        while (at < text.length() && text.charAt(at) != stop && result.length() < MOST_CHARACTERS) {
            char one = text.charAt(at);
            if (one != '$') {
                result.append(one);
                at++;
            } else if (text.startsWith("$$", at)) {
                result.append('$');
                at += 2;
            } else {
                variable(depth);
            }
        }
    }

    private void variable(int depth) {
        int from = at;
        boolean isBraced = text.startsWith("{", at + 1);
        at += isBraced ? 2 : 1;
        String name = name();
        if (name.isEmpty() || depth == 0) {
            lost("$", from, from + 1);
            at = from + 1;
            return;
        }
        if (!isBraced) {
            value(name, from);
            return;
        }
        boolean countsEmpty = text.startsWith(":", at);
        char operator = charAt(at + (countsEmpty ? 1 : 0));
        if (operator == '}' && !countsEmpty) {
            at++;
            value(name, from);
        } else if (operator == '-' || operator == '+' || operator == '?') {
            at += countsEmpty ? 2 : 1;
            conditional(name, operator, countsEmpty, from, depth);
        } else {
            int close = text.indexOf('}', at);
            at = close < 0 ? text.length() : close + 1;
            lost("$", from, at);
        }
    }

    private char charAt(int index) {
        return index < text.length() ? text.charAt(index) : '\0';
    }

    private String name() {
        int from = at;
        while (at < text.length() && isOfName(text.charAt(at), at > from)) {
            at++;
        }
        return text.substring(from, at);
    }

    private static boolean isOfName(char one, boolean isLater) {
        return one == '_'
                || one >= 'A' && one <= 'Z'
                || one >= 'a' && one <= 'z'
                || isLater && one >= '0' && one <= '9';
    }

    private void value(String name, int from) {
        String value = environment.get(name);
        if (value == null) {
            lost(name, from, at);
        } else {
            result.append(value);
        }
    }

    private void lost(String name, int from, int to) {
        if (unresolved.isEmpty()) {
            unresolved = Optional.of(name);
        }
        result.append(text, from, to);
    }

    private void conditional(String name, char operator, boolean countsEmpty, int from, int depth) {
        int kept = result.length();
        Optional<String> before = unresolved;
        until('}', depth - 1);
        at = Math.min(text.length(), at + 1);
        String value = environment.get(name);
        boolean isSet = value != null && !(countsEmpty && value.isEmpty());
        boolean takesWord = operator == '+' ? isSet : !isSet;
        if (takesWord && operator != '?') {
            return;
        }
        result.setLength(kept);
        unresolved = before;
        if (operator == '-' || operator == '?' && isSet) {
            result.append(value == null ? "" : value);
        } else if (operator == '?') {
            lost(name, from, at);
        }
    }
}
