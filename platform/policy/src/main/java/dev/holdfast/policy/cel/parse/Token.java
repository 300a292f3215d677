package dev.holdfast.policy.cel.parse;

/**
 * A word of an expression.
 *
 * @param kind what it is
 * @param text as written; the name without its back quotes
 * @param at offset in code points
 */
record Token(Kind kind, String text, int at) {
    /** The kinds of words; operators are told apart by their text. */
    enum Kind {
        INT,
        UINT,
        FLOAT,
        STRING,
        BYTES,
        NAME,
        QUOTED_NAME,
        OPERATOR,
        END
    }

    boolean is(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }

    /** As errors show it. */
    String shown() {
        return kind == Kind.END
                ? "<EOF>"
                : text.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t");
    }
}
