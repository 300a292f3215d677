@NullMarked
package dev.holdfast.memory;

import org.jspecify.annotations.NullMarked;
