/** Alerts, one line each in four forms, and the counts of a watch for Prometheus. */
@NullMarked
package dev.holdfast.report.watch;

import org.jspecify.annotations.NullMarked;
