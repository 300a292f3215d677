/**
 * R: {@link dev.holdfast.inventory.cran.CranCataloger} reads installed packages and renv's lock file.
 */
@NullMarked
package dev.holdfast.inventory.cran;

import org.jspecify.annotations.NullMarked;
