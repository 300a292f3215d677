/**
 * Haskell: {@link dev.holdfast.inventory.haskell.HackageCataloger} reads what Stack and Cabal lock.
 */
@NullMarked
package dev.holdfast.inventory.haskell;

import org.jspecify.annotations.NullMarked;
