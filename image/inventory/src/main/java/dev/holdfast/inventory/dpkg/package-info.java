/**
 * Packages of Debian and its descendants. {@link dev.holdfast.inventory.dpkg.DpkgCataloger} reads the {@code status} file (and the
 * {@code status.d} folder of images made without dpkg), and {@link dev.holdfast.inventory.dpkg.DpkgOwnership} tells from the lists beside them which package owns a file.
 */
@NullMarked
package dev.holdfast.inventory.dpkg;

import org.jspecify.annotations.NullMarked;
