package dev.holdfast.core;

import java.util.Locale;

/** Makes text from hostile sources safe to print: no control character, no escape sequence, no bidirectional override reaches a terminal. */
public final class SafeText {
    private SafeText() {}

    /**
     * The text with every control, format, surrogate, private-use, unassigned and line-separating character written as
     * {@code \}{@code uXXXX} (or {@code \n}, {@code \t}, {@code \r}). Text without any comes back as the same object.
     */
    public static String of(String text) {
        int i = 0;
        while (i < text.length() && isPlain(text.charAt(i))) {
            i++;
        }
        return i == text.length() ? text : escape(text, i);
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c < 0x7f;
    }

    private static String escape(String text, int from) {
        StringBuilder out = new StringBuilder(text.length() + 16).append(text, 0, from);
        for (int i = from; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            switch (c) {
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (isHarmless(c)) {
                        out.appendCodePoint(c);
                    } else {
                        out.append(String.format(Locale.ROOT, "\\u%04x", c));
                    }
                }
            }
        }
        return out.toString();
    }

    private static boolean isHarmless(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
