package dev.holdfast.manifest.compose;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads environment files: lines of {@code [export] NAME=value} or {@code NAME: value}; values plain up to {@code #} behind a space, in single
 * quotes as they are, or in double quotes with escapes, both over several lines. Variables in values expand to what stands before.
 */
final class EnvironmentFile {
    private static final int MOST_NAMES = 10_000;

    private EnvironmentFile() {}

    static Map<String, String> read(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        int at = 0;
        while (at < text.length() && values.size() < MOST_NAMES) {
            int feed = text.indexOf('\n', at);
            int end = feed < 0 ? text.length() : feed;
            String line = text.substring(at, end).strip();
            int next = end + 1;
            String body = line.startsWith("export ") ? line.substring(7).strip() : line;
            int sign = signOf(body);
            if (!body.startsWith("#") && sign > 0) {
                String name = body.substring(0, sign).strip();
                String value = body.substring(sign + 1).strip();
                char quote = value.isEmpty() ? '\0' : value.charAt(0);
                if (quote == '"' || quote == '\'') {
                    int open = text.indexOf(quote, at + text.substring(at, end).indexOf(body.charAt(sign)));
                    int close = closing(text, open + 1, quote);
                    String inside = text.substring(open + 1, close);
                    values.put(name, quote == '"' ? expanded(unescaped(inside), values) : inside);
                    int after = text.indexOf('\n', close);
                    next = after < 0 ? text.length() : after + 1;
                } else {
                    values.put(name, expanded(withoutComment(value), values));
                }
            }
            at = next;
        }
        return values;
    }

    private static int signOf(String line) {
        int equals = line.indexOf('=');
        int colon = line.indexOf(": ");
        return equals < 0 || colon >= 0 && colon < equals ? colon : equals;
    }

    private static int closing(String text, int from, char quote) {
        int at = from;
        while (at < text.length() && text.charAt(at) != quote) {
            at += quote == '"' && text.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at, text.length());
    }

    private static String withoutComment(String value) {
        int hash = value.indexOf(" #");
        return hash < 0 ? value : value.substring(0, hash).strip();
    }

    private static String unescaped(String text) {
        return text.replace("\\n", "\n").replace("\\\"", "\"").replace("\\\\", "\\");
    }

    private static String expanded(String value, Map<String, String> before) {
        return Interpolation.of(value, before).text();
    }
}
