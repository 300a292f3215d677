/** Changes to texts as other tools take them, and patterns with stars. */
@NullMarked
package dev.holdfast.core.text;

import org.jspecify.annotations.NullMarked;
