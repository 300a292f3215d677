package dev.holdfast.advisory.feed.lang;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.core.json.JsonValue.JsonArray;
import dev.holdfast.core.json.JsonValue.JsonBoolean;
import dev.holdfast.core.json.JsonValue.JsonObject;
import dev.holdfast.core.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the part of TOML 1.0 that heads of advisories are written in, into the same tree as JSON.
 *
 * <pre>
 * document = { "[" key "]" | key "=" value | comment | blank line }
 * key      = part { "." part }            part = bare key of letters, digits, "_" and "-" | string
 * value    = string | array | inline table | true | false | bare
 * string   = basic "…" with escapes | literal '…' | multi-line """…""" and '''…'''
 * array    = "[" { value "," } [ value ] "]"       with line ends and comments anywhere inside
 * inline   = "{" [ key "=" value { "," key "=" value } ] "}"
 * bare     = numbers, dates and times, kept as texts
 * </pre>
 *
 * <p>Arrays of tables ({@code [[…]]}) are refused: no head has one.
 */
final class TomlHead {
    private final String text;
    private final Limits limits;
    private int at;

    private TomlHead(String text, Limits limits) {
        this.text = text;
        this.limits = limits;
    }

    static JsonValue parse(String text, Limits limits) throws InputException {
        return new TomlHead(text, limits).document();
    }

    /** A table that is still being filled. */
    private static final class Table {
        final Map<String, Object> members = new LinkedHashMap<>();

        JsonValue finished() {
            Map<String, JsonValue> finished = new LinkedHashMap<>();
            for (Map.Entry<String, Object> member : members.entrySet()) {
                if (member.getValue() instanceof Table table) {
                    finished.put(member.getKey(), table.finished());
                } else if (member.getValue() instanceof JsonValue value) {
                    finished.put(member.getKey(), value);
                }
            }
            return new JsonObject(finished);
        }
    }

    private JsonValue document() throws InputException {
        Table root = new Table();
        Table current = root;
        for (skipToContent(); at < text.length(); skipToContent()) {
            if (peek() == '[') {
                at++;
                if (peek() == '[') {
                    throw wrong("arrays of tables are not read");
                }
                current = table(root, key());
                expect(']');
            } else {
                member(current);
            }
            endOfLine();
        }
        return root.finished();
    }

    private void member(Table table) throws InputException {
        List<String> key = key();
        expect('=');
        Table inner = table(table, key.subList(0, key.size() - 1));
        inner.members.put(key.getLast(), value(0));
    }

    private Table table(Table from, List<String> path) throws InputException {
        Table table = from;
        for (String name : path) {
            Object next = table.members.computeIfAbsent(name, _ -> new Table());
            if (!(next instanceof Table inner)) {
                throw wrong("\"" + name + "\" is a value and a table");
            }
            table = inner;
        }
        return table;
    }

    private List<String> key() throws InputException {
        List<String> parts = new ArrayList<>();
        do {
            if (parts.size() > limits.depth()) {
                throw new InputException(InputException.Code.LIMIT, "a TOML key with too many parts");
            }
            skipBlanks();
            parts.add(peek() == '"' || peek() == '\'' ? string() : bareKey());
            skipBlanks();
        } while (skip('.'));
        return parts;
    }

    private String bareKey() throws InputException {
        int start = at;
        while (at < text.length() && isBare(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw wrong("a key is missing");
        }
        return text.substring(start, at);
    }

    private static boolean isBare(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-';
    }

    private JsonValue value(int depth) throws InputException {
        if (depth > limits.depth()) {
            throw new InputException(InputException.Code.LIMIT, "TOML nests deeper than " + limits.depth() + " levels");
        }
        skipBlanks();
        return switch (peek()) {
            case '"', '\'' -> new JsonString(string());
            case '[' -> array(depth);
            case '{' -> inlineTable(depth);
            default -> bareValue();
        };
    }

    private JsonValue array(int depth) throws InputException {
        List<JsonValue> elements = new ArrayList<>();
        at++;
        for (skipToContent(); !skip(']'); skipToContent()) {
            elements.add(value(depth + 1));
            skipToContent();
            if (!skip(',') && peek() != ']') {
                throw wrong("an array goes on without a comma");
            }
        }
        return new JsonArray(elements);
    }

    private JsonValue inlineTable(int depth) throws InputException {
        Table table = new Table();
        at++;
        for (skipToContent(); !skip('}'); skipToContent()) {
            List<String> key = key();
            expect('=');
            table(table, key.subList(0, key.size() - 1)).members.put(key.getLast(), value(depth + 1));
            skipToContent();
            if (!skip(',') && peek() != '}') {
                throw wrong("an inline table goes on without a comma");
            }
        }
        return table.finished();
    }

    private JsonValue bareValue() throws InputException {
        int start = at;
        while (at < text.length() && ",]}#\n\r\t ".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(start, at);
        return switch (word) {
            case "" -> throw wrong("a value is missing");
            case "true" -> new JsonBoolean(true);
            case "false" -> new JsonBoolean(false);
            default -> new JsonString(word);
        };
    }

    private String string() throws InputException {
        char quote = peek();
        String triple = String.valueOf(quote).repeat(3);
        if (text.startsWith(triple, at)) {
            at += 3;
            if (text.startsWith("\r\n", at)) {
                at += 2;
            } else {
                skip('\n');
            }
            return stringUntil(triple, quote == '"');
        }
        at++;
        return stringUntil(String.valueOf(quote), quote == '"');
    }

    private String stringUntil(String end, boolean escapes) throws InputException {
        StringBuilder string = new StringBuilder();
        while (!text.startsWith(end, at)) {
            char c = peek();
            if (at >= text.length() || c == '\n' && end.length() == 1) {
                throw wrong("a string is not closed");
            }
            at++;
            if (c == '\\' && escapes) {
                escape(string);
            } else {
                string.append(c);
            }
        }
        at += end.length();
        return string.toString();
    }

    private void escape(StringBuilder string) throws InputException {
        char c = peek();
        at++;
        switch (c) {
            case 'b' -> string.append('\b');
            case 't' -> string.append('\t');
            case 'n' -> string.append('\n');
            case 'f' -> string.append('\f');
            case 'r' -> string.append('\r');
            case '"', '\\' -> string.append(c);
            case 'u' -> codePoint(string, 4);
            case 'U' -> codePoint(string, 8);
            case '\n', '\r', ' ', '\t' -> { // a line end that does not count
                while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                    at++;
                }
            }
            default -> throw wrong("an unknown escape");
        }
    }

    private void codePoint(StringBuilder string, int digits) throws InputException {
        int value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0 || value > Character.MAX_CODE_POINT) {
                throw wrong("an escape that is no character");
            }
            value = value * 16 + digit;
            at++;
        }
        if (!Character.isValidCodePoint(value)) {
            throw wrong("an escape that is no character");
        }
        string.appendCodePoint(value);
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private boolean skip(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char c) throws InputException {
        skipBlanks();
        if (!skip(c)) {
            throw wrong("\"" + c + "\" is missing");
        }
    }

    private void skipBlanks() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    /** Past blanks, line ends and comments. */
    private void skipToContent() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
                at++;
            } else {
                return;
            }
        }
    }

    private void endOfLine() throws InputException {
        skipBlanks();
        if (at < text.length() && "#\n\r".indexOf(peek()) < 0) {
            throw wrong("more text follows on the line");
        }
    }

    private InputException wrong(String what) {
        int line = 1;
        for (int i = 0; i < Math.min(at, text.length()); i++) {
            line += text.charAt(i) == '\n' ? 1 : 0;
        }
        return new InputException(InputException.Code.MALFORMED, "not valid TOML at line " + line + ": " + what);
    }
}
