@NullMarked
package dev.holdfast.reach.space;

import org.jspecify.annotations.NullMarked;
