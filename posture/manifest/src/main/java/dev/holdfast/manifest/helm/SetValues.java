package dev.holdfast.manifest.helm;

import dev.holdfast.core.InputException;
import dev.holdfast.manifest.template.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Single values as the command line gives them.
 *
 * <pre>
 * set   = pair { "," pair }
 * pair  = key { "." key | "[" number "]" } "=" value
 * value = "{" [ word { "," word } ] "}" | word
 * word  = { character | "\" character }
 * </pre>
 *
 * {@code true}, {@code false}, {@code null} and whole numbers are what they say; anything else is text.
 */
final class SetValues {
    private static final int LONGEST_LIST = 65_536;
    private static final int DEEPEST = 30;

    private final String text;
    private int at;

    private SetValues(String text) {
        this.text = text;
    }

    static void put(String set, Map<String, Object> values) throws InputException {
        SetValues reading = new SetValues(set);
        while (reading.at < set.length()) {
            reading.pair(values, 0);
            reading.at++; // the comma
        }
    }

    private InputException wrong(String what) {
        return new InputException(InputException.Code.USAGE, "--set " + text + ": " + what);
    }

    private String word(String ends) {
        StringBuilder out = new StringBuilder();
        while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            out.append(text.charAt(at++));
        }
        return out.toString();
    }

    private char here() {
        return at < text.length() ? text.charAt(at) : ',';
    }

    private void pair(Map<String, Object> map, int depth) throws InputException {
        String key = word("=[,.");
        if (key.isEmpty() || depth > DEEPEST) {
            throw wrong("a key is missing");
        }
        switch (here()) {
            case '=' -> {
                at++;
                map.put(key, value());
            }
            case '[' -> map.put(key, element(Coalescing.table(map.get(key)) == null ? map.get(key) : null, depth));
            case '.' -> {
                at++;
                Map<String, Object> inner = Coalescing.table(map.get(key));
                inner = inner == null ? Values.map() : inner;
                pair(inner, depth + 1);
                map.put(key, inner);
            }
            default -> throw wrong("key " + key + " has no value");
        }
    }

    private List<Object> element(@Nullable Object known, int depth) throws InputException {
        at++;
        String digits = word("]");
        at++;
        int index;
        try {
            index = Integer.parseInt(digits);
        } catch (NumberFormatException none) {
            throw wrong("no index: " + digits);
        }
        if (index < 0 || index > LONGEST_LIST) {
            throw wrong("no index: " + digits);
        }
        List<Object> list = known instanceof List<?> given ? new ArrayList<>(given) : new ArrayList<>();
        while (list.size() <= index) {
            list.add(null);
        }
        switch (here()) {
            case '=' -> {
                at++;
                list.set(index, value());
            }
            case '[' -> list.set(index, element(list.get(index), depth + 1));
            case '.' -> {
                at++;
                Map<String, Object> inner = Coalescing.table(list.get(index));
                inner = inner == null ? Values.map() : inner;
                pair(inner, depth + 1);
                list.set(index, inner);
            }
            default -> throw wrong("an index without a value");
        }
        return list;
    }

    private @Nullable Object value() {
        if (here() == '{') {
            at++;
            List<Object> list = new ArrayList<>();
            while (at < text.length() && here() != '}') {
                list.add(typed(word(",}")));
                if (here() == ',') {
                    at++;
                }
            }
            at++;
            return list;
        }
        return typed(word(","));
    }

    private static @Nullable Object typed(String word) {
        return switch (word) {
            case "true" -> true;
            case "false" -> false;
            case "null" -> null;
            case "0" -> dev.holdfast.manifest.template.Sized.int64(0);
            default -> {
                boolean isNumber = !word.startsWith("0") && word.length() < 19 && word.matches("-?[0-9]+");
                yield isNumber ? dev.holdfast.manifest.template.Sized.int64(Long.parseLong(word)) : word;
            }
        };
    }
}
