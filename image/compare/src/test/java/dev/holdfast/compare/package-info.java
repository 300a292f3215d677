/** Tests of comparisons. */
@NullMarked
package dev.holdfast.compare;

import org.jspecify.annotations.NullMarked;
