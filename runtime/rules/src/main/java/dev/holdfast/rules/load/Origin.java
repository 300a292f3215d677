package dev.holdfast.rules.load;

import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Place;
import dev.holdfast.rules.Problem;
import dev.holdfast.rules.RuleFile;

/** A file whose places are asked for. */
final class Origin {
    private final RuleFile file;

    Origin(RuleFile file) {
        this.file = file;
    }

    String text() {
        return file.text();
    }

    Problem.Place place(int line, int column) {
        return new Problem.Place(file.name(), line, column);
    }

    Problem.Place place(Node node) {
        return place(node.place().line(), node.place().column());
    }

    /**
     * Where a character of a scalar stands in the file. YAML folds lines and resolves escapes, so the characters that are no blanks are counted
     * in the scalar and then along the file.
     */
    Problem.Place place(Node.Scalar scalar, int offset) {
        String text = scalar.text();
        int wanted = 0;
        int most = Math.min(offset, text.length());
        for (int i = 0; i < most; i++) {
            wanted += isBlank(text.charAt(i)) || Character.isLowSurrogate(text.charAt(i)) ? 0 : 1;
        }
        Cursor cursor = new Cursor(scalar.place());
        cursor.enter();
        for (int i = 0; i < wanted && cursor.isInside(); i++) {
            cursor.skipBlanks();
            cursor.next();
        }
        if (offset < text.strip().length()) {
            cursor.skipBlanks();
        }
        return place(cursor.line, cursor.column);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\n' || c == '\t' || c == '\r';
    }

    /** A walk along the file. */
    private final class Cursor {
        private final String raw = file.text();
        private int at;
        private int line;
        private int column;
        private char quote;

        private Cursor(Place start) {
            at = offset(start.line());
            line = start.line();
            column = 1;
            while (column < start.column() && isInside() && raw.charAt(at) != '\n') {
                step();
            }
        }

        private int offset(int wantedLine) {
            int offset = raw.startsWith("\uFEFF") ? 1 : 0;
            for (int i = 1; i < wantedLine; i++) {
                int end = raw.indexOf('\n', offset);
                if (end < 0) {
                    return raw.length();
                }
                offset = end + 1;
            }
            return offset;
        }

        private boolean isInside() {
            return at < raw.length();
        }

        /** Goes past what begins the scalar: the sign of a block with the rest of its line, or a quote. */
        private void enter() {
            if (!isInside()) {
                return;
            }
            char first = raw.charAt(at);
            if (first == '|' || first == '>') {
                while (isInside() && raw.charAt(at) != '\n') {
                    step();
                }
            } else if (first == '"' || first == '\'') {
                quote = first;
                step();
            }
        }

        private void skipBlanks() {
            while (isInside() && isBlank(raw.charAt(at))) {
                step();
            }
        }

        /** Goes past one character of the scalar, which may be written as two. */
        private void next() {
            if (!isInside()) {
                return;
            }
            char c = raw.charAt(at);
            step();
            boolean isPair =
                    (quote == '"' && c == '\\') || (quote == '\'' && c == '\'' && isInside() && raw.charAt(at) == '\'');
            if (isPair && isInside()) {
                step();
            }
        }

        private void step() {
            if (raw.charAt(at) == '\n') {
                line++;
                column = 1;
            } else {
                column++;
            }
            at = raw.offsetByCodePoints(at, 1); // columns are those of the YAML reader, which counts so
        }
    }
}
