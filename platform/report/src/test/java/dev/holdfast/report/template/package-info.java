/** Tests of templates. */
@NullMarked
package dev.holdfast.report.template;

import org.jspecify.annotations.NullMarked;
