/** Tests of the forms of this capability. */
@NullMarked
package dev.holdfast.report.rules;

import org.jspecify.annotations.NullMarked;
