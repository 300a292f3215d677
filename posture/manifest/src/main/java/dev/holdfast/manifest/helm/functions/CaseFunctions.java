package dev.holdfast.manifest.helm.functions;

import static dev.holdfast.manifest.template.FunctionTable.Parameter.STRING;

import dev.holdfast.manifest.template.FunctionTable;
import java.util.Locale;

/** Letters in another case, and words put together in the ways of programming languages. */
final class CaseFunctions {
    private CaseFunctions() {}

    static void addTo(FunctionTable table) {
        table.add("upper", (a, _) -> Given.text(a, 0).toUpperCase(Locale.ROOT), STRING);
        table.add("lower", (a, _) -> Given.text(a, 0).toLowerCase(Locale.ROOT), STRING);
        table.add("title", (a, _) -> title(Given.text(a, 0), true), STRING);
        table.add("untitle", (a, _) -> title(Given.text(a, 0), false), STRING);
        table.add("swapcase", (a, _) -> swapped(Given.text(a, 0)), STRING);
        table.add("nospace", (a, _) -> Given.text(a, 0).replaceAll("\\s", ""), STRING);
        table.add("initials", (a, _) -> initials(Given.text(a, 0)), STRING);
        table.add("snakecase", (a, _) -> parted(Given.text(a, 0), '_'), STRING);
        table.add("kebabcase", (a, _) -> parted(Given.text(a, 0), '-'), STRING);
        table.add("camelcase", (a, _) -> pascal(Given.text(a, 0)), STRING);
    }

    /** The first letter of each word in upper, or in lower, case. */
    private static String title(String text, boolean isUpper) {
        StringBuilder out = new StringBuilder(text.length());
        boolean isStart = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.append(!isStart ? c : isUpper ? Character.toTitleCase(c) : Character.toLowerCase(c));
            isStart = isUpper ? !Character.isLetterOrDigit(c) && c != '_' : Character.isWhitespace(c);
        }
        return out.toString();
    }

    private static String swapped(String text) {
        StringBuilder out = new StringBuilder(text.length());
        boolean isStart = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isUpperCase(c) || Character.isTitleCase(c)) {
                out.append(Character.toLowerCase(c));
            } else if (Character.isLowerCase(c)) {
                out.append(isStart ? Character.toTitleCase(c) : Character.toUpperCase(c));
            } else {
                out.append(c);
            }
            isStart = Character.isWhitespace(c);
        }
        return out.toString();
    }

    private static String initials(String text) {
        StringBuilder out = new StringBuilder();
        boolean isStart = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c)) {
                isStart = true;
            } else if (isStart) {
                out.append(c);
                isStart = false;
            }
        }
        return out.toString();
    }

    /** {@code firstName} as {@code first_name}: in lower case, with a mark for what parts words and before each new one. */
    private static String parted(String text, char mark) {
        StringBuilder out = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isConnector(c)) {
                out.append(mark);
                continue;
            }
            if (i > 0 && isNewWord(text, i)) {
                out.append(mark);
            }
            out.append(Character.toLowerCase(c));
        }
        return out.toString();
    }

    private static boolean isNewWord(String text, int i) {
        char before = text.charAt(i - 1);
        if (!Character.isUpperCase(text.charAt(i)) || !Character.isLetterOrDigit(before)) {
            return false;
        }
        boolean isFollowedByLower = i + 1 < text.length() && Character.isLowerCase(text.charAt(i + 1));
        return !Character.isUpperCase(before) || isFollowedByLower;
    }

    /** Words without what parts them, each with a first letter in upper case; what leads or follows is kept. */
    private static String pascal(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int from = 0;
        while (from < text.length() && isConnector(text.charAt(from))) {
            out.append(text.charAt(from++));
        }
        int to = text.length();
        while (to > from && isConnector(text.charAt(to - 1))) {
            to--;
        }
        boolean isShouted = text.chars().noneMatch(Character::isLowerCase);
        boolean isStart = true;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (isConnector(c)) {
                isStart = true;
            } else {
                out.append(isStart ? Character.toUpperCase(c) : isShouted ? Character.toLowerCase(c) : c);
                isStart = false;
            }
        }
        return out.append(text, to, text.length()).toString();
    }

    private static boolean isConnector(char c) {
        return c == '_' || c == '-' || Character.isWhitespace(c);
    }
}
