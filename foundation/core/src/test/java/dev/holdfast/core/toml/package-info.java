/** Reading TOML. */
@NullMarked
package dev.holdfast.core.toml;

import org.jspecify.annotations.NullMarked;
