package dev.holdfast.manifest.compose;

import java.util.ArrayList;
import java.util.List;

/** Cuts a short form at its colons; not at that of a Windows drive, and not inside of {@code ${…}}. */
final class Colons {
    private Colons() {}

    static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        int braces = 0;
        for (int i = 0; i < text.length(); i++) {
            char one = text.charAt(i);
            braces += one == '{' ? 1 : one == '}' && braces > 0 ? -1 : 0;
            boolean isDrive = i == from + 1
                    && Character.isLetter(text.charAt(from))
                    && i + 1 < text.length()
                    && (text.charAt(i + 1) == '\\' || text.charAt(i + 1) == '/')
                    && (i + 1 >= text.length()
                            || text.charAt(i + 1) == '\\'
                            || from == 0 && text.indexOf(':', i + 1) > 0);
            if (one == ':' && braces == 0 && !isDrive) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(text.substring(from));
        return parts;
    }
}
