package dev.holdfast.core;

import java.util.List;
import java.util.Locale;

/**
 * Whether the application of a target can reach a component by code.
 *
 * @param status the answer
 * @param why in one sentence
 * @param chain the shortest way found, from where execution begins; empty when it is not reached
 */
public record Reach(Status status, String why, List<String> chain) {
    public Reach {
        chain = List.copyOf(chain);
    }

    /** The answers. {@link #word()} is the stable name in JSON. */
    public enum Status {
        /** Code or configuration leads to it. */
        REACHED,
        /** It may be, or may not be: something on the way could not be seen. */
        UNKNOWN,
        /** Nothing that is reached leads to it, and nothing that is reached leads where it could not be seen. */
        NOT_REACHED;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
