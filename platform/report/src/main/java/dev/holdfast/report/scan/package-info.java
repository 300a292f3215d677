/**
 * What {@code holdfast scan} says: {@link dev.holdfast.report.scan.TerminalScan} for people, {@link dev.holdfast.report.scan.JsonScan}
 * (schema {@code holdfast-scan/1}) for machines, and the forms that other services read, one class each. All start from {@link
 * dev.holdfast.report.scan.ScanResults}; those with a line a finding share {@link dev.holdfast.report.scan.FindingRow}.
 */
@NullMarked
package dev.holdfast.report.scan;

import org.jspecify.annotations.NullMarked;
