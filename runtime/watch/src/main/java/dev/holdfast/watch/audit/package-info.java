/**
 * The audit events of a Kubernetes API server ({@code audit.k8s.io/v1}) as events for rules.
 * {@link dev.holdfast.watch.audit.AuditReader} reads them from files, folders and streams; {@link dev.holdfast.watch.audit.AuditWebhook}
 * takes them as the server's audit webhook; {@link dev.holdfast.watch.audit.AuditEvent} answers for the fields {@code ka.*} and
 * {@code jevt.*}.
 */
@NullMarked
package dev.holdfast.watch.audit;

import org.jspecify.annotations.NullMarked;
