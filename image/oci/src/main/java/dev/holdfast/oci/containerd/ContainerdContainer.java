package dev.holdfast.oci.containerd;

import dev.holdfast.core.Digest;
import dev.holdfast.core.InputException;
import dev.holdfast.database.bolt.BoltFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What containerd knows of a container beside the bundle that it gives to the runtime:
 *
 * <pre>
 *   v1 / NAMESPACE / containers / ID / image, labels / NAME
 *   v1 / NAMESPACE / images / NAME / target / digest
 * </pre>
 *
 * @param image the name of its image, as containerd has it
 * @param digest of the image's manifest or index; empty when the name has been removed since
 */
public record ContainerdContainer(String image, Optional<Digest> digest, Map<String, String> labels) {
    public ContainerdContainer {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    /**
     * Looks for a container.
     *
     * @param root where containerd keeps its state, such as {@code /var/lib/containerd}
     * @return empty where there is no containerd, or it has no such container
     * @throws InputException when its database is damaged
     */
    public static Optional<ContainerdContainer> find(Path root, String namespace, String id)
            throws InputException, IOException {
        ContainerdDatabase database = new ContainerdDatabase(root);
        return database.exists() ? database.read(bolt -> find(bolt, namespace, id)) : Optional.empty();
    }

    private static Optional<ContainerdContainer> find(BoltFile bolt, String namespace, String id)
            throws InputException, IOException {
        Optional<BoltFile.Bucket> container = bolt.bucket("v1", namespace, "containers", id);
        Optional<String> image = container.isEmpty() ? Optional.empty() : bolt.text(container.get(), "image");
        return image.isEmpty()
                ? Optional.empty()
                : Optional.of(new ContainerdContainer(
                        image.get(), digest(bolt, namespace, image.get()), labels(bolt, container.get())));
    }

    private static Map<String, String> labels(BoltFile bolt, BoltFile.Bucket container)
            throws InputException, IOException {
        Map<String, String> labels = new TreeMap<>();
        Optional<BoltFile.Bucket> labelled = bolt.bucket(container, "labels");
        if (labelled.isPresent()) {
            bolt.visit(labelled.get(), (key, value, isBucket) -> labels.put(BoltFile.text(key), BoltFile.text(value)));
        }
        return labels;
    }

    private static Optional<Digest> digest(BoltFile bolt, String namespace, String image)
            throws InputException, IOException {
        Optional<BoltFile.Bucket> target = bolt.bucket("v1", namespace, "images", image, "target");
        return target.isEmpty()
                ? Optional.empty()
                : bolt.text(target.get(), "digest").flatMap(Digest::parse);
    }
}
