/**
 * Packages of chiselled Ubuntu images, which hold slices of packages and no package manager.
 * {@link dev.holdfast.inventory.chisel.Manifest} reads the manifest that Chisel leaves behind;
 * {@link dev.holdfast.inventory.chisel.ChiselCataloger} makes packages of it, {@link dev.holdfast.inventory.chisel.ChiselOwnership} tells
 * whose a file is.
 */
@NullMarked
package dev.holdfast.inventory.chisel;

import org.jspecify.annotations.NullMarked;
