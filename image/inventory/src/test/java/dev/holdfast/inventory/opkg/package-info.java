@NullMarked
package dev.holdfast.inventory.opkg;

import org.jspecify.annotations.NullMarked;
