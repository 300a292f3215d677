/** What rules print: {@link dev.holdfast.rules.output.OutputFormat} reads the text with its fields and fills it in for an event. */
@NullMarked
package dev.holdfast.rules.output;

import org.jspecify.annotations.NullMarked;
