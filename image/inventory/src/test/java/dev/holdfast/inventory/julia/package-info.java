@NullMarked
package dev.holdfast.inventory.julia;

import org.jspecify.annotations.NullMarked;
