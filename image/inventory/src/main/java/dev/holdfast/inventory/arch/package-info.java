/**
 * Arch Linux and its children: {@link dev.holdfast.inventory.arch.PacmanCataloger} reads pacman's database of installed packages.
 */
@NullMarked
package dev.holdfast.inventory.arch;

import org.jspecify.annotations.NullMarked;
