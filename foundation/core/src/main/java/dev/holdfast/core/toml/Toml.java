package dev.holdfast.core.toml;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.core.json.JsonValue.JsonArray;
import dev.holdfast.core.json.JsonValue.JsonBoolean;
import dev.holdfast.core.json.JsonValue.JsonObject;
import dev.holdfast.core.json.JsonValue.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads TOML 1.0 as the list of its tables, in their order, rather than as a tree: what lock files hold is a list of tables of the same
 * name, and each keeps its line.
 *
 * <pre>
 * document = { blank | comment | table | pair } ;
 * table    = "[" key "]" | "[[" key "]]" ;
 * pair     = key "=" value ;
 * key      = simple { "." simple } ;
 * simple   = bare | basic string | literal string ;                   bare: letters, digits, "_" and "-"
 * value    = string | boolean | word | "[" [ value { "," value } [ "," ] ] "]" | "{" [ pair { "," pair } ] "}" ;
 * string   = basic (escapes) | literal | either in three quotes, over several lines ;
 * </pre>
 *
 * <p>Numbers and times are texts, as they were written. Dotted keys of a pair are nested objects. A repeated key keeps its last value.
 */
public final class Toml {
    private final String text;
    private final Limits limits;
    private final List<Table> tables = new ArrayList<>();
    private int at;
    private int line = 1;

    private Toml(String text, Limits limits) {
        this.text = text;
        this.limits = limits;
    }

    /**
     * A table.
     *
     * @param name its key, dots between the parts; empty for what stands before the first table
     * @param isElement whether it is one of several of that name
     * @param line where its name stands
     * @param values its pairs
     */
    public record Table(String name, boolean isElement, int line, JsonObject values) {
        /** The text of a pair; empty when it has none. */
        public String text(String key) {
            return values.get(key).text().orElse("");
        }
    }

    public static List<Table> parse(byte[] bytes, Limits limits) throws InputException {
        Toml toml = new Toml(new String(bytes, StandardCharsets.UTF_8), limits);
        toml.document();
        return toml.tables;
    }

    private void document() throws InputException {
        if (text.startsWith("\ufeff")) {
            at = 1;
        }
        String name = "";
        boolean isElement = false;
        int start = 1;
        Map<String, JsonValue> values = new LinkedHashMap<>();
        for (skipBlank(true); at < text.length(); skipBlank(true)) {
            if (text.charAt(at) != '[') {
                pair(values, 1);
                endOfPair();
                continue;
            }
            tables.add(new Table(name, isElement, start, new JsonObject(values)));
            if (tables.size() > limits.entries()) {
                throw failed(InputException.Code.LIMIT, "more than " + limits.entries() + " tables");
            }
            values.clear();
            start = line;
            isElement = text.startsWith("[[", at);
            at += isElement ? 2 : 1;
            name = String.join(".", key());
            expect(isElement ? "]]" : "]");
        }
        tables.add(new Table(name, isElement, start, new JsonObject(values)));
    }

    private void endOfPair() throws InputException {
        skipBlank(false);
        if (at < text.length() && text.charAt(at) != '\n') {
            throw malformed("text after a value");
        }
    }

    private void pair(Map<String, JsonValue> values, int depth) throws InputException {
        List<String> key = key();
        expect("=");
        skipBlank(false);
        JsonValue value = value(depth);
        for (int i = key.size() - 1; i > 0; i--) {
            value = new JsonObject(Map.of(key.get(i), value));
        }
        values.merge(key.getFirst(), value, Toml::merged);
    }

    /** {@code a.b = 1} and {@code a.c = 2} are one object; everything else replaces. */
    private static JsonValue merged(JsonValue old, JsonValue fresh) {
        if (!(old instanceof JsonObject first) || !(fresh instanceof JsonObject second)) {
            return fresh;
        }
        Map<String, JsonValue> both = new LinkedHashMap<>(first.members());
        both.putAll(second.members());
        return new JsonObject(both);
    }

    private List<String> key() throws InputException {
        List<String> parts = new ArrayList<>(1);
        do {
            if (parts.size() >= limits.depth()) {
                throw failed(InputException.Code.LIMIT, "a key with more than " + limits.depth() + " parts");
            }
            skipBlank(false);
            char first = at < text.length() ? text.charAt(at) : '\n';
            parts.add(first == '"' || first == '\'' ? string() : bare());
            skipBlank(false);
        } while (at < text.length() && text.charAt(at) == '.' && at++ >= 0);
        return parts;
    }

    private String bare() throws InputException {
        int from = at;
        while (at < text.length() && isBare(text.charAt(at))) {
            at++;
        }
        if (at == from) {
            throw malformed("no key");
        }
        return text.substring(from, at);
    }

    private static boolean isBare(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-';
    }

    private JsonValue value(int depth) throws InputException {
        if (depth > limits.depth()) {
            throw failed(InputException.Code.LIMIT, "values nest deeper than " + limits.depth());
        }
        return switch (at < text.length() ? text.charAt(at) : '\n') {
            case '"', '\'' -> new JsonString(string());
            case '[' -> array(depth);
            case '{' -> inlineTable(depth);
            default -> word();
        };
    }

    private JsonValue array(int depth) throws InputException {
        at++;
        List<JsonValue> elements = new ArrayList<>();
        for (skipBlank(true); !isNext(']'); skipBlank(true)) {
            elements.add(value(depth + 1));
            skipBlank(true);
            if (!isNext(']')) {
                expect(",");
            }
        }
        at++;
        return new JsonArray(elements);
    }

    private JsonValue inlineTable(int depth) throws InputException {
        at++;
        Map<String, JsonValue> values = new LinkedHashMap<>();
        for (skipBlank(true); !isNext('}'); skipBlank(true)) {
            pair(values, depth + 1);
            skipBlank(true);
            if (!isNext('}')) {
                expect(",");
            }
        }
        at++;
        return new JsonObject(values);
    }

    private boolean isNext(char wanted) throws InputException {
        if (at >= text.length()) {
            throw failed(InputException.Code.TRUNCATED, "the text ends inside of a value");
        }
        return text.charAt(at) == wanted;
    }

    private JsonValue word() throws InputException {
        int from = at;
        while (at < text.length() && ",]}#\n\r".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(from, at).strip();
        for (int i = 0; i < word.length(); i++) {
            if (!isBare(word.charAt(i)) && "+.: ".indexOf(word.charAt(i)) < 0) {
                throw malformed("a value that is no string, number, time or boolean");
            }
        }
        return switch (word) {
            case "" -> throw malformed("no value");
            case "true" -> new JsonBoolean(true);
            case "false" -> new JsonBoolean(false);
            default -> new JsonString(word);
        };
    }

    private String string() throws InputException {
        char quote = text.charAt(at);
        String three = String.valueOf(quote).repeat(3);
        if (text.startsWith(three, at)) {
            at += 3;
            return quoted(three, quote == '"', true);
        }
        at++;
        return quoted(String.valueOf(quote), quote == '"', false);
    }

    private String quoted(String end, boolean hasEscapes, boolean hasLines) throws InputException {
        StringBuilder out = new StringBuilder();
        while (at < text.length() && !text.startsWith(end, at)) {
            char c = text.charAt(at++);
            if (c == '\n') {
                if (!hasLines) {
                    at--;
                    throw malformed("a string is not closed");
                }
                line++;
            }
            if (c == '\\' && hasEscapes) {
                escape(out);
            } else {
                out.append(c);
            }
        }
        expect(end);
        // Up to two quotes may stand right before the closing three.
        while (hasLines && at < text.length() && text.charAt(at) == end.charAt(0)) {
            out.append(text.charAt(at++));
        }
        return out.toString();
    }

    private void escape(StringBuilder out) throws InputException {
        char c = at < text.length() ? text.charAt(at++) : '\0';
        switch (c) {
            case 'b' -> out.append('\b');
            case 't' -> out.append('\t');
            case 'n' -> out.append('\n');
            case 'f' -> out.append('\f');
            case 'r' -> out.append('\r');
            case 'e' -> out.append('\u001b');
            case '"', '\\' -> out.append(c);
            case 'u' -> out.appendCodePoint(code(4));
            case 'U' -> out.appendCodePoint(code(8));
            case '\n', '\r', ' ', '\t' -> {
                at--;
                skipFolded();
            }
            default -> throw malformed("an unknown escape");
        }
    }

    /** A backslash at the end of a line takes the line end, and all blanks that follow, with it. */
    private void skipFolded() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            line += text.charAt(at++) == '\n' ? 1 : 0;
        }
    }

    private int code(int digits) throws InputException {
        int code = 0;
        for (int i = 0; i < digits; i++) {
            int digit = at < text.length() ? Character.digit(text.charAt(at++), 16) : -1;
            if (digit < 0 || code > Character.MAX_CODE_POINT >> 4) {
                throw malformed("an escape that names no character");
            }
            code = code << 4 | digit;
        }
        return code;
    }

    private void skipBlank(boolean acrossLines) {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (c == ' ' || c == '\t' || c == '\r' || acrossLines && c == '\n') {
                line += c == '\n' ? 1 : 0;
                at++;
            } else {
                return;
            }
        }
    }

    private void expect(String token) throws InputException {
        skipBlank(false);
        if (!text.startsWith(token, at)) {
            throw malformed("expected " + token);
        }
        at += token.length();
    }

    private InputException malformed(String what) {
        return failed(InputException.Code.MALFORMED, what);
    }

    private InputException failed(InputException.Code code, String what) {
        return new InputException(code, "not valid TOML at line " + line + ": " + what);
    }
}
