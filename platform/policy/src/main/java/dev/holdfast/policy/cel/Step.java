package dev.holdfast.policy.cel;

/** A part of an expression, ready to run. */
@FunctionalInterface
interface Step {
    Object run(Frame frame) throws Fault;
}
