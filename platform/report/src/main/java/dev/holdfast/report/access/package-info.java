/** Who may do what in a cluster: answers, ways to power, cuts. */
@NullMarked
package dev.holdfast.report.access;

import org.jspecify.annotations.NullMarked;
