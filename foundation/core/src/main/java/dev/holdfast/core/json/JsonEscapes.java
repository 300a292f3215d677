package dev.holdfast.core.json;

import java.util.Locale;

/**
 * What stands between the quotes of a JSON string (RFC 8259 section 7), for documents that are written as another program writes them:
 * {@code \"}, {@code \\}, the short forms of control characters or {@code \}{@code uXXXX}, and half a surrogate pair as its number.
 */
public final class JsonEscapes {
    /** What Go's encoder escapes too: these end a line in JavaScript. */
    public static final String OF_GO = "\u2028\u2029";

    /** What Go's encoder escapes unless it is told not to: the signs of HTML as well. */
    public static final String OF_GO_FOR_HTML = "<>&" + OF_GO;

    private static final String SHORT = "\"\\\n\r\t\b\f";
    private static final String SHORT_LETTERS = "\"\\nrtbf";

    private JsonEscapes() {}

    /** @param also characters that are escaped although they need not be */
    public static void append(String text, StringBuilder out, String also) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int small = c < ' ' || c == '"' || c == '\\' ? SHORT.indexOf(c) : -1;
            if (small >= 0) {
                out.append('\\').append(SHORT_LETTERS.charAt(small));
            } else if (c < ' ' || also.indexOf(c) >= 0 || Character.isSurrogate(c) && !isPaired(text, i)) {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
    }

    private static boolean isPaired(String text, int index) {
        char c = text.charAt(index);
        return Character.isHighSurrogate(c)
                ? index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1))
                : index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
    }
}
