package dev.holdfast.policy.typing;

import dev.holdfast.policy.cel.check.Structures;
import dev.holdfast.policy.cel.parse.FieldName;
import dev.holdfast.policy.cel.value.Type;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Types for shapes. A structure is called after the way to it, {@code Pod.spec.containers.@idx}: a list's elements are at {@code @idx}, a map's
 * values at {@code @elem}. (The server adds a number to the kind's name that is another one each time.)
 */
final class ShapeTypes implements Structures {
    private final Map<String, Shape.Structure> structures = new HashMap<>();
    private final Map<String, Map<String, Type>> fields = new HashMap<>();

    /** The type of a value of this shape that is reached on this way. */
    Type type(String way, Shape shape) {
        return switch (shape) {
            case Shape.Simple simple -> simple.type();
            case Shape.Many many -> Type.list(type(way + ".@idx", many.element()));
            case Shape.Keyed keyed -> Type.map(Type.STRING, type(way + ".@elem", keyed.value()));
            case Shape.Structure structure -> {
                structures.put(way, structure);
                yield Type.struct(way);
            }
        };
    }

    @Override
    public Optional<Map<String, Type>> fields(String way) {
        Map<String, Type> known = fields.get(way);
        if (known == null && structures.containsKey(way)) {
            known = fields(way, structures.get(way));
            fields.put(way, known);
        }
        return Optional.ofNullable(known);
    }

    private Map<String, Type> fields(String way, Shape.Structure structure) {
        Map<String, Type> types = new HashMap<>();
        structure
                .fields()
                .get()
                .forEach((name, shape) -> FieldName.escaped(name).ifPresent(escaped -> {
                    Type type = type(way + "." + escaped, shape);
                    types.put(escaped, type);
                    if (FieldName.isKeyword(name)) {
                        types.put(name, type);
                    }
                }));
        return types;
    }
}
