package dev.holdfast.core.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON value as read. The navigating methods never fail: what is absent, or of another kind, is an empty answer, because documents
 * from outside are often both.
 */
public sealed interface JsonValue {

    /** An object; a repeated name keeps its last value, as ECMA-404 leaves open and every common reader does. */
    record JsonObject(Map<String, JsonValue> members) implements JsonValue {
        public JsonObject {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }
    }

    /** An array. */
    record JsonArray(List<JsonValue> elements) implements JsonValue {
        public JsonArray {
            elements = Collections.unmodifiableList(new ArrayList<>(elements));
        }
    }

    /** A string. */
    record JsonString(String value) implements JsonValue {}

    /** A number, kept as it was written. */
    record JsonNumber(String literal) implements JsonValue {}

    /** {@code true} or {@code false}. */
    record JsonBoolean(boolean value) implements JsonValue {}

    /** {@code null}, and the answer for what is absent. */
    enum JsonNull implements JsonValue {
        NULL
    }

    /** The member of this name; {@link JsonNull#NULL} when this is no object or has none. */
    default JsonValue get(String name) {
        return this instanceof JsonObject object ? object.members.getOrDefault(name, JsonNull.NULL) : JsonNull.NULL;
    }

    /** The value at the end of a path of member names. */
    default JsonValue at(String... names) {
        JsonValue value = this;
        for (String name : names) {
            value = value.get(name);
        }
        return value;
    }

    /** The elements of an array; empty for anything else. */
    default List<JsonValue> elements() {
        return this instanceof JsonArray array ? array.elements : List.of();
    }

    /** The members of an object; empty for anything else. */
    default Map<String, JsonValue> members() {
        return this instanceof JsonObject object ? object.members : Map.of();
    }

    /** The text of a string; empty for anything else. */
    default Optional<String> text() {
        return this instanceof JsonString string ? Optional.of(string.value) : Optional.empty();
    }

    /** The text of a string, or the literal of a number or boolean; empty for anything else. */
    default Optional<String> scalar() {
        if (this instanceof JsonString string) {
            return Optional.of(string.value);
        }
        if (this instanceof JsonNumber number) {
            return Optional.of(number.literal);
        }
        return this instanceof JsonBoolean bool ? Optional.of(String.valueOf(bool.value)) : Optional.empty();
    }

    /** The texts of an array of strings, what is no string left out; a lone string counts as one. */
    default List<String> texts() {
        if (this instanceof JsonString string) {
            return List.of(string.value);
        }
        List<String> texts = new ArrayList<>();
        for (JsonValue element : elements()) {
            element.text().ifPresent(texts::add);
        }
        return texts;
    }

    /** A whole number; empty for anything else, fractions and overflows included. */
    default Optional<Long> integer() {
        if (this instanceof JsonNumber number) {
            try {
                return Optional.of(Long.parseLong(number.literal));
            } catch (NumberFormatException fraction) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** A number as a double; empty for anything else. */
    default Optional<Double> decimal() {
        return this instanceof JsonNumber number ? Optional.of(Double.parseDouble(number.literal)) : Optional.empty();
    }

    /** Whether this is the boolean {@code true}. */
    default boolean isTrue() {
        return this instanceof JsonBoolean bool && bool.value;
    }

    /** Whether this is {@code null} or absent. */
    default boolean isAbsent() {
        return this == JsonNull.NULL;
    }
}
