/**
 * Where images come from and what their files are. {@link dev.holdfast.oci.Targets} looks at what the user named (a docker-archive, an
 * OCI layout, a root file system) and opens it as one or more {@link dev.holdfast.oci.Target}s. A target is read once:
 * {@link dev.holdfast.oci.Target#read} walks the tar headers of all layers in parallel, verifies every digest on the way, decides in one
 * {@link dev.holdfast.oci.FileTree} which entry of which layer wins at each path, and keeps reach of the contents that somebody
 * declared an {@link dev.holdfast.oci.Interest} in.
 *
 * <p>Behind this package, each using only those named before it: {@code store} (where bytes lie), {@code layer} (one pass over each),
 * {@code tree} (the merged result), {@code image} (the formats), with {@code registry} and {@code engine} for images that are no files.
 */
@NullMarked
package dev.holdfast.oci;

import org.jspecify.annotations.NullMarked;
