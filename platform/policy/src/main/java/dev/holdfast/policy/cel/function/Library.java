package dev.holdfast.policy.cel.function;

import dev.holdfast.policy.cel.function.Overload.Body;
import dev.holdfast.policy.cel.function.Overload.Cost;
import dev.holdfast.policy.cel.value.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Functions with their signatures; what there is of them is put together by those who have them. A signature is written as the types of its arguments with commas between them; a type is one of the
 * simple names, {@code list(A)}, {@code map(A, B)}, {@code optional_type(A)}, {@code type(A)}, one capital letter for whatever comes, or the
 * name of a structure.
 */
public final class Library {
    private final Map<String, List<Overload>> functions = new HashMap<>();
    private final Map<String, Type> types = new HashMap<>();

    /** The signatures of a function; none when there is no such function. */
    public List<Overload> overloads(String function) {
        return functions.getOrDefault(function, List.of());
    }

    /** The structures of the library that expressions may name. */
    public Optional<Type> typeNamed(String name) {
        return Optional.ofNullable(types.get(name));
    }

    /** Lets expressions name a structure. */
    public Library type(String name) {
        types.put(name, Type.struct(name));
        return this;
    }

    /** Adds a function that is called on its first argument. */
    public Library member(String name, String arguments, String result, Cost cost, Body body) {
        return add(name, true, arguments, result, cost, body);
    }

    /** Adds a function that stands alone. */
    public Library global(String name, String arguments, String result, Cost cost, Body body) {
        return add(name, false, arguments, result, cost, body);
    }

    /** Adds a function that may be called both ways. */
    public Library both(String name, String arguments, String result, Cost cost, Body body) {
        return global(name, arguments, result, cost, body).member(name, arguments, result, cost, body);
    }

    private Library add(String name, boolean isMember, String arguments, String result, Cost cost, Body body) {
        List<Type> types = new ArrayList<>();
        TypeText text = new TypeText(arguments);
        while (!text.isAtEnd()) {
            types.add(text.type());
        }
        functions
                .computeIfAbsent(name, _ -> new ArrayList<>())
                .add(new Overload(name, isMember, types, new TypeText(result).type(), body, cost));
        return this;
    }

    /** Reads types from their names. */
    private static final class TypeText {
        private final String text;
        private int at;

        private TypeText(String text) {
            this.text = text.replace(" ", "");
        }

        private boolean isAtEnd() {
            return at >= text.length();
        }

        private Type type() {
            int start = at;
            while (at < text.length() && ",()".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            String name = text.substring(start, at);
            List<Type> parameters = new ArrayList<>();
            if (at < text.length() && text.charAt(at) == '(') {
                at++;
                while (text.charAt(at) != ')') {
                    parameters.add(type());
                }
                at++;
            }
            if (at < text.length() && text.charAt(at) == ',') {
                at++;
            }
            return named(name, parameters);
        }

        private static Type named(String name, List<Type> parameters) {
            return switch (name) {
                case "dyn" -> Type.DYN;
                case "null" -> Type.NULL;
                case "bool" -> Type.BOOL;
                case "int" -> Type.INT;
                case "uint" -> Type.UINT;
                case "double" -> Type.DOUBLE;
                case "string" -> Type.STRING;
                case "bytes" -> Type.BYTES;
                case "timestamp" -> Type.TIMESTAMP;
                case "duration" -> Type.DURATION;
                case "list" -> Type.list(parameters.getFirst());
                case "map" -> Type.map(parameters.getFirst(), parameters.getLast());
                case "type" -> Type.type(parameters.getFirst());
                case "optional_type" -> Type.optional(parameters.getFirst());
                default -> name.length() == 1 ? Type.parameter(name) : Type.struct(name);
            };
        }
    }
}
