/** What was done to containers, and what stands in the journal. */
@NullMarked
package dev.holdfast.report.respond;

import org.jspecify.annotations.NullMarked;
