package dev.holdfast.manifest.kustomize;

import dev.holdfast.core.InputException;
import dev.holdfast.manifest.tree.Node;
import java.util.List;
import java.util.Set;

/** Namespaces, prefixes and suffixes of names, and how many replicas there are. */
final class Names {
    /** Their names mean something outside of the overlay. */
    private static final Set<String> KEPT = Set.of("CustomResourceDefinition", "APIService", "Namespace");

    private static final Set<String> SCALED =
            Set.of("Deployment", "ReplicationController", "ReplicaSet", "StatefulSet");

    private Names() {}

    static void namespace(List<Resource> resources, String namespace) {
        if (namespace.isEmpty()) {
            return;
        }
        for (Resource resource : resources) {
            if (resource.kind().equals("Namespace")) {
                resource.rename(namespace);
            } else if (!resource.isClusterWide()) {
                resource.fields.fields("metadata").put("namespace", namespace);
                resource.remember();
            }
            switch (resource.kind()) {
                case "RoleBinding", "ClusterRoleBinding" -> defaultSubjects(resource, namespace);
                case "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration" ->
                    FieldPath.visit(
                            resource.fields,
                            "webhooks/clientConfig/service/namespace",
                            false,
                            (map, key) -> map.put(key, namespace));
                case "APIService" ->
                    FieldPath.visit(
                            resource.fields, "spec/service/namespace", false, (map, key) -> map.put(key, namespace));
                default -> {}
            }
        }
    }

    private static void defaultSubjects(Resource binding, String namespace) {
        for (Draft.Fields subject : Build.items(binding.fields, "subjects")) {
            if (subject.text("kind").equals("ServiceAccount")
                    && subject.text("name").equals("default")) {
                subject.put("namespace", namespace);
            }
        }
    }

    static void affix(List<Resource> resources, String prefix, String suffix) {
        if (prefix.isEmpty() && suffix.isEmpty()) {
            return;
        }
        for (Resource resource : resources) {
            if (!KEPT.contains(resource.kind())) {
                resource.rename(prefix + resource.name() + suffix);
            }
            resource.affixes.add(prefix + "|" + suffix);
        }
    }

    static void replicas(List<Resource> resources, Draft.Fields replica) throws InputException {
        String name = replica.text("name");
        boolean isFound = false;
        for (Resource resource : resources) {
            if (SCALED.contains(resource.kind()) && resource.wasNamed(name)) {
                Draft.Fields spec = resource.fields.fields("spec");
                spec.members()
                        .put("replicas", new Draft.Word(replica.text("count"), Node.Kind.INTEGER, true, spec.place()));
                isFound = true;
            }
        }
        if (!isFound) {
            throw new InputException(
                    InputException.Code.MALFORMED,
                    "resource with name " + name + " does not match a config with replicas");
        }
    }
}
