@NullMarked
package dev.holdfast.inventory.npm;

import org.jspecify.annotations.NullMarked;
