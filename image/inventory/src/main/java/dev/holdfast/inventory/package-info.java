/**
 * What is inside a target. {@link dev.holdfast.inventory.Inventory} reads a target's file tree once with all
 * {@link dev.holdfast.inventory.Cataloger}s: each declares from the header alone which files it wants, and turns one such file into
 * package records. The inventory runs every version that layers ever held of a record file, so it knows which layer brought a package,
 * which layer removed it, and, from the distributions' own lists, which package owns which file. Result: an
 * {@link dev.holdfast.inventory.InventoryReport}.
 *
 * <p>A new ecosystem is one class that implements {@code Cataloger}, one line in {@link dev.holdfast.inventory.Catalogers}, and one
 * test folder.
 */
@NullMarked
package dev.holdfast.inventory;

import org.jspecify.annotations.NullMarked;
