@NullMarked
package dev.holdfast.reach;

import org.jspecify.annotations.NullMarked;
