package dev.holdfast.policy.typing;

import dev.holdfast.policy.cel.value.Type;
import java.util.Map;
import java.util.function.Supplier;

/** What a schema says of a value, as far as expressions may know it. */
sealed interface Shape {
    Structure EMPTY = new Structure(Map::of);

    /** A value without parts, or one of which nothing is known. */
    record Simple(Type type) implements Shape {}

    /** A list. */
    record Many(Shape element) implements Shape {}

    /** A map from texts. */
    record Keyed(Shape value) implements Shape {}

    /**
     * An object with named fields.
     *
     * @param fields read when they are asked for: all that a Pod may hold are some thousand
     */
    record Structure(Supplier<Map<String, Shape>> fields) implements Shape {}
}
