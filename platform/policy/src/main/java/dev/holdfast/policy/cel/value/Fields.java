package dev.holdfast.policy.cel.value;

/** A value with named fields that are found only when they are asked for. */
@FunctionalInterface
public interface Fields {
    Object field(String name) throws Fault;
}
