package dev.holdfast.secrets.search;

/** Puts together the literals of an expression: {@code "abc" + "def"}, {@code 'abc' . 'def'}, and what adjoins over a line's end. */
final class Literals {
    private static final int LONGEST = 600;
    private static final int LONGEST_GAP = 80;

    private Literals() {}

    /** What the literal that {@code at} stands in and those joined to it say from there on; empty when none is joined to it. */
    static String joined(byte[] bytes, int at, int to) {
        StringBuilder text = new StringBuilder();
        boolean isJoined = false;
        int position = at;
        while (position < to && text.length() < LONGEST) {
            byte b = bytes[position];
            if (b == '\n' || b == '\r') {
                return "";
            }
            if (b == '"' || b == '\'') {
                int next = nextLiteral(bytes, position + 1, to);
                if (next < 0) {
                    return isJoined ? text.toString() : "";
                }
                isJoined = true;
                position = next;
                continue;
            }
            text.append((char) (b & 0xff));
            position++;
        }
        return "";
    }

    /**
     * Whether a literal ends behind {@code at} before anything that no value of a kind holds. Nearly nowhere does one, so that this look
     * spares the joining, which took half of the search.
     */
    static boolean mayBeJoined(byte[] bytes, int at, int to) {
        int last = Math.min(to, at + LONGEST);
        for (int position = at; position < last; position++) {
            switch (bytes[position]) {
                case '"', '\'' -> {
                    return nextLiteral(bytes, position + 1, to) >= 0;
                }
                case ' ', '\t', '\n', '\r', ',', '<', '>', '{', '}', '`', '\\' -> {
                    return false;
                }
                default -> {
                    // maybe of a value
                }
            }
        }
        return false;
    }

    /** Behind the opening quote of the literal that is joined to the one that ended, or -1. */
    private static int nextLiteral(byte[] bytes, int from, int to) {
        boolean hasSign = false;
        boolean hasLine = false;
        int last = Math.min(to, from + LONGEST_GAP);
        for (int at = from; at < last; at++) {
            byte b = bytes[at];
            if (b == '"' || b == '\'') {
                return hasSign || hasLine ? at + 1 : -1;
            }
            if (b == '+' || b == '.' || b == '\\' || b == '&') {
                if (hasSign && b != '\\') {
                    return -1;
                }
                hasSign = true;
            } else if (b == '\n') {
                hasLine = true;
            } else if (b != ' ' && b != '\t' && b != '\r') {
                return -1;
            }
        }
        return -1;
    }
}
