package dev.holdfast.policy.cel;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The variables that an expression may use, and their types. Immutable. */
public final class Environment {
    private static final Map<String, Type> TYPES = types();

    private final Map<String, Type> variables;
    private final Map<String, Map<String, Type>> structures;

    private Environment(Map<String, Type> variables, Map<String, Map<String, Type>> structures) {
        this.variables = Map.copyOf(variables);
        this.structures = Map.copyOf(structures);
    }

    /** No variables at all. */
    public static Environment empty() {
        return new Environment(Map.of(), Map.of());
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
                Type.DURATION,
                Type.struct(IpAddress.TYPE),
                Type.struct(Cidr.TYPE))) {
            types.put(simple.name(), simple);
        }
        types.put("list", Type.list(Type.DYN));
        types.put("map", Type.map(Type.DYN, Type.DYN));
        types.put("optional_type", Type.optional(Type.DYN));
        types.put("type", Type.type(Type.DYN));
        return Map.copyOf(types);
    }

    /** This environment with one more variable; its name may have dots. */
    public Environment with(String name, Type type) {
        Map<String, Type> more = new HashMap<>(variables);
        more.put(name, type);
        return new Environment(more, structures);
    }

    /** This environment with a structure of these fields, or with other fields than before. */
    public Environment withStructure(String name, Map<String, Type> fields) {
        Map<String, Map<String, Type>> more = new HashMap<>(structures);
        more.put(name, new LinkedHashMap<>(fields));
        return new Environment(variables, more);
    }

    Optional<Type> variable(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    Optional<Type> typeNamed(String name) {
        return Optional.ofNullable(TYPES.get(name));
    }

    /** The fields of a structure; empty when nothing is known of it. */
    Optional<Map<String, Type>> fields(String structure) {
        return Optional.ofNullable(structures.get(structure));
    }

    /** Compiles an expression. */
    public Expression compile(String source) throws RefusedExpression {
        Tree tree = Parser.parse(source);
        Checked checked = Checker.check(source, tree, this);
        Literalness.validate(source, checked);
        try {
            return new Expression(source, checked.type(), new Planner(checked).plan());
        } catch (Fault fault) {
            throw RefusedExpression.of(fault);
        }
    }
}
