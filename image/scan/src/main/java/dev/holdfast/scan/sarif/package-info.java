/**
 * What code scanners found, so that one gate judges all: {@link dev.holdfast.scan.sarif.SarifReader} reads a SARIF log into findings, and
 * whatever the log shows was not examined into gaps.
 */
@NullMarked
package dev.holdfast.scan.sarif;

import org.jspecify.annotations.NullMarked;
