package dev.holdfast.policy.cel;

/** A value of a type that a library brings. */
interface Named {
    /** The name of its type. */
    String typeName();
}
