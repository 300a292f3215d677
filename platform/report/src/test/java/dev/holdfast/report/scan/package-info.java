/** Tests of the forms of this capability. */
@NullMarked
package dev.holdfast.report.scan;

import org.jspecify.annotations.NullMarked;
