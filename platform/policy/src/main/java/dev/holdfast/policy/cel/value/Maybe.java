package dev.holdfast.policy.cel.value;

import java.util.Optional;

/** A value of type {@code optional_type(T)}. */
public record Maybe(Optional<Object> value) {
    public static final Maybe NONE = new Maybe(Optional.empty());

    public static Maybe of(Object value) {
        return new Maybe(Optional.of(value));
    }

    public Object required() throws Fault {
        if (value.isEmpty()) {
            throw new Fault("optional.none() dereference");
        }
        return value.get();
    }
}
