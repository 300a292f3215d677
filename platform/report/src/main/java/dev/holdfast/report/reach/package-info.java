/** Answers about network reachability, as JSON and for a terminal. */
@NullMarked
package dev.holdfast.report.reach;

import org.jspecify.annotations.NullMarked;
