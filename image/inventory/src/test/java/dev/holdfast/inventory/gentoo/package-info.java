@NullMarked
package dev.holdfast.inventory.gentoo;

import org.jspecify.annotations.NullMarked;
