/**
 * What was really used. {@link dev.holdfast.access.audit.AuditReader} reads the log of an API server, and
 * {@link dev.holdfast.access.audit.UsageReview} puts it beside what is granted: bindings, rules and single rights that nobody used.
 */
@NullMarked
package dev.holdfast.access.audit;

import org.jspecify.annotations.NullMarked;
