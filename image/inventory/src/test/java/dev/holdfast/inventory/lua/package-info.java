@NullMarked
package dev.holdfast.inventory.lua;

import org.jspecify.annotations.NullMarked;
