/**
 * {@code completion}: scripts for shells, made of what the commands declare.
 */
@NullMarked
package dev.holdfast.cli.completion;

import org.jspecify.annotations.NullMarked;
