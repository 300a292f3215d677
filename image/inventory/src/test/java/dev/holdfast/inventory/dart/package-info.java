@NullMarked
package dev.holdfast.inventory.dart;

import org.jspecify.annotations.NullMarked;
