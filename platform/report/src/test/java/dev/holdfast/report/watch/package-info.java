/** Tests of the forms of this capability. */
@NullMarked
package dev.holdfast.report.watch;

import org.jspecify.annotations.NullMarked;
