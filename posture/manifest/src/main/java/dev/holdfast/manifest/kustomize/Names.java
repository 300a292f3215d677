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

    private final List<Resource> resources;
    private final Configuration configuration;

    Names(List<Resource> resources, Configuration configuration) {
        this.resources = resources;
        this.configuration = configuration;
    }

    void namespace(String namespace) {
        if (namespace.isEmpty()) {
            return;
        }
        for (Resource resource : resources) {
            for (Configuration.Field field : configuration.of(resource, Configuration.Use.NAMESPACE)) {
                FieldPath.visit(resource.fields, field.path(), field.creates(), (map, key) -> map.put(key, namespace));
            }
            if (resource.kind().equals("Namespace")) {
                resource.rename(namespace);
            } else if (!resource.isClusterWide()) {
                resource.fields.fields("metadata").put("namespace", namespace);
                resource.remember();
            }
            switch (resource.kind()) {
                case "RoleBinding", "ClusterRoleBinding" -> defaultSubjects(resource, namespace);
                case "CustomResourceDefinition" ->
                    FieldPath.visit(
                            resource.fields,
                            "spec/conversion/webhook/clientConfig/service/namespace",
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

    void affix(String prefix, String suffix) {
        if (prefix.isEmpty() && suffix.isEmpty()) {
            return;
        }
        for (Resource resource : resources) {
            if (!KEPT.contains(resource.kind())) {
                resource.rename(prefix + resource.name() + suffix);
            }
            resource.affixes.add(prefix + "|" + suffix);
            affix(resource, Configuration.Use.PREFIX, prefix, "");
            affix(resource, Configuration.Use.SUFFIX, "", suffix);
        }
    }

    private void affix(Resource resource, Configuration.Use use, String prefix, String suffix) {
        for (Configuration.Field field : configuration.of(resource, use)) {
            FieldPath.visit(resource.fields, field.path(), field.creates(), (map, key) -> {
                if (!map.text(key).isEmpty()) {
                    map.put(key, prefix + map.text(key) + suffix);
                }
            });
        }
    }

    void replicas(Draft.Fields replica) throws InputException {
        String name = replica.text("name");
        boolean isFound = false;
        for (Resource resource : resources) {
            if (!resource.wasNamed(name)) {
                continue;
            }
            if (SCALED.contains(resource.kind())) {
                scale(resource.fields.fields("spec"), "replicas", replica);
                isFound = true;
            }
            for (Configuration.Field field : configuration.of(resource, Configuration.Use.REPLICAS)) {
                FieldPath.visit(resource.fields, field.path(), field.creates(), (map, key) -> scale(map, key, replica));
                isFound = true;
            }
        }
        if (!isFound) {
            throw new InputException(
                    InputException.Code.MALFORMED,
                    "resource with name " + name + " does not match a config with replicas");
        }
    }

    private static void scale(Draft.Fields holder, String key, Draft.Fields replica) {
        holder.members().put(key, new Draft.Word(replica.text("count"), Node.Kind.INTEGER, true, holder.place()));
    }
}
