/** Tests of the forms of this capability. */
@NullMarked
package dev.holdfast.report.policy;

import org.jspecify.annotations.NullMarked;
