/**
 * Follows the code of one application. {@link dev.holdfast.jvm.reach.trace.Rounds} runs it: what is certain, then what is possible. {@link
 * dev.holdfast.jvm.reach.trace.Tracer} holds the algorithm and its essay; beside calls, classes are reached by names and values ({@link
 * dev.holdfast.jvm.reach.trace.Names}), by code that is not seen ({@link dev.holdfast.jvm.reach.trace.Reflection}) and by {@link
 * dev.holdfast.jvm.reach.trace.Frameworks}. {@link dev.holdfast.jvm.reach.trace.World} holds the classes and their marks, {@link
 * dev.holdfast.jvm.reach.trace.BlindSpots} the places beyond which nothing can be seen. The {@link dev.holdfast.jvm.reach.trace.Trail}
 * answers.
 */
@NullMarked
package dev.holdfast.jvm.reach.trace;

import org.jspecify.annotations.NullMarked;
