package dev.holdfast.policy.cel.value;

/** A value of a type that a library brings. */
public interface Named {
    /** The name of its type. */
    String typeName();
}
