package dev.holdfast.rules.syntax;

import java.util.HexFormat;

/**
 * A value as written.
 *
 * @param text what it says, escapes resolved
 * @param isBare whether it was written without quotes, and so may be the name of a list
 * @param at where it begins in the text
 */
public record Word(String text, boolean isBare, int at) {
    /** As it may be written: bare where that is possible. */
    public String written() {
        return isBare ? text : quoted(text);
    }

    /** The text within quotes, with escapes. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                case '\b' -> quoted.append("\\b");
                case '\f' -> quoted.append("\\f");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (c < ' ') {
                        quoted.append("\\x").append(HexFormat.of().toHexDigits((byte) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
