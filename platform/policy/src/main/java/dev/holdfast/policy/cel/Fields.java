package dev.holdfast.policy.cel;

/** A value with named fields that are found only when they are asked for. */
@FunctionalInterface
interface Fields {
    Object field(String name) throws Fault;
}
