@NullMarked
package dev.holdfast.inventory.rust;

import org.jspecify.annotations.NullMarked;
