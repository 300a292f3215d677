package dev.holdfast.policy.cel.value;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A type of the language.
 *
 * @param kind its kind
 * @param name its name; that of a parameter is {@code A}, or {@code %1} once it stands for a type yet to be found
 * @param parameters of lists one, of maps two, of optionals and types of types one
 */
public record Type(Kind kind, String name, List<Type> parameters) {
    /** The kinds of types. */
    public enum Kind {
        DYN,
        ERROR,
        NULL,
        BOOL,
        INT,
        UINT,
        DOUBLE,
        STRING,
        BYTES,
        TIMESTAMP,
        DURATION,
        LIST,
        MAP,
        TYPE,
        /** Has named fields, or none that may be named. */
        STRUCT,
        OPTIONAL,
        PARAMETER
    }

    public static final Type DYN = new Type(Kind.DYN, "dyn");

    public static final Type ERROR = new Type(Kind.ERROR, "!error!");
    public static final Type NULL = new Type(Kind.NULL, "null_type");
    public static final Type BOOL = new Type(Kind.BOOL, "bool");
    public static final Type INT = new Type(Kind.INT, "int");
    public static final Type UINT = new Type(Kind.UINT, "uint");
    public static final Type DOUBLE = new Type(Kind.DOUBLE, "double");
    public static final Type STRING = new Type(Kind.STRING, "string");
    public static final Type BYTES = new Type(Kind.BYTES, "bytes");
    public static final Type TIMESTAMP = new Type(Kind.TIMESTAMP, "google.protobuf.Timestamp");
    public static final Type DURATION = new Type(Kind.DURATION, "google.protobuf.Duration");

    public Type {
        parameters = List.copyOf(parameters);
    }

    private Type(Kind kind, String name) {
        this(kind, name, List.of());
    }

    public static Type list(Type element) {
        return new Type(Kind.LIST, "list", List.of(element));
    }

    public static Type map(Type key, Type value) {
        return new Type(Kind.MAP, "map", List.of(key, value));
    }

    public static Type optional(Type value) {
        return new Type(Kind.OPTIONAL, "optional_type", List.of(value));
    }

    public static Type type(Type of) {
        return new Type(Kind.TYPE, "type", List.of(of));
    }

    public static Type struct(String name) {
        return new Type(Kind.STRUCT, name);
    }

    public static Type parameter(String name) {
        return new Type(Kind.PARAMETER, name);
    }

    public Type first() {
        return parameters.getFirst();
    }

    public boolean isDynamic() {
        return kind == Kind.DYN || kind == Kind.ERROR;
    }

    /** As errors of the checker show it. */
    public String shown() {
        return switch (kind) {
            case NULL -> "null";
            case TIMESTAMP -> "timestamp";
            case DURATION -> "duration";
            case DYN, ERROR, BOOL, INT, UINT, DOUBLE, STRING, BYTES, LIST, MAP, TYPE, STRUCT, OPTIONAL, PARAMETER ->
                parameters.isEmpty()
                        ? name
                        : name + parameters.stream().map(Type::shown).collect(Collectors.joining(", ", "(", ")"));
        };
    }

    @Override
    public String toString() {
        return parameters.isEmpty()
                ? name
                : name + parameters.stream().map(Type::toString).collect(Collectors.joining(", ", "(", ")"));
    }
}
