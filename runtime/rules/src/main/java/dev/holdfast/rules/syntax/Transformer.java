package dev.holdfast.rules.syntax;

import java.util.Locale;
import java.util.Optional;

/** What is done with a value before it is compared or printed. */
public enum Transformer {
    /** The field as it is; only on the right side of a comparison. */
    VAL,
    TOLOWER,
    TOUPPER,
    /** Decodes Base64. */
    B64,
    /** What stands behind the last slash. */
    BASENAME,
    /** How many bytes a text has, or how many elements a list. */
    LEN,
    /** The texts of its further arguments, with the first one between them. */
    JOIN,
    /** The texts of its arguments, one behind the other. */
    CONCAT,
    /** The options that a command line in the first argument gives, of those that the second one lists as getopt(3) does. */
    GETOPT;

    /** As it is written. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The transformer of this name. */
    public static Optional<Transformer> of(String word) {
        for (Transformer transformer : values()) {
            if (transformer.word().equals(word)) {
                return Optional.of(transformer);
            }
        }
        return Optional.empty();
    }

    /** Whether it takes several arguments. */
    public boolean takesSeveral() {
        return this == JOIN || this == CONCAT || this == GETOPT;
    }
}
