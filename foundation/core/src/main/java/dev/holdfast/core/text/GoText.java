package dev.holdfast.core.text;

import java.util.List;
import java.util.Locale;

/** Texts as Go's {@code %q} writes them into the messages of Kubernetes, Helm and their like. */
public final class GoText {
    private static final String SIMPLE = "\u0007\b\f\n\r\t\u000b\\\"";
    private static final String SIMPLE_LETTERS = "abfnrtv\\\"";

    private GoText() {}

    /** In double quotes; backslash, quote and what cannot be printed are escaped. */
    public static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        for (int at = 0; at < text.length(); ) {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            int simple = SIMPLE.indexOf(c);
            if (simple >= 0) {
                out.append('\\').append(SIMPLE_LETTERS.charAt(simple));
            } else if (isPrintable(c)) {
                out.appendCodePoint(c);
            } else {
                String form = c < 0x80 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x";
                out.append(String.format(Locale.ROOT, form, c));
            }
        }
        return out.append('"').toString();
    }

    /** A list: {@code ["a" "b"]}. */
    public static String quoted(List<String> texts) {
        return "[" + String.join(" ", texts.stream().map(GoText::quoted).toList()) + "]";
    }

    private static boolean isPrintable(int c) {
        if (c < 0x7F) {
            return c >= 0x20;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> false;
            default -> true;
        };
    }
}
