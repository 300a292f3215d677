package dev.holdfast.access;

import java.util.Optional;

/** Where something is asked about. */
public sealed interface Scope {
    /** Wherever it is allowed. */
    record Anywhere() implements Scope {}

    /** One namespace; the whole cluster when it is empty. */
    record Within(String name) implements Scope {}

    /** The namespace; empty when it is asked about anywhere. */
    default Optional<String> namespace() {
        return switch (this) {
            case Anywhere _ -> Optional.empty();
            case Within within -> Optional.of(within.name());
        };
    }
}
