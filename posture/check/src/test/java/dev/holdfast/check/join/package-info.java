@NullMarked
package dev.holdfast.check.join;

import org.jspecify.annotations.NullMarked;
