/** Finds out what a file holds, and opens it as a source of events. Start at {@link dev.holdfast.watch.open.Sources}. */
@NullMarked
package dev.holdfast.watch.open;

import org.jspecify.annotations.NullMarked;
