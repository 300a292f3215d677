package dev.holdfast.server.admission;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.JsonReader;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.server.admission.AdmissionRequest.Kind;
import dev.holdfast.server.admission.AdmissionRequest.Resource;
import dev.holdfast.server.admission.AdmissionRequest.User;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads an {@code AdmissionReview} with its {@code request}, version {@code v1}; {@code v1beta1}, which had the same fields, too. */
public final class ReviewReader {
    private static final Set<String> VERSIONS = Set.of("admission.k8s.io/v1", "admission.k8s.io/v1beta1");
    private static final Set<String> OPERATIONS = Set.of("CREATE", "UPDATE", "DELETE", "CONNECT");

    private final JsonReader reader;

    public ReviewReader(Limits limits) {
        this.reader = JsonReader.withoutPlaces(limits);
    }

    /** @throws InputException when this is no review, or one that asks nothing that can be answered */
    public AdmissionRequest read(byte[] body) throws InputException {
        Node review = switch (reader.read(body)) {
            case Document.Read(Node root, int _) -> root;
            case Document.Broken(int line, int column, String problem) ->
                throw malformed(line + ":" + column + ": " + problem);
        };
        String version = text(review, "apiVersion");
        if (!text(review, "kind").equals("AdmissionReview") || !VERSIONS.contains(version)) {
            throw malformed("apiVersion and kind are \"" + version + "\" and \"" + text(review, "kind")
                    + "\", expected admission.k8s.io/v1 and AdmissionReview");
        }
        Node request = review.get("request").orElseThrow(() -> malformed("it has no request"));
        String uid = text(request, "uid");
        if (uid.isEmpty()) {
            throw malformed("the request has no uid, so nothing can answer it");
        }
        String operation = text(request, "operation");
        if (!OPERATIONS.contains(operation)) {
            throw malformed("the operation \"" + operation + "\" is not known");
        }
        return new AdmissionRequest(
                version,
                uid,
                new Kind(
                        text(request, "kind", "group"),
                        text(request, "kind", "version"),
                        text(request, "kind", "kind")),
                new Resource(
                        text(request, "resource", "group"),
                        text(request, "resource", "version"),
                        text(request, "resource", "resource")),
                text(request, "subResource"),
                operation,
                text(request, "name"),
                text(request, "namespace"),
                user(request),
                mapping(request, "object"),
                mapping(request, "oldObject"),
                mapping(request, "options"),
                request.get("dryRun").filter(Node::isTrue).isPresent());
    }

    private static User user(Node request) {
        List<String> groups = request.at("userInfo", "groups").map(Node::elements).orElse(List.of()).stream()
                .flatMap(group -> group.textAt().stream())
                .toList();
        return new User(text(request, "userInfo", "username"), text(request, "userInfo", "uid"), groups);
    }

    private static Optional<Node.Mapping> mapping(Node request, String key) {
        return request.get(key).filter(Node.Mapping.class::isInstance).map(Node.Mapping.class::cast);
    }

    private static String text(Node node, String... keys) {
        return node.textAt(keys).orElse("");
    }

    private static InputException malformed(String what) {
        return new InputException(InputException.Code.MALFORMED, "no AdmissionReview: " + what);
    }
}
