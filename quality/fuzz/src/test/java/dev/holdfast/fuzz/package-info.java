/**
 * A fuzz target for every parser. In a normal build each runs over its seeds and over what fuzzing once found; {@code quality/fuzz/run.sh} fuzzes
 * them one after the other. A target fails when a parser lets out anything but the errors it may give: {@link dev.holdfast.fuzz.Hostile}.
 */
@NullMarked
package dev.holdfast.fuzz;

import org.jspecify.annotations.NullMarked;
