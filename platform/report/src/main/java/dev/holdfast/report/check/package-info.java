/** What {@code holdfast check} says, from {@link dev.holdfast.report.check.CheckResults}: for people, as JSON, SARIF and JUnit. */
@NullMarked
package dev.holdfast.report.check;

import org.jspecify.annotations.NullMarked;
