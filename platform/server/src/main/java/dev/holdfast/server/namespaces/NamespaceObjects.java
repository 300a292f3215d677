package dev.holdfast.server.namespaces;

import dev.holdfast.manifest.tree.Node;
import dev.holdfast.policy.request.ObjectValues;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Namespaces as expressions of policies see them. */
final class NamespaceObjects {
    private static final String OWN_NAME = "kubernetes.io/metadata.name";

    private NamespaceObjects() {}

    /** A namespace by its name; empty when the node is none. The server gives every namespace a label with its name. */
    static Optional<Map.Entry<String, Map<String, Object>>> of(Node node) {
        String name = node.textAt("metadata", "name").orElse("");
        boolean isNamespace = node.textAt("kind").orElse("Namespace").equals("Namespace") && !name.isEmpty();
        return isNamespace
                ? ObjectValues.object(node).map(object -> Map.entry(name, labelled(name, object)))
                : Optional.empty();
    }

    private static Map<String, Object> labelled(String name, Map<String, Object> object) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        if (object.get("metadata") instanceof Map<?, ?> given) {
            given.forEach((key, value) -> metadata.put(key.toString(), value));
        }
        Map<String, Object> labels = new LinkedHashMap<>();
        if (metadata.get("labels") instanceof Map<?, ?> given) {
            given.forEach((key, value) -> labels.put(key.toString(), value));
        }
        labels.put(OWN_NAME, name);
        metadata.put("labels", labels);
        metadata.remove("managedFields"); // large, and nothing that anybody asks for
        Map<String, Object> whole = new LinkedHashMap<>(object);
        whole.put("metadata", metadata);
        return whole;
    }
}
