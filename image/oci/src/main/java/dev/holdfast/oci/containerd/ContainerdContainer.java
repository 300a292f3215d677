package dev.holdfast.oci.containerd;

import dev.holdfast.core.Digest;
import dev.holdfast.core.InputException;
import dev.holdfast.database.bolt.BoltFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What containerd knows of a container beside the bundle that it gives to the runtime:
 *
 * <pre>
 *   v1 / NAMESPACE / containers / ID / image, createdat, labels / NAME
 *                                 ID / extensions / NAME           what its client noted: the plugin for Kubernetes the image's id ({@link CriNote})
 *   v1 / NAMESPACE / images / NAME / updatedat, target / digest
 * </pre>
 *
 * A name of an image may be given to another one at any time, which the container does not follow. So a name tells the digest when nobody has
 * touched it since the container was made. Else the plugin's note may: it gives every image the name {@code sha256:ID} too, which never means an image
 * of another configuration. The chain of layers tells none: images may have the same ones and differ in the rest.
 *
 * @param image the name of its image, as containerd has it
 * @param imageId the digest of the image's configuration; empty when nobody noted it
 * @param digest of the image's manifest or index; empty when it is not certain
 * @param labels none when they are more than an engine gives
 */
public record ContainerdContainer(
        String image, Optional<Digest> imageId, Optional<Digest> digest, Map<String, String> labels) {
    /** An image may have as many as its maker likes, and clients copy them. */
    private static final long MOST_LABEL_BYTES = 1 << 20;

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
        if (image.isEmpty()) {
            return Optional.empty();
        }
        Optional<Digest> imageId = imageId(bolt, container.get());
        Optional<Digest> digest = untouched(bolt, namespace, image.get(), container.get());
        if (digest.isEmpty() && imageId.isPresent()) {
            digest = target(
                    bolt, bolt.bucket("v1", namespace, "images", imageId.get().toString()));
        }
        return Optional.of(new ContainerdContainer(image.get(), imageId, digest, labels(bolt, container.get())));
    }

    /** What a name means that has meant it since before the container was made. */
    private static Optional<Digest> untouched(BoltFile bolt, String namespace, String name, BoltFile.Bucket container)
            throws InputException, IOException {
        Optional<BoltFile.Bucket> image = bolt.bucket("v1", namespace, "images", name);
        if (image.isEmpty()) {
            return Optional.empty();
        }
        Optional<GoTime> named = bolt.value(image.get(), "updatedat").flatMap(GoTime::of);
        Optional<GoTime> made = bolt.value(container, "createdat").flatMap(GoTime::of);
        boolean isUntouched =
                named.isPresent() && made.isPresent() && named.get().compareTo(made.get()) <= 0;
        return isUntouched ? target(bolt, image) : Optional.empty();
    }

    private static Optional<Digest> target(BoltFile bolt, Optional<BoltFile.Bucket> image)
            throws InputException, IOException {
        Optional<BoltFile.Bucket> target = image.isEmpty() ? Optional.empty() : bolt.bucket(image.get(), "target");
        return target.isEmpty()
                ? Optional.empty()
                : bolt.text(target.get(), "digest").flatMap(Digest::parse);
    }

    private static Optional<Digest> imageId(BoltFile bolt, BoltFile.Bucket container)
            throws InputException, IOException {
        Optional<BoltFile.Bucket> notes = bolt.bucket(container, "extensions");
        for (String name : CriNote.NAMES) {
            Optional<ByteBuffer> note = notes.isEmpty() ? Optional.empty() : bolt.value(notes.get(), name);
            if (note.isPresent()) {
                return CriNote.imageId(note.get());
            }
        }
        return Optional.empty();
    }

    private static Map<String, String> labels(BoltFile bolt, BoltFile.Bucket container)
            throws InputException, IOException {
        Optional<BoltFile.Bucket> labelled = bolt.bucket(container, "labels");
        if (labelled.isEmpty()) {
            return Map.of();
        }
        Map<String, String> labels = new TreeMap<>();
        long[] bytes = {0};
        bolt.visit(labelled.get(), (key, value, isBucket) -> {
            bytes[0] += key.length + value.remaining();
            if (bytes[0] <= MOST_LABEL_BYTES) {
                labels.put(BoltFile.text(key), BoltFile.text(value));
            }
        });
        return bytes[0] <= MOST_LABEL_BYTES ? labels : Map.of();
    }
}
