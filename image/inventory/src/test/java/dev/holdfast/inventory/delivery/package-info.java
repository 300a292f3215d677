@NullMarked
package dev.holdfast.inventory.delivery;

import org.jspecify.annotations.NullMarked;
