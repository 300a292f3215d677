package dev.holdfast.manifest.kustomize;

import java.util.Comparator;
import java.util.List;

/** The order in which kubectl prints: what others need comes first, admission comes last, the rest by group, version, kind and name. */
final class LegacyOrder implements Comparator<Resource> {
    private static final List<String> FIRST = List.of(
            "Namespace",
            "ResourceQuota",
            "StorageClass",
            "CustomResourceDefinition",
            "ServiceAccount",
            "PodSecurityPolicy",
            "Role",
            "ClusterRole",
            "RoleBinding",
            "ClusterRoleBinding",
            "ConfigMap",
            "Secret",
            "Endpoints",
            "Service",
            "LimitRange",
            "PriorityClass",
            "PersistentVolume",
            "PersistentVolumeClaim",
            "Deployment",
            "StatefulSet",
            "CronJob",
            "PodDisruptionBudget");

    private static final List<String> LAST = List.of("MutatingWebhookConfiguration", "ValidatingWebhookConfiguration");

    @Override
    public int compare(Resource a, Resource b) {
        int byKind = Integer.compare(rank(a.kind()), rank(b.kind()));
        int byType = byKind != 0 ? byKind : type(a).compareTo(type(b));
        return byType != 0 ? byType : name(a).compareTo(name(b));
    }

    private static int rank(String kind) {
        int first = FIRST.indexOf(kind);
        return first >= 0 ? first - FIRST.size() : LAST.indexOf(kind) + 1;
    }

    private static String type(Resource resource) {
        return (resource.group().isEmpty() ? "~G" : resource.group()) + "_" + resource.version() + "_"
                + resource.kind();
    }

    private static String name(Resource resource) {
        return (resource.namespace().isEmpty() ? "~X" : resource.namespace()) + "|" + resource.name();
    }
}
