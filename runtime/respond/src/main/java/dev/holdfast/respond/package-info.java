/**
 * Stopping containers after the fact.
 *
 * <p>In: an {@link dev.holdfast.respond.Order} and the name of a container. A {@link dev.holdfast.respond.Responder} finds the container's control
 * group ({@code group}), looks whether it may be touched, writes down what it is about to do ({@code journal}), does it ({@code deed}), looks
 * whether it holds, and writes that down. Out: an {@link dev.holdfast.respond.Outcome}. Nothing is done without being asked twice: a responder
 * that does not act says what it would do. Start with {@code Responder}.
 */
@NullMarked
package dev.holdfast.respond;

import org.jspecify.annotations.NullMarked;
