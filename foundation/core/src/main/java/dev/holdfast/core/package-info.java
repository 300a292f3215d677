/**
 * The shared words of every capability. Facts, findings and decisions are written in these types, so that a digest, a severity or a
 * gap means the same wherever it is met. Nothing here does I/O beyond reading the bytes it is handed.
 *
 * <p>Start with {@link dev.holdfast.core.Gap} and {@link dev.holdfast.core.InputException}: what could not be seen, and what was wrong
 * with what we were given, are first-class answers.
 */
@NullMarked
package dev.holdfast.core;

import org.jspecify.annotations.NullMarked;
