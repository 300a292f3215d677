/**
 * One pass over each layer. {@link dev.holdfast.oci.layer.LayerReading} reads all layers side by side; a
 * {@link dev.holdfast.oci.layer.LayerPass} hashes one and walks its tar ({@link dev.holdfast.oci.layer.LayerWalk}) into a
 * {@link dev.holdfast.oci.layer.LayerIndex}, keeping reach of the contents that somebody wants.
 *
 * <p>Public only for the other rooms of this module; who uses images uses {@link dev.holdfast.oci.Targets}.
 */
@NullMarked
package dev.holdfast.oci.layer;

import org.jspecify.annotations.NullMarked;
