/** Events against rules. In: a source of events and compiled rules. Out: alerts. */
@NullMarked
package dev.holdfast.watch;

import org.jspecify.annotations.NullMarked;
