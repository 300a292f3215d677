/**
 * The Common Expression Language as a Kubernetes API server speaks it. {@link dev.holdfast.policy.cel.Environment} says which variables there
 * are; it {@linkplain dev.holdfast.policy.cel.Environment#compile compiles} a text in three steps, each in its own package: {@code parse} makes
 * a tree, {@code check} finds the type of every part, {@code evaluate} plans what to run. {@link
 * dev.holdfast.policy.cel.Expression#evaluate} runs it within a {@link dev.holdfast.policy.cel.value.Budget}. What all of them handle is in
 * {@code value}, the functions of expressions in {@code function}. Words of errors, types and costs are those of the server's own
 * implementation (cel-go 0.26 with the libraries of k8s.io/apiserver 1.37), as recorded from it.
 */
@NullMarked
package dev.holdfast.policy.cel;

import org.jspecify.annotations.NullMarked;
