@NullMarked
package dev.holdfast.inventory.golang;

import org.jspecify.annotations.NullMarked;
