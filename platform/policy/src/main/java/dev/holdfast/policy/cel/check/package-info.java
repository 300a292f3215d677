/**
 * Finds out what an expression means before it is run: {@link dev.holdfast.policy.cel.check.Checker} gives every part its type by what is {@link
 * dev.holdfast.policy.cel.check.Declarations declared}, {@link dev.holdfast.policy.cel.check.Literalness} refuses what the API server refuses
 * beyond that.
 */
@NullMarked
package dev.holdfast.policy.cel.check;

import org.jspecify.annotations.NullMarked;
