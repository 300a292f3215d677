/** TOML: {@link dev.holdfast.core.toml.Toml} gives the tables of a hostile document within limits, each with its line. */
@NullMarked
package dev.holdfast.core.toml;

import org.jspecify.annotations.NullMarked;
