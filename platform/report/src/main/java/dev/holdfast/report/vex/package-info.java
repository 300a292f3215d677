/** Statements of a scan about its findings, as OpenVEX. */
@NullMarked
package dev.holdfast.report.vex;

import org.jspecify.annotations.NullMarked;
