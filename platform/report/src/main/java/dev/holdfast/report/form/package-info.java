/**
 * What the forms of several capabilities have in common: colour and columns of a terminal, an HTML page, a SARIF log, a JUnit document. None
 * of them knows any capability.
 */
@NullMarked
package dev.holdfast.report.form;

import org.jspecify.annotations.NullMarked;
