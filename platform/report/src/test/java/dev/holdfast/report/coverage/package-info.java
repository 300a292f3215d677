/** Tests of the forms of this capability. */
@NullMarked
package dev.holdfast.report.coverage;

import org.jspecify.annotations.NullMarked;
