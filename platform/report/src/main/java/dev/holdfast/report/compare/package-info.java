/** Our answer beside another tool's. */
@NullMarked
package dev.holdfast.report.compare;

import org.jspecify.annotations.NullMarked;
