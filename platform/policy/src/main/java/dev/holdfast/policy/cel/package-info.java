/**
 * The Common Expression Language as a Kubernetes API server speaks it. {@link dev.holdfast.policy.cel.Environment} says which variables there
 * are; it {@linkplain dev.holdfast.policy.cel.Environment#compile compiles} a text: {@link dev.holdfast.policy.cel.Parser} makes a tree,
 * {@link dev.holdfast.policy.cel.Checker} finds the type of every part, {@link dev.holdfast.policy.cel.Planner} turns it into
 * {@link dev.holdfast.policy.cel.Step}s. {@link dev.holdfast.policy.cel.Expression#evaluate} runs them within a
 * {@link dev.holdfast.policy.cel.Budget}. Words of errors, types and costs are those of the server's own implementation (cel-go 0.26 with
 * the libraries of k8s.io/apiserver 1.37), as recorded from it.
 *
 * <p>Values are {@link java.lang.Boolean}, {@link java.lang.Long}, {@link dev.holdfast.policy.cel.Unsigned}, {@link java.lang.Double},
 * {@link java.lang.String}, {@link dev.holdfast.policy.cel.Bytes}, {@link java.time.Instant}, {@link java.time.Duration},
 * {@link java.util.List}, {@link java.util.Map}, {@link dev.holdfast.policy.cel.Null}, {@link dev.holdfast.policy.cel.Maybe}, types, and the
 * values of the libraries; never a Java null.
 */
@NullMarked
package dev.holdfast.policy.cel;

import org.jspecify.annotations.NullMarked;
