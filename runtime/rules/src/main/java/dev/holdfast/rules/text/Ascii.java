package dev.holdfast.rules.text;

/** What the language does with ASCII letters; all others stay as they are. */
public final class Ascii {
    private Ascii() {}

    static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }

    /** The text in small letters. */
    public static String lower(String text) {
        return shifted(text, 'A', 'a' - 'A');
    }

    /** The text in capital letters. */
    public static String upper(String text) {
        return shifted(text, 'a', 'A' - 'a');
    }

    private static String shifted(String text, char first, int by) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= first && text.charAt(i) < first + 26) {
                char[] chars = text.toCharArray();
                for (int j = i; j < chars.length; j++) {
                    if (chars[j] >= first && chars[j] < first + 26) {
                        chars[j] = (char) (chars[j] + by);
                    }
                }
                return new String(chars);
            }
        }
        return text;
    }

    /** Whether the text contains the part, which is in small letters, in letters of whatever case. */
    public static boolean containsIgnoringCase(String text, String lowerPart) {
        int length = lowerPart.length();
        for (int start = 0; start + length <= text.length(); start++) {
            int i = 0;
            while (i < length && lower(text.charAt(start + i)) == lowerPart.charAt(i)) {
                i++;
            }
            if (i == length) {
                return true;
            }
        }
        return false;
    }
}
