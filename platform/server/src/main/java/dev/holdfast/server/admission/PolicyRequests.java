package dev.holdfast.server.admission;

import dev.holdfast.manifest.tree.Node;
import dev.holdfast.policy.cel.function.kubernetes.Authorizer.Access;
import dev.holdfast.policy.request.ObjectValues;
import dev.holdfast.policy.request.Request;
import java.util.Map;
import java.util.Optional;

/** The API server's question as policies see it. */
final class PolicyRequests {
    private PolicyRequests() {}

    static Request of(AdmissionRequest request, Optional<Map<String, Object>> namespace) {
        return new Request(
                Request.Operation.valueOf(request.operation()),
                new Request.Resource(
                        request.resource().group(),
                        request.resource().version(),
                        request.resource().resource()),
                new Request.Kind(
                        request.kind().group(),
                        request.kind().version(),
                        request.kind().kind()),
                request.subResource(),
                request.name(),
                request.namespace(),
                new Request.User(
                        request.user().name(),
                        request.user().uid(),
                        request.user().groups(),
                        Map.of()),
                request.isDryRun(),
                values(request.object()),
                values(request.oldObject()),
                values(request.options()).orElse(Map.of()),
                namespace,
                Access.NONE);
    }

    private static Optional<Map<String, Object>> values(Optional<Node.Mapping> node) {
        return node.flatMap(ObjectValues::object);
    }
}
