package dev.holdfast.version;

import java.util.ArrayList;
import java.util.List;

/**
 * Versions of Python packages from before PEP 440, such as {@code 0.1-bulbasaur}, ordered as the installers did until they gave them up.
 *
 * <p>The text is split into runs of digits, runs of letters, hyphens, and runs of the rest; dots only split. Digits are padded to eight and
 * compared as text. All others stand behind a {@code *}: {@code pre}, {@code preview} and {@code rc} as {@code *c}, {@code dev} as {@code *@},
 * a hyphen as {@code *final-}; and {@code *final} ends the list. What is below {@code *final} drops the hyphens before it, and every word
 * drops the zeros before it.
 *
 * <p><b>Key.</b> The parts as words, and a zero.
 */
final class LegacyPypiVersions {
    private LegacyPypiVersions() {}

    /** Writes the key of a text in lower case. */
    static void encode(String text, KeyWriter out) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < text.length(); ) {
            int end = endOfPart(text, i);
            addPart(text.substring(i, end), parts);
            i = end;
        }
        addPart("final", parts);
        for (String part : parts) {
            out.word(part, 0, part.length());
        }
        out.mark(0);
    }

    private static int endOfPart(String text, int from) {
        char c = text.charAt(from);
        if (Ascii.isDigit(c)) {
            return Ascii.endOfDigits(text, from);
        }
        if (Ascii.isLower(c)) {
            return Ascii.endOfLetters(text, from);
        }
        int end = from + 1;
        while (c != '.' && c != '-' && end < text.length() && isOther(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isOther(char c) {
        return !Ascii.isDigit(c) && !Ascii.isLower(c) && c != '.' && c != '-';
    }

    private static void addPart(String part, List<String> parts) {
        if (part.equals(".")) {
            return;
        }
        if (Ascii.isDigit(part.charAt(0))) {
            parts.add("0".repeat(Math.max(0, 8 - part.length())) + part);
            return;
        }
        String word = switch (part) {
            case "pre", "preview", "rc" -> "*c";
            case "dev" -> "*@";
            case "-" -> "*final-";
            default -> "*" + part;
        };
        if (word.compareTo("*final") < 0) {
            dropTrailing("*final-", parts);
        }
        dropTrailing("00000000", parts);
        parts.add(word);
    }

    private static void dropTrailing(String part, List<String> parts) {
        while (!parts.isEmpty() && parts.getLast().equals(part)) {
            parts.removeLast();
        }
    }
}
