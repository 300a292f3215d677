package dev.holdfast.policy.request;

import dev.holdfast.policy.cel.function.kubernetes.Authorizer.Access;
import dev.holdfast.policy.request.Request.Operation;
import dev.holdfast.policy.request.Request.User;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The requests that creating an object makes: one for the object, and one for the pod that it lets others make. A policy about pods would meet a
 * Deployment's pods only in the cluster; here it is asked about them at once.
 *
 * @param resource the object
 * @param namespaceObject the namespace that it is created in, as far as it is known
 */
public record Creation(Resource resource, Optional<Map<String, Object>> namespaceObject) {
    /** Who asks when nobody else is named. */
    static final User NOBODY = new User("holdfast:nobody", "", List.of("system:authenticated"), Map.of());

    private static final String USUAL_NAMESPACE = "default";

    /** Kinds without a namespace that manifests hold; a kind of somebody's own is taken to have one unless none is written. */
    private static final Set<String> CLUSTER_WIDE = Set.of(
            "Namespace",
            "Node",
            "PersistentVolume",
            "ClusterRole",
            "ClusterRoleBinding",
            "StorageClass",
            "PriorityClass",
            "RuntimeClass",
            "IngressClass",
            "CSIDriver",
            "APIService",
            "CustomResourceDefinition",
            "ValidatingWebhookConfiguration",
            "MutatingWebhookConfiguration",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding",
            "CertificateSigningRequest",
            "VolumeAttachment",
            "ClusterIssuer");

    private static final Set<String> WORKLOADS =
            Set.of("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "Rollout");

    /** The request for the object itself. */
    public Request request() {
        return request(resource.apiVersion(), resource.kind(), resource.object(), namespace(resource));
    }

    /** The request for the pod that a workload makes; empty for everything else. */
    public Optional<Request> requestForPod() {
        Optional<Map<String, Object>> template = WORKLOADS.contains(resource.kind())
                ? map(resource.object(), "spec", "template")
                : resource.kind().equals("CronJob")
                        ? map(resource.object(), "spec", "jobTemplate", "spec", "template")
                        : Optional.empty();
        return template.map(form -> {
            String namespace = namespace(resource);
            Map<String, Object> metadata =
                    new LinkedHashMap<>(map(form, "metadata").orElse(Map.of()));
            metadata.put("generateName", resource.name() + "-");
            metadata.put("namespace", namespace);
            Map<String, Object> pod = new LinkedHashMap<>();
            pod.put("apiVersion", "v1");
            pod.put("kind", "Pod");
            pod.put("metadata", metadata);
            map(form, "spec").ifPresent(spec -> pod.put("spec", spec));
            return request("v1", "Pod", pod, namespace);
        });
    }

    public static String namespace(Resource resource) {
        if (CLUSTER_WIDE.contains(resource.kind())) {
            return "";
        }
        return resource.namespace().isEmpty() ? USUAL_NAMESPACE : resource.namespace();
    }

    private Request request(String apiVersion, String kind, Map<String, Object> given, String namespace) {
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        String version = apiVersion.substring(slash + 1);
        Map<String, Object> object = new LinkedHashMap<>(given);
        Map<String, Object> metadata =
                new LinkedHashMap<>(map(given, "metadata").orElse(Map.of()));
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        object.put("metadata", metadata);
        String name = metadata.get("name") instanceof String text ? text : "";
        return new Request(
                Operation.CREATE,
                new Request.Resource(group, version, plural(kind)),
                new Request.Kind(group, version, kind),
                "",
                name,
                namespace,
                NOBODY,
                false,
                Optional.of(object),
                Optional.empty(),
                options(Operation.CREATE),
                namespaceObject,
                Access.NONE);
    }

    public static Map<String, Object> options(Operation operation) {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("apiVersion", "meta.k8s.io/v1");
        options.put(
                "kind",
                switch (operation) {
                    case CREATE, CONNECT -> "CreateOptions";
                    case UPDATE -> "UpdateOptions";
                    case DELETE -> "DeleteOptions";
                });
        return options;
    }

    /** The name of a kind in the paths of the API; the rule has exceptions only among what nobody writes a policy for. */
    static String plural(String kind) {
        String lower = kind.toLowerCase(Locale.ROOT);
        if (lower.equals("endpoints")) {
            return lower;
        }
        if (lower.endsWith("s") || lower.endsWith("x") || lower.endsWith("ch")) {
            return lower + "es";
        }
        boolean isVowel = lower.length() > 1 && "aeiou".indexOf(lower.charAt(lower.length() - 2)) >= 0;
        return lower.endsWith("y") && !isVowel ? lower.substring(0, lower.length() - 1) + "ies" : lower + "s";
    }

    @SuppressWarnings("unchecked") // objects are maps by texts
    private static Optional<Map<String, Object>> map(Map<String, Object> object, String... path) {
        Object at = object;
        for (String key : path) {
            at = at instanceof Map<?, ?> map && map.get(key) != null ? map.get(key) : "";
        }
        return at instanceof Map<?, ?> map ? Optional.of((Map<String, Object>) map) : Optional.empty();
    }
}
