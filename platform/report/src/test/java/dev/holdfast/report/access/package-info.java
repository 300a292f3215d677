/** Tests of the forms of this capability. */
@NullMarked
package dev.holdfast.report.access;

import org.jspecify.annotations.NullMarked;
