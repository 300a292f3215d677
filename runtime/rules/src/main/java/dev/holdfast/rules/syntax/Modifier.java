package dev.holdfast.rules.syntax;

import java.util.Locale;
import java.util.Optional;

/** For how many of the values on the right side a comparison has to hold. */
public enum Modifier {
    /** There is one value, or the operator takes a list. */
    NONE,
    /** Exactly one. */
    ONEOF,
    /** At least one. */
    ANYOF,
    /** Every one, of at least one. */
    ALLOF;

    /** As it is written; {@link #NONE} is not. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The modifier that is written so. */
    public static Optional<Modifier> of(String word) {
        for (Modifier modifier : values()) {
            if (modifier != NONE && modifier.word().equals(word)) {
                return Optional.of(modifier);
            }
        }
        return Optional.empty();
    }
}
