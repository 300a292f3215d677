@NullMarked
package dev.holdfast.inventory.chisel;

import org.jspecify.annotations.NullMarked;
