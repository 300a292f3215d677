@NullMarked
package dev.holdfast.inventory;

import org.jspecify.annotations.NullMarked;
