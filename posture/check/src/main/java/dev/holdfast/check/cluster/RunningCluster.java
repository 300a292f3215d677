package dev.holdfast.check.cluster;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.kube.KubeClient;
import dev.holdfast.kube.KubeConfigFile;
import dev.holdfast.manifest.InputKind;
import dev.holdfast.manifest.ManifestFile;
import dev.holdfast.manifest.SourceFile;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Node.Entry;
import dev.holdfast.manifest.tree.Node.Kind;
import dev.holdfast.manifest.tree.Node.Scalar;
import dev.holdfast.manifest.tree.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The objects of a running cluster, page by page with nothing but GET. Secrets are not among them. What another object of the cluster makes
 * (the pods of a ReplicaSet, the ReplicaSets of a Deployment) is judged by the template that makes it. What the server does not show is a gap.
 */
public final class RunningCluster {
    /** A cluster of some thousand nodes; more would not fit into memory. */
    private static final int MOST_OBJECTS = 100_000;

    private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1/";
    private static final String ADMISSION = "/apis/admissionregistration.k8s.io/v1/";

    /** What makes others comes before what it makes. */
    private static final List<String> COLLECTIONS = List.of(
            "/api/v1/namespaces",
            "/apis/apps/v1/deployments",
            "/apis/apps/v1/statefulsets",
            "/apis/apps/v1/daemonsets",
            "/apis/apps/v1/replicasets",
            "/api/v1/replicationcontrollers",
            "/apis/batch/v1/cronjobs",
            "/apis/batch/v1/jobs",
            "/api/v1/pods",
            "/api/v1/services",
            "/api/v1/serviceaccounts",
            "/api/v1/configmaps",
            "/api/v1/persistentvolumeclaims",
            "/api/v1/limitranges",
            "/api/v1/resourcequotas",
            "/apis/networking.k8s.io/v1/networkpolicies",
            "/apis/networking.k8s.io/v1/ingresses",
            "/apis/policy/v1/poddisruptionbudgets",
            "/apis/autoscaling/v2/horizontalpodautoscalers",
            RBAC + "clusterroles",
            RBAC + "clusterrolebindings",
            RBAC + "roles",
            RBAC + "rolebindings",
            ADMISSION + "validatingwebhookconfigurations",
            ADMISSION + "mutatingwebhookconfigurations");

    private final Path kubeConfig;
    private final String context;
    private final UnaryOperator<String> environment;

    /**
     * Nothing is asked yet.
     *
     * @param kubeConfig the file with server and credentials
     * @param context which of its contexts; empty: the current one
     * @param environment reads environment variables, for the proxy
     */
    public RunningCluster(Path kubeConfig, String context, UnaryOperator<String> environment) {
        this.kubeConfig = kubeConfig;
        this.context = context;
        this.environment = environment;
    }

    /** Lists everything: one file for each object, which is called {@code NAMESPACE:COLLECTION:NAME}. */
    public List<ManifestFile> read(Limits limits, Gaps gaps) throws InputException, IOException {
        List<ManifestFile> files = new ArrayList<>();
        Set<String> makers = new HashSet<>();
        int left = MOST_OBJECTS;
        try (KubeClient client = new KubeClient(KubeConfigFile.read(kubeConfig, context), environment, limits)) {
            for (String collection : COLLECTIONS) {
                String name = collection.substring(collection.lastIndexOf('/') + 1);
                Page page = new Page(makers, left);
                switch (client.list(collection, page::take)) {
                    case KubeClient.Listing.Whole() -> {}
                    case KubeClient.Listing.Refused(String why) -> gaps.add(Gap.Code.NO_PERMISSION, name, why);
                }
                if (page.isFull) {
                    gaps.add(Gap.Code.LIMIT, name, "more than " + MOST_OBJECTS + " objects; the others are not judged");
                }
                left -= page.objects.size();
                makers.addAll(page.seen);
                page.objects.forEach(object -> files.add(file(name, object)));
            }
        }
        return files;
    }

    private static ManifestFile file(String collection, Node.Mapping object) {
        String namespace =
                object.textAt("metadata", "namespace").map(name -> name + ":").orElse("");
        String name = object.textAt("metadata", "name").orElse("");
        return new ManifestFile(
                new SourceFile(namespace + collection + ":" + name, "", true),
                InputKind.KUBERNETES,
                List.of(new Document.Read(object, 1)));
    }

    /** The objects of one collection. */
    private static final class Page {
        private final Set<String> makers;
        private final int most;
        private final List<Node.Mapping> objects = new ArrayList<>();
        private final List<String> seen = new ArrayList<>();
        private boolean isFull;

        private Page(Set<String> makers, int most) {
            this.makers = makers;
            this.most = most;
        }

        private void take(Node list) {
            String listKind = list.textAt("kind").orElse("");
            String kind =
                    listKind.endsWith("List") ? listKind.substring(0, listKind.length() - "List".length()) : listKind;
            String version = list.textAt("apiVersion").orElse("");
            for (Node item : list.get("items").map(Node::elements).orElse(List.of())) {
                if (item instanceof Node.Mapping object) {
                    take(object, kind, version);
                }
            }
        }

        private void take(Node.Mapping object, String kind, String version) {
            object.textAt("metadata", "uid").ifPresent(seen::add);
            if (maker(object).filter(makers::contains).isPresent()) {
                return;
            }
            if (objects.size() >= most) {
                isFull = true;
                return;
            }
            objects.add(written(object, kind, version));
        }

        /** The object that keeps this one as it is. */
        private static Optional<String> maker(Node object) {
            return object.at("metadata", "ownerReferences").map(Node::elements).orElse(List.of()).stream()
                    .filter(owner ->
                            owner.get("controller").filter(Node::isTrue).isPresent())
                    .findFirst()
                    .flatMap(owner -> owner.textAt("uid"));
        }

        /**
         * With the kind and version that lists leave out, and without what only the server writes. What stands in an answer has no place that
         * anybody could look at.
         */
        private static Node.Mapping written(Node.Mapping object, String kind, String version) {
            List<Entry> entries = new ArrayList<>();
            entries.add(new Entry(scalar("apiVersion"), scalar(version)));
            entries.add(new Entry(scalar("kind"), scalar(kind)));
            for (Entry entry : object.entries()) {
                switch (entry.key().text()) {
                    case "apiVersion", "kind", "status" -> {}
                    default -> entries.add(new Entry(scalar(entry.key().text()), nowhere(entry.value())));
                }
            }
            return new Node.Mapping(entries, Place.START);
        }

        private static Scalar scalar(String text) {
            return new Scalar(text, Kind.TEXT, true, Place.START);
        }

        private static Node nowhere(Node node) {
            return switch (node) {
                case Scalar scalar -> new Scalar(scalar.text(), scalar.kind(), scalar.isPlain(), Place.START);
                case Node.Sequence list ->
                    new Node.Sequence(
                            list.elements().stream().map(Page::nowhere).toList(), Place.START);
                case Node.Mapping map ->
                    new Node.Mapping(
                            map.entries().stream()
                                    .filter(entry -> !entry.key().text().equals("managedFields"))
                                    .map(entry -> new Entry(scalar(entry.key().text()), nowhere(entry.value())))
                                    .toList(),
                            Place.START);
            };
        }
    }
}
