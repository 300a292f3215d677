@NullMarked
package dev.holdfast.inventory.rpm;

import org.jspecify.annotations.NullMarked;
