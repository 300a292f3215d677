@NullMarked
package dev.holdfast.inventory.dpkg;

import org.jspecify.annotations.NullMarked;
