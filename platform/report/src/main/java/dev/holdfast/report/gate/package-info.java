/** The one verdict of {@code holdfast gate}, from {@link dev.holdfast.report.gate.GateResults}. */
@NullMarked
package dev.holdfast.report.gate;

import org.jspecify.annotations.NullMarked;
