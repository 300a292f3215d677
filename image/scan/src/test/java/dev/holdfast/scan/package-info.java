@NullMarked
package dev.holdfast.scan;

import org.jspecify.annotations.NullMarked;
