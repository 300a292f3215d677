/** Tests of the forms of this capability. */
@NullMarked
package dev.holdfast.report.comply;

import org.jspecify.annotations.NullMarked;
