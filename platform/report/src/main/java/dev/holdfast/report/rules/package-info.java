/** Rules of the running system: what is wrong with a file of them, which there are, what one means. */
@NullMarked
package dev.holdfast.report.rules;

import org.jspecify.annotations.NullMarked;
