package dev.holdfast.access.audit;

import dev.holdfast.access.rbac.Request;
import dev.holdfast.access.rbac.Requester;
import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the audit log of a Kubernetes API server: one {@code Event} of {@code audit.k8s.io} a line, or an {@code EventList} in one document.
 * Events that were refused are passed over, and so are stages after the first of the same request. Somebody who acts as somebody else uses
 * the right to impersonate, and the other one uses the right of the request itself.
 */
public final class AuditReader {
    private final Limits limits;
    private final List<Gap> gaps = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private int unread;

    public AuditReader(Limits limits) {
        this.limits = limits;
    }

    /** Takes what is used. */
    @FunctionalInterface
    public interface Visitor {
        void visit(AuditEvent event);
    }

    /** Reads a log to its end. A line that is no event costs the others nothing; it is counted in a gap. */
    public void read(String file, Reader log, Visitor visitor) throws IOException {
        BufferedReader lines = new BufferedReader(log);
        StringBuilder line = new StringBuilder();
        unread = 0;
        boolean isMore = true;
        while (isMore) {
            isMore = next(lines, line);
            if (!line.isEmpty() && !line.toString().isBlank()) {
                line(line.toString(), visitor);
            }
        }
        if (unread > 0) {
            gaps.add(new Gap(
                    Gap.Code.UNREADABLE,
                    file,
                    unread + " lines are no audit events; rights that only they show count as unused"));
        }
    }

    /** One line, bounded; false at the end of the log. */
    private boolean next(BufferedReader lines, StringBuilder line) throws IOException {
        line.setLength(0);
        boolean isTooLong = false;
        for (int c = lines.read(); c >= 0; c = lines.read()) {
            if (c == '\n') {
                return true;
            }
            if (line.length() < limits.fileBytes() / 2) {
                line.append((char) c);
            } else if (!isTooLong) {
                isTooLong = true;
                unread++;
            }
        }
        return false;
    }

    private void line(String line, Visitor visitor) {
        JsonValue value;
        try {
            value = Json.parse(line, limits);
        } catch (InputException notJson) {
            unread++;
            return;
        }
        if (value.get("kind").text().filter("EventList"::equals).isPresent()) {
            value.get("items").elements().forEach(event -> event(event, visitor));
        } else if (value.get("auditID").isAbsent() && value.get("verb").isAbsent()) {
            unread++;
        } else {
            event(value, visitor);
        }
    }

    private void event(JsonValue event, Visitor visitor) {
        String decision = event.get("annotations")
                .get("authorization.k8s.io/decision")
                .text()
                .orElse("");
        String stage = event.get("stage").text().orElse("ResponseComplete");
        String id = event.get("auditID").text().orElse("");
        boolean isJudged = !decision.isEmpty() || !stage.equals("RequestReceived");
        if (!isJudged || isRefused(event, decision) || !id.isEmpty() && !seen.add(id)) {
            return;
        }
        String time = event.get("requestReceivedTimestamp").text().orElse("");
        Requester user = requester(event.get("user"));
        Optional<Requester> other = Optional.of(event.get("impersonatedUser"))
                .filter(who -> !who.isAbsent())
                .map(AuditReader::requester);
        other.ifPresent(who -> impersonated(user, who, time, visitor));
        visitor.visit(new AuditEvent(other.orElse(user), request(event), time));
    }

    private static boolean isRefused(JsonValue event, String decision) {
        long code = event.at("responseStatus", "code").integer().orElse(0L);
        return decision.equals("forbid") || decision.isEmpty() && (code == 401 || code == 403);
    }

    private static Requester requester(JsonValue user) {
        return new Requester(
                user.get("username").text().orElse(""), user.get("groups").texts());
    }

    private static void impersonated(Requester user, Requester other, String time, Visitor visitor) {
        String[] parts = other.user().split(":", -1);
        boolean isAccount = parts.length == 4 && other.user().startsWith("system:serviceaccount:");
        visitor.visit(new AuditEvent(
                user,
                isAccount
                        ? new Request.OnResource("impersonate", "", "serviceaccounts", "", parts[2], parts[3])
                        : new Request.OnResource("impersonate", "", "users", "", "", other.user()),
                time));
        for (String group : other.groups()) {
            visitor.visit(
                    new AuditEvent(user, new Request.OnResource("impersonate", "", "groups", "", "", group), time));
        }
    }

    private static Request request(JsonValue event) {
        String verb = event.get("verb").text().orElse("");
        JsonValue object = event.get("objectRef");
        if (object.get("resource").isAbsent()) {
            String uri = event.get("requestURI").text().orElse("");
            int query = uri.indexOf('?');
            return new Request.OnUrl(verb, query < 0 ? uri : uri.substring(0, query));
        }
        return new Request.OnResource(
                verb,
                object.get("apiGroup").text().orElse(""),
                object.get("resource").text().orElse(""),
                object.get("subresource").text().orElse(""),
                object.get("namespace").text().orElse(""),
                object.get("name").text().orElse(""));
    }

    public List<Gap> gaps() {
        return List.copyOf(gaps);
    }
}
