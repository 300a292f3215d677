package dev.holdfast.policy.cel.parse;

import java.util.List;
import java.util.Optional;

/** A parsed expression. {@code at} is the place that errors about a node point to, in code points. */
public sealed interface Tree {
    int at();

    /** A literal. */
    record Literal(Object value, int at) implements Tree {}

    /** A name that stands alone. */
    record Name(String name, int at) implements Tree {}

    /**
     * {@code operand.field}.
     *
     * @param isTest {@code has(operand.field)}
     */
    record Select(Tree operand, String field, boolean isTest, int at) implements Tree {}

    /** A call; operators are calls of functions named {@code _+_} and the like. */
    record Call(Optional<Tree> target, String function, List<Tree> arguments, int at) implements Tree {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /** {@code [a, ?b]}. */
    record Listing(List<Element> elements, int at) implements Tree {
        public Listing {
            elements = List.copyOf(elements);
        }
    }

    /** An element of a list, left out when it is an optional without value. */
    record Element(Tree value, boolean isOptional) {}

    /** <code>{a: b, ?c: d}</code>. */
    record Mapping(List<Entry> entries, int at) implements Tree {
        public Mapping {
            entries = List.copyOf(entries);
        }
    }

    /** An entry of a map. */
    record Entry(Tree key, Tree value, boolean isOptional) {}

    /** <code>name{field: value}</code>. */
    record Message(String name, List<FieldValue> fields, int at) implements Tree {
        public Message {
            fields = List.copyOf(fields);
        }
    }

    /** A field of a message literal. */
    record FieldValue(String name, Tree value, boolean isOptional, int at) {}

    /**
     * A macro that walks over a list or a map. With one name, it stands for the elements or the keys; with two, the first stands for index or
     * key and the second for the value.
     *
     * @param condition what {@code all}, {@code exists}, {@code filter} ask of each; for the others the filter, if there is one
     * @param result what {@code map} and its kin make of each
     */
    record Walk(
            Macro macro,
            Tree range,
            String first,
            Optional<String> second,
            Optional<Tree> condition,
            Optional<Tree> result,
            int at)
            implements Tree {}

    /** {@code target.optMap(name, result)}: the result for the value of an optional, if it has one. */
    record OptionalMap(Tree target, String name, Tree result, boolean isFlat, int at) implements Tree {}

    /** The macros that walk. */
    enum Macro {
        ALL,
        EXISTS,
        EXISTS_ONE,
        MAP,
        FILTER,
        TRANSFORM_LIST,
        TRANSFORM_MAP,
        TRANSFORM_MAP_ENTRY,
        SORT_BY
    }
}
