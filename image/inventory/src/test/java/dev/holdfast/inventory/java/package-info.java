@NullMarked
package dev.holdfast.inventory.java;

import org.jspecify.annotations.NullMarked;
