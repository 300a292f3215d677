/** Tests of the forms of this capability. */
@NullMarked
package dev.holdfast.report.bill;

import org.jspecify.annotations.NullMarked;
