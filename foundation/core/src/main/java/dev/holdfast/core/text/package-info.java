/** Changes to texts, as other tools take them. */
@NullMarked
package dev.holdfast.core.text;

import org.jspecify.annotations.NullMarked;
