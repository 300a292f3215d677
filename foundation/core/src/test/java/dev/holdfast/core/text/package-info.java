/** Changes to texts. */
@NullMarked
package dev.holdfast.core.text;

import org.jspecify.annotations.NullMarked;
