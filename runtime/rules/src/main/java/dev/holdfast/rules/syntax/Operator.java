package dev.holdfast.rules.syntax;

import java.util.Optional;

/** How the two sides of a comparison are compared. */
public enum Operator {
    EQUAL("="),
    NOT_EQUAL("!="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    CONTAINS("contains"),
    /** Contains, whatever the case of ASCII letters. */
    ICONTAINS("icontains"),
    /** Contains the bytes that are written in hexadecimal digits. */
    BCONTAINS("bcontains"),
    STARTS_WITH("startswith"),
    BSTARTS_WITH("bstartswith"),
    ENDS_WITH("endswith"),
    GLOB("glob"),
    IGLOB("iglob"),
    /** Matches a regular expression as a whole. */
    REGEX("regex"),
    /** Is one of; for a field with several values: each of them is. */
    IN("in"),
    /** Is one of; for a field with several values: any of them is. */
    INTERSECTS("intersects"),
    /** Is one of the paths, or lies below one. */
    PMATCH("pmatch");

    private final String word;

    Operator(String word) {
        this.word = word;
    }

    /** As it is written. */
    public String word() {
        return word;
    }

    /** The operator that is written so; {@code ==} is {@code =}. */
    public static Optional<Operator> of(String word) {
        for (Operator operator : values()) {
            if (operator.word.equals(word)) {
                return Optional.of(operator);
            }
        }
        return word.equals("==") ? Optional.of(EQUAL) : Optional.empty();
    }

    /** Whether its right side is a list. */
    public boolean takesList() {
        return this == IN || this == INTERSECTS || this == PMATCH;
    }

    /** Whether it compares by size, and its right side is a number. */
    public boolean isNumeric() {
        return switch (this) {
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> true;
            case EQUAL,
                    NOT_EQUAL,
                    CONTAINS,
                    ICONTAINS,
                    BCONTAINS,
                    STARTS_WITH,
                    BSTARTS_WITH,
                    ENDS_WITH,
                    GLOB,
                    IGLOB,
                    REGEX,
                    IN,
                    INTERSECTS,
                    PMATCH -> false;
        };
    }
}
