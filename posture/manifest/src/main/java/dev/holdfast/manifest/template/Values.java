package dev.holdfast.manifest.template;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Go's values as Java's: {@code bool} is a Boolean, {@code int} a Long, other whole numbers a {@link Sized}, {@code float64} a Double,
 * {@code string} a String, {@code []byte} an array of bytes, lists a List, maps with text keys a Map in the order of its keys, structures a
 * {@link Shape}, and nil is null, except where a nil of known type is told apart, which is {@link #NIL}.
 */
@SuppressWarnings("ReferenceEquality") // the mark of a nil is told by what it is
public final class Values {
    /** A nil that stands in a field: unlike a missing value it cannot be asked for a field of its own. */
    public static final Object NIL = new Object() {
        @Override
        public String toString() {
            return "<nil>";
        }
    };

    private Values() {}

    public static Map<String, Object> map() {
        return new TreeMap<>();
    }

    public static List<Object> list() {
        return new ArrayList<>();
    }

    /** A value of which nil is null. */
    public static @Nullable Object plain(@Nullable Object value) {
        return value == NIL ? null : value;
    }

    /** Whether a condition takes it for true: everything but zeros, nil and what is empty. */
    public static boolean isTrue(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case Boolean is -> is;
            case Long number -> number != 0;
            case Sized number -> number.value() != 0;
            case Double number -> number != 0;
            case String text -> !text.isEmpty();
            case byte[] bytes -> bytes.length > 0;
            case List<?> list -> !list.isEmpty();
            case Map<?, ?> map -> !map.isEmpty();
            default -> value != NIL;
        };
    }

    /** Go's name of the value's type. */
    public static String typeName(@Nullable Object value) {
        return switch (value) {
            case null -> "<nil>";
            case Boolean _ -> "bool";
            case Long _ -> "int";
            case Sized number -> number.type();
            case Double _ -> "float64";
            case String _ -> "string";
            case byte[] _ -> "[]uint8";
            case List<?> _ -> "[]interface {}";
            case Map<?, ?> _ -> "map[string]interface {}";
            case Shape shape -> shape.typeName();
            default -> "interface {}";
        };
    }

    /** Go's word for the kind of type that the value has. */
    public static String kindName(@Nullable Object value) {
        return switch (value) {
            case null -> "invalid";
            case Boolean _ -> "bool";
            case Long _ -> "int";
            case Sized number -> number.type();
            case Double _ -> "float64";
            case String _ -> "string";
            case byte[] _ -> "slice";
            case List<?> _ -> "slice";
            case Map<?, ?> _ -> "map";
            case Shape shape -> shape.typeName().startsWith("*") ? "ptr" : "struct";
            default -> "invalid";
        };
    }

    /** Whether it is a whole number. */
    public static boolean isWhole(@Nullable Object value) {
        return value instanceof Long || value instanceof Sized;
    }

    /** The value of a whole number. */
    public static long whole(Object value) {
        return value instanceof Sized sized ? sized.value() : (Long) value;
    }

    /** How many bytes a text has, which Go calls its length. */
    public static int length(String text) {
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            length += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return length;
    }

    /** A piece of a text, counted in bytes; what is cut in the middle of a character is marked as unreadable. */
    public static String bytes(String text, int from, int to) {
        if (length(text) == text.length()) {
            return text.substring(from, to);
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /** Whether two values are the same in type and content, as {@code reflect.DeepEqual} tells. */
    public static boolean areEqual(@Nullable Object one, @Nullable Object other) {
        Object first = plain(one);
        Object second = plain(other);
        if (first == null || second == null || first == second) {
            return first == second;
        }
        if (first instanceof List<?> list && second instanceof List<?> others) {
            if (list.size() != others.size()) {
                return false;
            }
            for (int i = 0; i < list.size(); i++) {
                if (!areEqual(list.get(i), others.get(i))) {
                    return false;
                }
            }
            return true;
        }
        if (first instanceof Map<?, ?> map && second instanceof Map<?, ?> others) {
            if (!map.keySet().equals(others.keySet())) {
                return false;
            }
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                if (!areEqual(entry.getValue(), others.get(entry.getKey()))) {
                    return false;
                }
            }
            return true;
        }
        if (first instanceof byte[] bytes && second instanceof byte[] others) {
            return java.util.Arrays.equals(bytes, others);
        }
        return first instanceof Double number && second instanceof Double another
                ? number.doubleValue() == another.doubleValue()
                : first.equals(second);
    }
}
