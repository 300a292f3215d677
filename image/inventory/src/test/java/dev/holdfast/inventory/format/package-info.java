@NullMarked
package dev.holdfast.inventory.format;

import org.jspecify.annotations.NullMarked;
