@NullMarked
package dev.holdfast.inventory.unmanaged;

import org.jspecify.annotations.NullMarked;
