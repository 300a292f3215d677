/**
 * Columns for what comes by the million: numbers and names without an object each. All grow in chunks, because a single array that is
 * copied when it is full takes three times its content while it grows.
 *
 * <p>Public only for the other rooms of this module; who uses images uses {@link dev.holdfast.oci.Targets}.
 */
@NullMarked
package dev.holdfast.oci.column;

import org.jspecify.annotations.NullMarked;
