/**
 * The values of expressions, their {@linkplain dev.holdfast.policy.cel.value.Type types}, the {@linkplain dev.holdfast.policy.cel.value.Fault
 * fault} that stands where there is no value, and the {@linkplain dev.holdfast.policy.cel.value.Budget budget} on which every walk over values
 * draws.
 *
 * <p>Values are {@link java.lang.Boolean}, {@link java.lang.Long}, {@link dev.holdfast.policy.cel.value.Unsigned}, {@link java.lang.Double},
 * {@link java.lang.String}, {@link dev.holdfast.policy.cel.value.Bytes}, {@link java.time.Instant}, {@link java.time.Duration}, {@link
 * java.util.List}, {@link java.util.Map}, {@link dev.holdfast.policy.cel.value.Null}, {@link dev.holdfast.policy.cel.value.Maybe}, types, {@link
 * dev.holdfast.policy.cel.value.Fields}, and the {@link dev.holdfast.policy.cel.value.Named} values of the libraries; never a Java null.
 */
@NullMarked
package dev.holdfast.policy.cel.value;

import org.jspecify.annotations.NullMarked;
