/** The ledger of where the bytes of an image come from. */
@NullMarked
package dev.holdfast.report.coverage;

import org.jspecify.annotations.NullMarked;
