/** Tests of the renderings: one hand-made report, looked at through each of them. */
@NullMarked
package dev.holdfast.report;

import org.jspecify.annotations.NullMarked;
