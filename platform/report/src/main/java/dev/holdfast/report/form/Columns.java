package dev.holdfast.report.form;

import dev.holdfast.core.SafeText;
import java.util.ArrayList;
import java.util.List;

/** Fits hostile text into columns of a terminal: escaped, cut with an ellipsis, padded. Widths are in characters. */
public final class Columns {
    /** The width the views are made for. */
    public static final int WIDTH = 100;

    /** Names that say nothing beside the folder they lie in. */
    private static final List<String> RECORD_FILES = List.of("/package.json", "/METADATA", "/PKG-INFO");

    private Columns() {}

    /** Escaped, cut to the width with an ellipsis, padded to it. */
    public static String left(String text, int width) {
        String cut = cut(text, width);
        return cut + " ".repeat(Math.max(0, width - cut.length()));
    }

    public static String right(String text, int width) {
        String cut = cut(text, width);
        return " ".repeat(Math.max(0, width - cut.length())) + cut;
    }

    /** Escaped, and cut to the width with an ellipsis. */
    public static String cut(String text, int width) {
        String safe = SafeText.of(text);
        return safe.length() <= width ? safe : safe.substring(0, Math.max(0, width - 1)) + "…";
    }

    /** Escaped, cut in the middle so that both ends of a path stay. */
    public static String middle(String text, int width) {
        String safe = SafeText.of(text);
        if (safe.length() <= width) {
            return safe;
        }
        int tail = width * 2 / 3;
        return safe.substring(0, width - tail - 1) + "…" + safe.substring(safe.length() - tail);
    }

    /** Escaped, without the record file at its end, and cut from the front at a slash: the end of a path tells most. */
    public static String folder(String path, int width) {
        String safe = SafeText.of(path);
        for (String record : RECORD_FILES) {
            safe = safe.endsWith(record) ? safe.substring(0, safe.length() - record.length()) : safe;
        }
        if (safe.length() <= width) {
            return safe;
        }
        int slash = safe.indexOf('/', safe.length() - width + 1);
        return slash < 0 ? "…" + safe.substring(safe.length() - width + 1) : "…" + safe.substring(slash);
    }

    /** Escaped, and broken at spaces into lines of at most the width; a longer word is cut. */
    public static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : SafeText.of(text).split(" ", -1)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(cut(word, width));
        }
        lines.add(line.toString());
        return lines;
    }

    public static String count(long number, String noun) {
        return String.format(java.util.Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
    }
}
