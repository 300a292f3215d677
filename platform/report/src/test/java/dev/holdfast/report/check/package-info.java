/** Tests of the forms of this capability. */
@NullMarked
package dev.holdfast.report.check;

import org.jspecify.annotations.NullMarked;
