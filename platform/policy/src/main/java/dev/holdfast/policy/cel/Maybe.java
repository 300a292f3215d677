package dev.holdfast.policy.cel;

import java.util.Optional;

/** A value of type {@code optional_type(T)}. */
record Maybe(Optional<Object> value) {
    static final Maybe NONE = new Maybe(Optional.empty());

    static Maybe of(Object value) {
        return new Maybe(Optional.of(value));
    }

    Object required() throws Fault {
        if (value.isEmpty()) {
            throw new Fault("optional.none() dereference");
        }
        return value.get();
    }
}
