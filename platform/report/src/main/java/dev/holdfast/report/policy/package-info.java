/** What policies decided, from {@link dev.holdfast.report.policy.PolicyResults}. */
@NullMarked
package dev.holdfast.report.policy;

import org.jspecify.annotations.NullMarked;
