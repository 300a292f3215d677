/**
 * How somebody becomes an administrator of the cluster without being one. {@link dev.holdfast.access.paths.PathFinder} walks from state to
 * state ({@link dev.holdfast.access.paths.State}: somebody's identity, a service account of a namespace, root on a node) along the ways that
 * {@link dev.holdfast.access.paths.Expansion} knows, each with the rights that it needs; {@link dev.holdfast.access.paths.CutFinder} looks for
 * the fewest edits after which no way is left.
 */
@NullMarked
package dev.holdfast.access.paths;

import org.jspecify.annotations.NullMarked;
