package dev.holdfast.check.kubernetes.relation;

import dev.holdfast.manifest.ManifestFile;
import dev.holdfast.manifest.kubernetes.KubernetesObject;
import dev.holdfast.manifest.kubernetes.PodForm;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
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

    private static final String PODS = "pods";

    private final List<PodForm> pods = new ArrayList<>();
    private final Map<String, List<KubernetesObject>> byKind = new LinkedHashMap<>();
    private final Map<String, List<KubernetesObject>> byName = new HashMap<>();
    private final Map<String, List<PodForm>> byLabel = new HashMap<>();
    /** By folder and kind the namespaces of what lies in the folder or below it; empty for one that is not written. */
    private final Map<String, Set<String>> kept = new HashMap<>();

    private final IdentityHashMap<KubernetesObject, Map<String, String>> labels = new IdentityHashMap<>();
    private final Set<String> openFolders = new HashSet<>();
    private final Set<String> aboveOpenFolders = new HashSet<>();
    private int objects;

    /** @param unread files of the target that hold objects, and could not be read or are not finished */
    Given(List<ManifestFile> files, List<String> unread) {
        unread.forEach(this::open);
        for (ManifestFile file : files) {
            if (file.documents().stream().anyMatch(document -> document instanceof Document.Broken)) {
                open(file.path());
            }
            KubernetesObject.of(file).forEach(this::add);
        }
    }

    private void open(String path) {
        openFolders.add(folder(path));
        aboveOpenFolders.addAll(upwards(folder(path)));
    }

    private void add(KubernetesObject object) {
        objects++;
        byKind.computeIfAbsent(object.kind(), _ -> new ArrayList<>()).add(object);
        byName.computeIfAbsent(object.kind() + "/" + object.name(), _ -> new ArrayList<>())
                .add(object);
        keep(object.kind(), object);
        Optional<PodForm> pod = PodForm.of(object);
        if (pod.isPresent()) {
            add(pod.get());
        } else if (mayMakePods(object) || PodForm.isBuiltIn(object)) {
            open(object.path());
        }
    }

    private void add(PodForm pod) {
        pods.add(pod);
        keep(PODS, pod.owner());
        Map<String, String> ofPod = labels(pod.template());
        labels.put(pod.owner(), ofPod);
        ofPod.forEach((key, value) -> byLabel.computeIfAbsent(key + "=" + value, _ -> new ArrayList<>())
                .add(pod));
    }

    private void keep(String kind, KubernetesObject object) {
        for (String folder : upwards(folder(object.path()))) {
            kept.computeIfAbsent(folder + "\n" + kind, _ -> new HashSet<>(2))
                    .add(object.namespace().orElse(""));
        }
    }

    /** A folder and all above it. */
    private static List<String> upwards(String folder) {
        List<String> folders = new ArrayList<>();
        String at = folder;
        while (!at.isEmpty()) {
            folders.add(at);
            at = folder(at);
        }
        folders.add("");
        return folders;
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
        return objects < 2;
    }

    /** Whether nothing may be missed in the folder of an object. */
    boolean isWhole(KubernetesObject object) {
        String folder = folder(object.path());
        return !aboveOpenFolders.contains(folder) && upwards(folder).stream().noneMatch(openFolders::contains);
    }

    /** Whether the object's folder, or one below it, holds objects of this kind that could be in its namespace: then one more would lie there too. */
    boolean keeps(String kind, KubernetesObject near) {
        Set<String> namespaces = kept.getOrDefault(folder(near.path()) + "\n" + kind, Set.of());
        String own = near.namespace().orElse("");
        return !namespaces.isEmpty() && (own.isEmpty() || namespaces.contains("") || namespaces.contains(own));
    }

    /** The same for anything that makes pods. */
    boolean keepsPods(KubernetesObject near) {
        return keeps(PODS, near);
    }

    /** Whether two objects may be in the same namespace: one that names none can be put into any. */
    static boolean shareNamespace(KubernetesObject a, KubernetesObject b) {
        return a.namespace().isEmpty()
                || b.namespace().isEmpty()
                || a.namespace().equals(b.namespace());
    }

    /** The object of this kind and name that another may mean; of several the one that lies beside it. */
    Optional<KubernetesObject> find(String kind, String name, KubernetesObject near) {
        List<KubernetesObject> fitting = byName.getOrDefault(kind + "/" + name, List.of()).stream()
                .filter(object -> shareNamespace(object, near))
                .toList();
        String folder = folder(near.path());
        return fitting.stream()
                .filter(object -> folder(object.path()).equals(folder)
                        && object.namespace().equals(near.namespace()))
                .findFirst()
                .or(() -> fitting.stream()
                        .filter(object -> folder(object.path()).equals(folder))
                        .findFirst())
                .or(() -> fitting.stream().findFirst());
    }

    /** The pods that a selector of an object means. */
    List<PodForm> selected(Selector selector, KubernetesObject near) {
        return candidates(selector).stream()
                .filter(pod -> shareNamespace(pod.owner(), near) && selector.matches(labels(pod)))
                .toList();
    }

    /** Those with one of the labels, where the selector names one with its value. */
    private List<PodForm> candidates(Selector selector) {
        Optional<String> label = selector.exactLabel();
        return label.map(one -> byLabel.getOrDefault(one, List.of())).orElse(pods);
    }

    Map<String, String> labels(PodForm pod) {
        return labels.getOrDefault(pod.owner(), Map.of());
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
