/** What the tests of the forms share: a hand-made report with one of everything, and the schemas that documents must meet. */
@NullMarked
package dev.holdfast.report;

import org.jspecify.annotations.NullMarked;
