package dev.holdfast.policy.typing;

import dev.holdfast.policy.cel.value.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The kinds that CustomResourceDefinitions add, one for each version that is served, with the fields that its schema names. */
final class CustomKinds {
    private static final Shape TEXT = new Shape.Simple(Type.STRING);

    private final Shape metadata;
    private final List<Kind> kinds = new ArrayList<>();

    /** @param metadata what every object has, whatever the schema says of it */
    CustomKinds(Shape metadata) {
        this.metadata = metadata;
    }

    List<Kind> kinds() {
        return kinds;
    }

    /** Adds the kinds of an object, if it is a definition. */
    void add(Map<?, ?> object) {
        Map<?, ?> spec = map(object.get("spec"));
        if (!"CustomResourceDefinition".equals(object.get("kind"))
                || !"apiextensions.k8s.io/v1".equals(object.get("apiVersion"))
                || !(spec.get("versions") instanceof List<?> versions)) {
            return;
        }
        Map<?, ?> names = map(spec.get("names"));
        for (Object version : versions) {
            Map<?, ?> schema = map(map(map(version).get("schema")).get("openAPIV3Schema"));
            if (Boolean.TRUE.equals(map(version).get("served")) && !schema.isEmpty()) {
                kinds.add(new Kind(
                        text(spec.get("group")),
                        text(map(version).get("name")),
                        text(names.get("plural")),
                        text(names.get("singular")),
                        text(names.get("kind")),
                        new Shape.Structure(() -> whole(schema))));
            }
        }
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }

    /** The fields of an object of its own, embedded or not. */
    private Map<String, Shape> whole(Map<?, ?> schema) {
        Map<String, Shape> fields = fields(schema);
        fields.put("apiVersion", TEXT);
        fields.put("kind", TEXT);
        fields.put("metadata", metadata);
        return fields;
    }

    private Map<String, Shape> fields(Map<?, ?> schema) {
        Map<String, Shape> fields = new LinkedHashMap<>();
        map(schema.get("properties"))
                .forEach((name, property) ->
                        shape(map(property)).ifPresent(shape -> fields.put(name.toString(), shape)));
        return fields;
    }

    /** What a schema says; empty when expressions may not see the value. */
    private Optional<Shape> shape(Map<?, ?> schema) {
        if (Boolean.TRUE.equals(schema.get("x-kubernetes-int-or-string"))) {
            return Optional.of(new Shape.Simple(Type.DYN));
        }
        if (Boolean.TRUE.equals(schema.get("x-kubernetes-embedded-resource"))) {
            return Optional.of(new Shape.Structure(() -> whole(schema)));
        }
        return switch (text(schema.get("type"))) {
            case "array" -> shape(map(schema.get("items"))).map(Shape.Many::new);
            case "object" ->
                schema.get("additionalProperties") instanceof Map<?, ?> values
                        ? shape(values).map(Shape.Keyed::new)
                        : Optional.of(new Shape.Structure(() -> fields(schema)));
            case "string" -> Optional.of(new Shape.Simple(ofText(text(schema.get("format")))));
            case "boolean" -> Optional.of(new Shape.Simple(Type.BOOL));
            case "number" -> Optional.of(new Shape.Simple(Type.DOUBLE));
            case "integer" -> Optional.of(new Shape.Simple(Type.INT));
            default -> Optional.empty();
        };
    }

    private static Type ofText(String format) {
        return switch (format) {
            case "byte" -> Type.BYTES;
            case "duration" -> Type.DURATION;
            case "date", "date-time" -> Type.TIMESTAMP;
            default -> Type.STRING;
        };
    }
}
