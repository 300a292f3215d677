package dev.holdfast.manifest.template;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a template into tokens.
 *
 * <pre>
 * template = { text | "{{" [ "- " ] ( comment | { token } ) [ " -" ] "}}" }
 * comment  = "/*" … "*&#47;"                (alone between the delimiters)
 * token    = space | identifier | "." [ identifier ] | "$" [ identifier ] | number | character | string | raw
 *          | "(" | ")" | "|" | "," | ":=" | "="
 * </pre>
 *
 * A trim marker takes the white space of the text on its side away.
 */
final class Lexer {
    enum Kind {
        TEXT,
        LEFT,
        RIGHT,
        SPACE,
        WORD,
        FIELD,
        VARIABLE,
        DOT,
        STRING,
        CHARACTER,
        NUMBER,
        SIGN,
        END
    }

    record Token(Kind kind, String text, int at) {}

    private final Source source;
    private final String input;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int open;
    private boolean trimsNext;

    Lexer(Source source) {
        this.source = source;
        this.input = source.text();
    }

    List<Token> tokens() throws TemplateFault {
        while (at < input.length()) {
            text();
            if (at < input.length()) {
                action();
            }
        }
        add(Kind.END, "", input.length());
        return tokens;
    }

    private void text() {
        int left = input.indexOf("{{", at);
        int end = left < 0 ? input.length() : left;
        int from = at;
        int to = end;
        if (trimsNext) {
            while (from < to && isSpace(input.charAt(from))) {
                from++;
            }
        }
        if (left >= 0 && hasLeftTrim(left + 2)) {
            while (to > from && isSpace(input.charAt(to - 1))) {
                to--;
            }
        }
        if (to > from) {
            add(Kind.TEXT, input.substring(from, to), from);
        }
        trimsNext = false;
        at = end;
    }

    private boolean hasLeftTrim(int from) {
        return from + 1 < input.length() && input.charAt(from) == '-' && isSpace(input.charAt(from + 1));
    }

    private void action() throws TemplateFault {
        int start = at;
        at += 2;
        if (hasLeftTrim(at)) {
            at += 2;
        }
        if (input.startsWith("/*", at)) {
            comment(start);
            return;
        }
        add(Kind.LEFT, "{{", start);
        open = 0;
        while (!atRight()) {
            if (at >= input.length()) {
                throw fault(start, "unclosed action");
            }
            token();
        }
        if (open > 0) {
            throw fault(at, "unclosed left paren");
        }
        add(Kind.RIGHT, "}}", at);
        right();
    }

    private void comment(int start) throws TemplateFault {
        int end = input.indexOf("*/", at);
        if (end < 0) {
            throw fault(start, "unclosed comment");
        }
        at = end + 2;
        if (!atRight()) {
            throw fault(at, "comment ends before closing delimiter");
        }
        right();
    }

    /** Whether the end of the action is here, with or without a trim marker. */
    private boolean atRight() {
        return input.startsWith("}}", at) || hasRightTrim();
    }

    private boolean hasRightTrim() {
        return at + 1 < input.length()
                && isSpace(input.charAt(at))
                && input.charAt(at + 1) == '-'
                && input.startsWith("}}", at + 2);
    }

    private void right() {
        trimsNext = hasRightTrim();
        at += trimsNext ? 4 : 2;
    }

    private void token() throws TemplateFault {
        int start = at;
        char c = input.charAt(at);
        if (isSpace(c)) {
            space(start);
        } else if (c == '"') {
            quoted(start);
        } else if (c == '`') {
            raw(start);
        } else if (c == '\'') {
            character(start);
        } else if (c == '.' && !(at + 1 < input.length() && isDigit(input.charAt(at + 1)))) {
            at++;
            name(start, Kind.FIELD, Kind.DOT);
        } else if (c == '$') {
            at++;
            name(start, Kind.VARIABLE, Kind.VARIABLE);
        } else if (c == '+' || c == '-' || c == '.' || isDigit(c)) {
            number(start);
        } else if (isAlphanumeric(input.codePointAt(at))) {
            name(start, Kind.WORD, Kind.WORD);
        } else {
            sign(start, c);
        }
    }

    private void space(int start) {
        while (at < input.length() && isSpace(input.charAt(at)) && !hasRightTrim()) {
            at++;
        }
        add(Kind.SPACE, " ", start);
    }

    private void name(int start, Kind named, Kind bare) throws TemplateFault {
        int from = at;
        while (at < input.length() && isAlphanumeric(input.codePointAt(at))) {
            at += Character.charCount(input.codePointAt(at));
        }
        if (at < input.length() && !isTerminator()) {
            throw fault(start, "bad character " + shown(input.codePointAt(at)));
        }
        add(at == from ? bare : named, input.substring(start, at), start);
    }

    private boolean isTerminator() {
        char c = input.charAt(at);
        return isSpace(c) || ".,|:()=".indexOf(c) >= 0 || input.startsWith("}}", at);
    }

    private void number(int start) throws TemplateFault {
        if ("+-".indexOf(input.charAt(at)) >= 0) {
            at++;
        }
        while (at < input.length()) {
            char c = input.charAt(at);
            boolean isSignOfExponent = (c == '+' || c == '-')
                    && "eEpP".indexOf(input.charAt(at - 1)) >= 0
                    && !(input.startsWith("0x", start) && "eE".indexOf(input.charAt(at - 1)) >= 0);
            if (!isSignOfExponent && !isAlphanumeric(c) && c != '.') {
                break;
            }
            at++;
        }
        add(Kind.NUMBER, input.substring(start, at), start);
    }

    private void quoted(int start) throws TemplateFault {
        at++;
        while (at < input.length() && input.charAt(at) != '"') {
            if (input.charAt(at) == '\n') {
                throw fault(start, "unterminated quoted string");
            }
            at += input.charAt(at) == '\\' ? 2 : 1;
        }
        if (at >= input.length()) {
            throw fault(start, "unterminated quoted string");
        }
        at++;
        add(Kind.STRING, input.substring(start, at), start);
    }

    private void raw(int start) throws TemplateFault {
        int end = input.indexOf('`', at + 1);
        if (end < 0) {
            throw fault(start, "unterminated raw quoted string");
        }
        at = end + 1;
        add(Kind.STRING, input.substring(start, at), start);
    }

    private void character(int start) throws TemplateFault {
        at++;
        while (at < input.length() && input.charAt(at) != '\'') {
            if (input.charAt(at) == '\n') {
                break;
            }
            at += input.charAt(at) == '\\' ? 2 : 1;
        }
        if (at >= input.length() || input.charAt(at) != '\'') {
            throw fault(start, "unterminated character constant");
        }
        at++;
        add(Kind.CHARACTER, input.substring(start, at), start);
    }

    private void sign(int start, char c) throws TemplateFault {
        if (c == ':' && !input.startsWith(":=", at)) {
            throw fault(start, "expected :=");
        }
        if ("(),|=:".indexOf(c) < 0) {
            throw fault(start, "unexpected " + shown(input.codePointAt(at)) + " in action");
        }
        at += c == ':' ? 2 : 1;
        if (c == '(') {
            open++;
        } else if (c == ')' && --open < 0) {
            throw fault(start, "unexpected right paren");
        }
        add(Kind.SIGN, input.substring(start, at), start);
    }

    private void add(Kind kind, String text, int start) {
        tokens.add(new Token(kind, text, start));
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isAlphanumeric(int c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }

    private static String shown(int codePoint) {
        return String.format(java.util.Locale.ROOT, "U+%04X", codePoint);
    }

    private TemplateFault fault(int offset, String problem) {
        return new TemplateFault(TemplateFault.Kind.SYNTAX, problem).in(source.spot(offset));
    }
}
