/** Turns a checked expression into a {@link dev.holdfast.policy.cel.evaluate.Program} and runs it. Start with {@link dev.holdfast.policy.cel.evaluate.Planner}. */
@NullMarked
package dev.holdfast.policy.cel.evaluate;

import org.jspecify.annotations.NullMarked;
