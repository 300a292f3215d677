package dev.holdfast.access.rbac;

import dev.holdfast.core.text.GoText;
import java.util.List;
import java.util.Optional;

/**
 * What opens a stream into a container. The verb that the server asks for follows the HTTP method: GET needs {@code get}, POST needs
 * {@code create}; and a GET that asks for an upgrade needs {@code create} as well (recorded from 1.37; servers of old did not ask).
 * WebSockets come by GET only. So {@code create} alone opens streams (POST with SPDY), {@code get} alone opens none.
 */
public final class StreamReview {
    private final Authorizer authorizer;

    public StreamReview(Authorizer authorizer) {
        this.authorizer = authorizer;
    }

    /** How a client asks. */
    public enum Way {
        GET_WEBSOCKET,
        POST_WEBSOCKET,
        GET_SPDY,
        POST_SPDY;

        private boolean isGet() {
            return this == GET_WEBSOCKET || this == GET_SPDY;
        }
    }

    /**
     * The server's answer.
     *
     * @param status 101 when the stream opens, else 403 or 405
     * @param message its words; empty with 101
     */
    public record Outcome(int status, String message) {}

    /**
     * Asks for a stream.
     *
     * @param subresource exec, attach or portforward
     */
    public Outcome opening(Requester requester, String namespace, String pod, String subresource, Way way) {
        Request.OnResource asked =
                new Request.OnResource(way.isGet() ? "get" : "create", "", "pods", subresource, namespace, pod);
        Answer answer = authorizer.answer(requester, asked);
        if (!answer.isAllowed()) {
            return forbidden(pod, WriteReview.refusal(requester, asked, answer));
        }
        if (way.isGet() && !creating(requester, asked).isAllowed()) {
            return forbidden(pod, "");
        }
        return switch (way) {
            case POST_WEBSOCKET ->
                new Outcome(405, subresource.equals("portforward") ? "Method Not Allowed\n" : "bad method");
            case GET_WEBSOCKET, GET_SPDY, POST_SPDY -> new Outcome(101, "");
        };
    }

    private static Outcome forbidden(String pod, String why) {
        return new Outcome(403, "pods " + GoText.quoted(pod) + " is forbidden: " + why);
    }

    private Answer creating(Requester requester, Request.OnResource asked) {
        return authorizer.answer(
                requester,
                new Request.OnResource("create", "", "pods", asked.subresource(), asked.namespace(), asked.name()));
    }

    /** Whether a verb on one of the streaming subresources is worth anything: the caveat that goes with a "yes", if any. */
    public static Optional<String> caveat(Request request) {
        boolean isStream = request instanceof Request.OnResource on
                && on.apiGroup().isEmpty()
                && on.resource().equals("pods")
                && List.of("exec", "attach", "portforward").contains(on.subresource());
        return isStream && request.verb().equals("get")
                ? Optional.of(
                        "get alone opens no stream on a current server, which asks for create as well; servers of old did not")
                : Optional.empty();
    }
}
