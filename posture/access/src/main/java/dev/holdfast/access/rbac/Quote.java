package dev.holdfast.access.rbac;

import java.util.List;
import java.util.Locale;

/** Text in quotation marks, as Go's {@code %q} writes it into the server's messages. */
final class Quote {
    private Quote() {}

    static String of(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ' || c == 0x7f) {
                        out.append(String.format(Locale.ROOT, "\\x%02x", c));
                    } else if (Character.isISOControl(c) || !Character.isDefined(c)) {
                        out.append(String.format(Locale.ROOT, "\\u%04x", c));
                    } else {
                        out.appendCodePoint(c);
                    }
                }
            }
        });
        return out.append('"').toString();
    }

    /** A list as {@code ["a" "b"]}. */
    static String list(List<String> texts) {
        return quoted(texts, " ");
    }

    /** A list as JSON writes it, {@code ["a","b"]}. */
    static String json(List<String> texts) {
        return quoted(texts, ",");
    }

    private static String quoted(List<String> texts, String separator) {
        return "[" + String.join(separator, texts.stream().map(Quote::of).toList()) + "]";
    }
}
