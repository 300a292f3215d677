/** Templates of users over a JSON document. Start with {@code Template.parse}. */
@NullMarked
package dev.holdfast.report.template;

import org.jspecify.annotations.NullMarked;
