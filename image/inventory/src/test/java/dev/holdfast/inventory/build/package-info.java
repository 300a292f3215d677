@NullMarked
package dev.holdfast.inventory.build;

import org.jspecify.annotations.NullMarked;
