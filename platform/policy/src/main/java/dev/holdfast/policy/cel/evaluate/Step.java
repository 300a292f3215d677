package dev.holdfast.policy.cel.evaluate;

import dev.holdfast.policy.cel.value.Fault;

/** A part of an expression, ready to run. */
@FunctionalInterface
interface Step {
    Object run(Frame frame) throws Fault;
}
