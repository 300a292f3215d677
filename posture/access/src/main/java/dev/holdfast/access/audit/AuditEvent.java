package dev.holdfast.access.audit;

import dev.holdfast.access.rbac.Request;
import dev.holdfast.access.rbac.Requester;

/**
 * A request that the server allowed.
 *
 * @param time when it came, RFC 3339, as written
 */
public record AuditEvent(Requester requester, Request request, String time) {}
