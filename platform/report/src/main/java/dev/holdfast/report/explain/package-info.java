/** Why a flaw is reported, or why not. */
@NullMarked
package dev.holdfast.report.explain;

import org.jspecify.annotations.NullMarked;
