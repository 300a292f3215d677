/**
 * The layers as one file tree. {@link dev.holdfast.oci.tree.TreeMerger} applies layer upon layer (OCI image specification, "Applying Changesets");
 * {@link dev.holdfast.oci.tree.MergedTree} answers from the result, {@link dev.holdfast.oci.tree.PathResolver} follows links inside it.
 *
 * <p>Public only for the other rooms of this module; who uses images uses {@link dev.holdfast.oci.Targets}.
 */
@NullMarked
package dev.holdfast.oci.tree;

import org.jspecify.annotations.NullMarked;
