@NullMarked
package dev.holdfast.inventory.cran;

import org.jspecify.annotations.NullMarked;
