/**
 * Results for people and machines: the terminal view ({@link dev.holdfast.report.TerminalScan}), JSON
 * ({@link dev.holdfast.report.JsonScan}, schema {@code holdfast-scan/1}), SARIF 2.1.0 ({@link dev.holdfast.report.SarifScan}). A rendering
 * only puts a result into a form; it decides nothing. The same result gives the same bytes.
 */
@NullMarked
package dev.holdfast.report;

import org.jspecify.annotations.NullMarked;
