@NullMarked
package dev.holdfast.inventory.python;

import org.jspecify.annotations.NullMarked;
