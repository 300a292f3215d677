package dev.holdfast.check.kubernetes.relation;

import dev.holdfast.manifest.ManifestFile;
import dev.holdfast.manifest.kubernetes.KubernetesObject;
import dev.holdfast.manifest.kubernetes.PodForm;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The objects that are given, and how far they can be taken for all there is. The unit is the folder: people keep together what belongs
 * together. Of a folder something may be missed when a file in it, above or below could not be read, is a template or patch, or when it holds
 * an object of a kind whose controller may make pods.
 */
final class Given {
    /** Groups of custom resources whose controllers make no pods with labels of the user's choice. */
    private static final Set<String> WITHOUT_PODS = Set.of(
            "cert-manager.io",
            "acme.cert-manager.io",
            "networking.istio.io",
            "security.istio.io",
            "telemetry.istio.io",
            "external-secrets.io",
            "bitnami.com",
            "secrets-store.csi.x-k8s.io",
            "kyverno.io",
            "traefik.io",
            "traefik.containo.us",
            "projectcontour.io",
            "cilium.io",
            "crd.projectcalico.org",
            "projectcalico.org",
            "skaffold",
            "kustomize.config.k8s.io",
            "kind.x-k8s.io",
            "kubeadm.k8s.io");

    /** The same for single kinds. */
    private static final Set<String> KINDS_WITHOUT_PODS =
            Set.of("ServiceMonitor", "PodMonitor", "PrometheusRule", "Probe");

    private final List<KubernetesObject> objects = new ArrayList<>();
    private final List<PodForm> pods = new ArrayList<>();
    private final Map<String, List<KubernetesObject>> byKind = new LinkedHashMap<>();
    private final Map<KubernetesObject, Map<String, String>> labels = new HashMap<>();
    private final List<String> openFolders = new ArrayList<>();

    /** @param unread files of the target that hold objects, and could not be read or are not finished */
    Given(List<ManifestFile> files, List<String> unread) {
        unread.forEach(path -> openFolders.add(folder(path)));
        for (ManifestFile file : files) {
            if (file.documents().stream().anyMatch(document -> document instanceof Document.Broken)) {
                openFolders.add(folder(file.path()));
            }
            KubernetesObject.of(file).forEach(this::add);
        }
    }

    private void add(KubernetesObject object) {
        objects.add(object);
        byKind.computeIfAbsent(object.kind(), _ -> new ArrayList<>()).add(object);
        Optional<PodForm> pod = PodForm.of(object);
        if (pod.isPresent()) {
            pods.add(pod.get());
        } else if (mayMakePods(object) || PodForm.isBuiltIn(object)) {
            openFolders.add(folder(object.path()));
        }
    }

    private static boolean mayMakePods(KubernetesObject object) {
        String group = object.group();
        boolean isBuiltIn = group.indexOf('.') < 0 || group.endsWith(".k8s.io");
        return !isBuiltIn && !WITHOUT_PODS.contains(group) && !KINDS_WITHOUT_PODS.contains(object.kind());
    }

    static String folder(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    List<PodForm> pods() {
        return pods;
    }

    /** The objects of a kind of Kubernetes' own. */
    List<KubernetesObject> ofKind(String kind) {
        return byKind.getOrDefault(kind, List.of());
    }

    boolean isSingle() {
        return objects.size() < 2;
    }

    /** Whether nothing may be missed in the folder of an object. */
    boolean isWhole(KubernetesObject object) {
        String folder = folder(object.path());
        return openFolders.stream().noneMatch(open -> isWithin(open, folder) || isWithin(folder, open));
    }

    private static boolean isWithin(String folder, String other) {
        return other.isEmpty() || folder.equals(other) || folder.startsWith(other + "/");
    }

    /** Whether the object's folder, or one below it, holds objects of this kind that could be in its namespace: then one more would lie there too. */
    boolean keeps(String kind, KubernetesObject near) {
        String folder = folder(near.path());
        return ofKind(kind).stream()
                .anyMatch(object -> isWithin(folder(object.path()), folder) && shareNamespace(object, near));
    }

    /** The same for anything that makes pods. */
    boolean keepsPods(KubernetesObject near) {
        String folder = folder(near.path());
        return pods.stream()
                .map(PodForm::owner)
                .anyMatch(owner -> isWithin(folder(owner.path()), folder) && shareNamespace(owner, near));
    }

    /** Whether two objects may be in the same namespace: one that names none can be put into any. */
    static boolean shareNamespace(KubernetesObject a, KubernetesObject b) {
        return a.namespace().isEmpty()
                || b.namespace().isEmpty()
                || a.namespace().equals(b.namespace());
    }

    /** The object of this kind and name that another may mean. */
    Optional<KubernetesObject> find(String kind, String name, KubernetesObject near) {
        return ofKind(kind).stream()
                .filter(object -> object.name().equals(name) && shareNamespace(object, near))
                .findFirst();
    }

    /** The pods that a selector of an object means. */
    List<PodForm> selected(Selector selector, KubernetesObject near) {
        return pods.stream()
                .filter(pod -> shareNamespace(pod.owner(), near) && selector.matches(labels(pod)))
                .toList();
    }

    Map<String, String> labels(PodForm pod) {
        return labels.computeIfAbsent(pod.owner(), _ -> labels(pod.template()));
    }

    /** What {@code metadata.labels} of an object or template says. */
    static Map<String, String> labels(Node object) {
        Map<String, String> labels = new HashMap<>();
        for (Node.Entry label :
                object.at("metadata", "labels").map(Node::entries).orElse(List.of())) {
            labels.put(label.key().text(), label.value().textAt().orElse(""));
        }
        return labels;
    }
}
