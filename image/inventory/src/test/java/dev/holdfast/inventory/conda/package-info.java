@NullMarked
package dev.holdfast.inventory.conda;

import org.jspecify.annotations.NullMarked;
