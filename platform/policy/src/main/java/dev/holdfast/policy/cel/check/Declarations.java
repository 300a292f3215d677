package dev.holdfast.policy.cel.check;

import dev.holdfast.policy.cel.function.Library;
import dev.holdfast.policy.cel.value.Type;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an expression may use: functions, types, variables, and the fields of structures. Immutable. */
public final class Declarations {
    private static final Map<String, Type> TYPES = types();

    private final Library library;
    private final Map<String, Type> variables;
    private final Map<String, Map<String, Type>> structures;
    private final Structures others;

    private Declarations(
            Library library,
            Map<String, Type> variables,
            Map<String, Map<String, Type>> structures,
            Structures others) {
        this.library = library;
        this.variables = Map.copyOf(variables);
        this.structures = Map.copyOf(structures);
        this.others = others;
    }

    /** The functions and types of a library, and no variables. */
    public static Declarations of(Library library) {
        return new Declarations(library, Map.of(), Map.of(), none -> Optional.empty());
    }

    private static Map<String, Type> types() {
        Map<String, Type> types = new HashMap<>();
        for (Type simple : List.of(
                Type.BOOL,
                Type.INT,
                Type.UINT,
                Type.DOUBLE,
                Type.STRING,
                Type.BYTES,
                Type.NULL,
                Type.TIMESTAMP,
                Type.DURATION)) {
            types.put(simple.name(), simple);
        }
        types.put("list", Type.list(Type.DYN));
        types.put("map", Type.map(Type.DYN, Type.DYN));
        types.put("optional_type", Type.optional(Type.DYN));
        types.put("type", Type.type(Type.DYN));
        return Map.copyOf(types);
    }

    /** These with one more variable; its name may have dots. */
    public Declarations withVariable(String name, Type type) {
        Map<String, Type> more = new HashMap<>(variables);
        more.put(name, type);
        return new Declarations(library, more, structures, others);
    }

    /** These with a structure of these fields, or with other fields than before. */
    public Declarations withStructure(String name, Map<String, Type> fields) {
        Map<String, Map<String, Type>> more = new HashMap<>(structures);
        more.put(name, new LinkedHashMap<>(fields));
        return new Declarations(library, variables, more, others);
    }

    /** These with the structures that are known elsewhere, behind those that are declared. */
    public Declarations withStructures(Structures known) {
        return new Declarations(library, variables, structures, known);
    }

    Library library() {
        return library;
    }

    Optional<Type> variable(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    Optional<Type> typeNamed(String name) {
        return Optional.ofNullable(TYPES.get(name)).or(() -> library.typeNamed(name));
    }

    /** The fields of a structure; empty when nothing is known of it. */
    Optional<Map<String, Type>> fields(String structure) {
        Map<String, Type> declared = structures.get(structure);
        return declared == null ? others.fields(structure) : Optional.of(declared);
    }
}
