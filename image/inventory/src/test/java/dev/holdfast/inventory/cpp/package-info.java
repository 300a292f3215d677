@NullMarked
package dev.holdfast.inventory.cpp;

import org.jspecify.annotations.NullMarked;
