@NullMarked
package dev.holdfast.inventory.php;

import org.jspecify.annotations.NullMarked;
