@NullMarked
package dev.holdfast.inventory.arch;

import org.jspecify.annotations.NullMarked;
