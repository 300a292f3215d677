package dev.holdfast.report.rules;

import dev.holdfast.core.SafeText;
import dev.holdfast.rules.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A line of a file with a caret below the place that is meant:
 *
 * <pre>
 *    11 |   condition: is_open and no.such=1
 *       |                          ^
 * </pre>
 */
final class CaretLines {
    private static final String TAB = " ".repeat(4);
    private static final String CUT = "…";

    /** A character as it is printed: escaped, and as wide as terminals show it. */
    private record Cell(String text, int width) {}

    private CaretLines() {}

    /** Both lines, at most so many columns wide: a longer one is cut on both sides of the place. */
    static String of(Excerpt excerpt, int line, int width) {
        String gutter = String.format(Locale.ROOT, "%5d | ", line);
        List<Cell> cells = cells(excerpt.text());
        int caret = excerpt.text().codePointCount(0, excerpt.at());
        int room = width - gutter.length() - 2; // both signs of a cut
        int from = from(cells, caret, room);
        StringBuilder text = new StringBuilder(gutter);
        StringBuilder below = new StringBuilder(" ".repeat(gutter.length() - 2)).append("| ");
        if (from > 0 || excerpt.isCutBefore()) {
            text.append(CUT);
            below.append(' ');
        }
        int used = 0;
        int next = from;
        while (next < cells.size() && used + cells.get(next).width <= room) {
            text.append(cells.get(next).text);
            if (next < caret) {
                below.append(" ".repeat(cells.get(next).width));
            }
            used += cells.get(next).width;
            next++;
        }
        if (next < cells.size() || excerpt.isCutAfter()) {
            text.append(CUT);
        }
        return text.append('\n').append(below).append("^\n").toString();
    }

    /** Where to begin so that the place is seen, with as much before it as fits into two thirds. */
    private static int from(List<Cell> cells, int caret, int room) {
        int whole = cells.stream().mapToInt(Cell::width).sum();
        if (whole <= room) {
            return 0;
        }
        int before = 0;
        int from = caret;
        while (from > 0 && before + cells.get(from - 1).width <= room * 2 / 3) {
            from--;
            before += cells.get(from).width;
        }
        return from;
    }

    private static List<Cell> cells(String text) {
        List<Cell> cells = new ArrayList<>(text.length());
        text.codePoints().forEach(c -> cells.add(cell(c)));
        return cells;
    }

    private static Cell cell(int c) {
        if (c == '\t') {
            return new Cell(TAB, TAB.length());
        }
        String written = Character.toString(c);
        String safe = SafeText.of(written);
        return new Cell(safe, safe.equals(written) ? width(c) : safe.length());
    }

    /** Columns that a terminal gives a character: none to marks over the one before, two to wide ones (Unicode TR 11). */
    private static int width(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> 0;
            default -> isWide(c) ? 2 : 1;
        };
    }

    private static boolean isWide(int c) {
        return c >= 0x1100
                && (c <= 0x115f // Hangul that begins a syllable
                        || c >= 0x2e80 && c <= 0xa4cf && c != 0x303f // Chinese, Japanese, Yi
                        || c >= 0xac00 && c <= 0xd7a3 // Hangul
                        || c >= 0xf900 && c <= 0xfaff
                        || c >= 0xfe30 && c <= 0xfe6f
                        || c >= 0xff00 && c <= 0xff60 // as wide forms of other letters
                        || c >= 0xffe0 && c <= 0xffe6
                        || c >= 0x1f300 && c <= 0x1f64f // pictures
                        || c >= 0x1f900 && c <= 0x1f9ff
                        || c >= 0x20000 && c <= 0x3fffd);
    }
}
