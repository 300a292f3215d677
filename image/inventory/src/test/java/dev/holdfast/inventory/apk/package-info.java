@NullMarked
package dev.holdfast.inventory.apk;

import org.jspecify.annotations.NullMarked;
