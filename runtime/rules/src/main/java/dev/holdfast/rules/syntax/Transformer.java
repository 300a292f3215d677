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
    /** The values of a list, which comes second, with the first argument between them. */
    JOIN,
    /** The texts of its arguments, one behind the other. */
    CONCAT,
    /**
     * The options, each with its value behind it, that the words of a list hold, of those that the second argument lists as getopt(3) does;
     * with an option in brackets what that one was given last.
     */
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
}
