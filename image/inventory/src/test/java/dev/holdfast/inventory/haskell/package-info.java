@NullMarked
package dev.holdfast.inventory.haskell;

import org.jspecify.annotations.NullMarked;
