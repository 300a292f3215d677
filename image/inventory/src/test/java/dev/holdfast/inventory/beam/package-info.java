@NullMarked
package dev.holdfast.inventory.beam;

import org.jspecify.annotations.NullMarked;
