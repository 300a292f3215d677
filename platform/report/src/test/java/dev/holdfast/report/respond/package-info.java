/** Tests of the forms of this capability. */
@NullMarked
package dev.holdfast.report.respond;

import org.jspecify.annotations.NullMarked;
