@NullMarked
package dev.holdfast.check.image;

import org.jspecify.annotations.NullMarked;
