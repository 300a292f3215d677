package dev.holdfast.manifest.kustomize;

import java.util.Comparator;
import java.util.List;

/** The order in which kubectl prints: some kinds come first, some last, the rest by group, version, kind and name. */
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

    /** What others need first, admission last. */
    static final LegacyOrder USUAL = new LegacyOrder(FIRST, LAST);

    private final List<String> first;
    private final List<String> last;

    LegacyOrder(List<String> first, List<String> last) {
        this.first = first;
        this.last = last;
    }

    @Override
    public int compare(Resource a, Resource b) {
        int byKind = Integer.compare(rank(a.kind()), rank(b.kind()));
        int byType = byKind != 0 ? byKind : type(a).compareTo(type(b));
        return byType != 0 ? byType : name(a).compareTo(name(b));
    }

    private int rank(String kind) {
        int position = first.indexOf(kind);
        return position >= 0 ? position - first.size() : last.indexOf(kind) + 1;
    }

    private static String type(Resource resource) {
        return (resource.group().isEmpty() ? "~G" : resource.group()) + "_" + resource.version() + "_"
                + resource.kind();
    }

    private static String name(Resource resource) {
        return (resource.namespace().isEmpty() ? "~X" : resource.namespace()) + "|" + resource.name();
    }
}
