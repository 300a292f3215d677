/**
 * The whole program on whole images, from the words of a command line to its output and exit code.
 *
 * <p>{@link dev.holdfast.it.ConformanceTest} is the conformance suite that this module's README describes.
 */
@NullMarked
package dev.holdfast.it;

import org.jspecify.annotations.NullMarked;
