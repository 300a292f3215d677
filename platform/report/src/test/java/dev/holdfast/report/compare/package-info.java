/** Tests of the forms of this capability. */
@NullMarked
package dev.holdfast.report.compare;

import org.jspecify.annotations.NullMarked;
