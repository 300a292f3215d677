package dev.holdfast.policy.cel.check;

import dev.holdfast.policy.cel.value.Type;
import java.util.Map;
import java.util.Optional;

/** Knows the fields of structures that are too many to declare one by one. */
@FunctionalInterface
public interface Structures {
    /** The fields of a structure; empty when nothing is known of it. */
    Optional<Map<String, Type>> fields(String structure);
}
