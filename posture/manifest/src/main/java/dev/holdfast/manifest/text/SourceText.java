package dev.holdfast.manifest.text;

import dev.holdfast.manifest.tree.Place;
import java.util.Arrays;

/**
 * Characters with their places. It is kept as a string and the runs in which neighbours in the text are neighbours in the file, so that a
 * line of a file costs one run, however long it is.
 */
public final class SourceText implements CharSequence {
    /** Nothing, at the start of a file. */
    public static final SourceText EMPTY = new Builder().build();

    private final String text;
    private final int[] starts;
    private final int[] lines;
    private final int[] columns;

    private SourceText(String text, int[] starts, int[] lines, int[] columns) {
        this.text = text;
        this.starts = starts;
        this.lines = lines;
        this.columns = columns;
    }

    /** The line of a character, from 1; at the end of the text, the line of its last character. */
    public int line(int offset) {
        return lines.length == 0 ? 1 : lines[run(offset)];
    }

    /** The column of a character, from 1, in code points. */
    public int column(int offset) {
        if (lines.length == 0) {
            return 1;
        }
        int run = run(offset);
        return columns[run] + text.codePointCount(starts[run], Math.clamp(offset, starts[run], text.length()));
    }

    /** The place from one character up to, not including, another. */
    public Place place(int from, int to) {
        int last = Math.max(from, to - 1);
        return new Place(line(from), column(from), line(last), column(last) + (to > from ? 1 : 0));
    }

    private int run(int offset) {
        int found = Arrays.binarySearch(starts, offset);
        return Math.max(0, found >= 0 ? found : -found - 2);
    }

    /** The characters from one up to, not including, another, with their places. */
    public SourceText slice(int from, int to) {
        Builder builder = new Builder();
        builder.append(this, from, to);
        return builder.build();
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return slice(start, end);
    }

    @Override
    public String toString() {
        return text;
    }

    /** Puts a text together. */
    public static final class Builder {
        private final StringBuilder text = new StringBuilder();
        private int[] starts = new int[4];
        private int[] lines = new int[4];
        private int[] columns = new int[4];
        private int runs;
        /** The column behind the last character, while the next one may belong to the same run. */
        private int nextColumn;

        /** Appends a piece of one line of the file. */
        public Builder append(CharSequence piece, int line, int column) {
            if (piece.isEmpty()) {
                return this;
            }
            if (runs == 0 || lines[runs - 1] != line || nextColumn != column) {
                begin(line, column);
            }
            text.append(piece);
            nextColumn = column + Character.codePointCount(piece, 0, piece.length());
            return this;
        }

        /** Appends a piece of another text, with its places. */
        public Builder append(SourceText other, int from, int to) {
            int at = from;
            while (at < to) {
                int run = other.run(at);
                int end = run + 1 < other.starts.length ? Math.min(to, other.starts[run + 1]) : to;
                append(other.text.substring(at, end), other.lines[run], other.column(at));
                at = end;
            }
            return this;
        }

        /** Appends a character that stands for something else in the file, at the place of that. */
        public Builder append(char one, SourceText other, int at) {
            return append(String.valueOf(one), other.line(at), other.column(at));
        }

        private void begin(int line, int column) {
            if (runs == starts.length) {
                starts = Arrays.copyOf(starts, runs * 2);
                lines = Arrays.copyOf(lines, runs * 2);
                columns = Arrays.copyOf(columns, runs * 2);
            }
            starts[runs] = text.length();
            lines[runs] = line;
            columns[runs] = column;
            runs++;
        }

        public int length() {
            return text.length();
        }

        public SourceText build() {
            return new SourceText(
                    text.toString(),
                    Arrays.copyOf(starts, runs),
                    Arrays.copyOf(lines, runs),
                    Arrays.copyOf(columns, runs));
        }
    }
}
