@NullMarked
package dev.holdfast.inventory.ruby;

import org.jspecify.annotations.NullMarked;
