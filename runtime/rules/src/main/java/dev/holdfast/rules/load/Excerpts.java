package dev.holdfast.rules.load;

import dev.holdfast.rules.Excerpt;
import dev.holdfast.rules.Problem;
import java.util.Optional;

/** Cuts lines out of a file, for places that are asked for in their order: the file is walked once, however long its lines are. */
final class Excerpts {
    /** On either side of the place: more than a terminal shows, and little beside a file that is one line. */
    private static final int MOST = 200;

    private final String text;
    private int line = 1;
    private int column = 1;
    private int start;
    private int at;

    Excerpts(String text) {
        this.text = text;
        this.start = text.startsWith("\uFEFF") ? 1 : 0;
        this.at = start;
    }

    /** What stands at a place that is not before the one asked for last; empty behind the end and for a line of blanks. */
    Optional<Excerpt> at(Problem.Place place) {
        while (line < place.line() && at < text.length()) {
            nextLine();
        }
        while (line == place.line() && column < place.column() && at < text.length() && !isLineEnd(at)) {
            at = text.offsetByCodePoints(at, 1);
            column++;
        }
        if (line != place.line()) {
            return Optional.empty();
        }
        int from = Math.max(start, at - MOST);
        if (from > start && Character.isLowSurrogate(text.charAt(from))) {
            from++;
        }
        int end = at;
        while (end < text.length() && end - at < MOST && !isLineEnd(end)) {
            end = text.offsetByCodePoints(end, 1);
        }
        Excerpt excerpt =
                new Excerpt(text.substring(from, end), at - from, from > start, end < text.length() && !isLineEnd(end));
        return Optional.of(excerpt).filter(found -> !found.text().isBlank());
    }

    private void nextLine() {
        while (at < text.length() && !isLineEnd(at)) {
            at++;
        }
        at += text.startsWith("\r\n", at) ? 2 : 1;
        at = Math.min(at, text.length());
        start = at;
        line++;
        column = 1;
    }

    private boolean isLineEnd(int index) {
        char c = text.charAt(index);
        return c == '\n' || c == '\r';
    }
}
