package dev.holdfast.policy.cel.function;

import dev.holdfast.policy.cel.value.Bytes;
import dev.holdfast.policy.cel.value.Fault;
import dev.holdfast.policy.cel.value.Maybe;
import dev.holdfast.policy.cel.value.Named;
import dev.holdfast.policy.cel.value.Null;
import dev.holdfast.policy.cel.value.Type;
import dev.holdfast.policy.cel.value.Unsigned;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One signature of a function, with what it does and costs.
 *
 * @param isMember whether it is called on its first argument: {@code 'a'.size()}
 */
public record Overload(String function, boolean isMember, List<Type> arguments, Type result, Body body, Cost cost) {
    /** What a call does. */
    @FunctionalInterface
    public interface Body {
        Object apply(Object... arguments) throws Fault;
    }

    /** What a call will cost, in units: told before it is made, so that none is made that is too dear. */
    @FunctionalInterface
    public interface Cost {
        Cost ONE = arguments -> 1;

        long of(Object[] arguments);
    }

    public Overload {
        arguments = List.copyOf(arguments);
    }

    /** Whether values of these kinds may be handed over; what lists hold is not looked at. */
    public boolean accepts(Object[] values) {
        if (values.length != arguments.size()) {
            return false;
        }
        for (int i = 0; i < values.length; i++) {
            if (!accepts(arguments.get(i), values[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean accepts(Type type, Object value) {
        return switch (type.kind()) {
            case DYN, ERROR, PARAMETER -> true;
            case NULL -> value == Null.NULL;
            case BOOL -> value instanceof Boolean;
            case INT -> value instanceof Long;
            case UINT -> value instanceof Unsigned;
            case DOUBLE -> value instanceof Double;
            case STRING -> value instanceof String;
            case BYTES -> value instanceof Bytes;
            case TIMESTAMP -> value instanceof Instant;
            case DURATION -> value instanceof Duration;
            case LIST -> value instanceof List;
            case MAP -> value instanceof Map;
            case TYPE -> value instanceof Type;
            case OPTIONAL -> value instanceof Maybe;
            case STRUCT -> value instanceof Named named && named.typeName().equals(type.name());
        };
    }
}
