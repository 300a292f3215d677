/** Tests of the shared forms. */
@NullMarked
package dev.holdfast.report.form;

import org.jspecify.annotations.NullMarked;
