package dev.holdfast.oci.containerd;

import dev.holdfast.core.Digest;
import dev.holdfast.core.ImageReference;
import dev.holdfast.core.InputException;
import dev.holdfast.database.bolt.BoltFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The images that containerd keeps under its root folder:
 *
 * <pre>
 *   io.containerd.metadata.v1.bolt/meta.db             v1 / NAMESPACE / images / NAME / target / digest
 *   io.containerd.content.v1.content/blobs/sha256/…    the blobs of all namespaces
 * </pre>
 *
 * <p>An image is asked for by its whole name, a short one ({@code nginx} is {@code docker.io/library/nginx:latest}), or a digest.
 */
public final class ContainerdImages {
    private static final String CONTENT = "io.containerd.content.v1.content";
    private static final int MOST_NAMED = 5;

    private final Path root;
    private final String namespace;

    /**
     * @param root such as {@code /var/lib/containerd}
     * @param namespace the only one to look in; empty: in all
     */
    public ContainerdImages(Path root, String namespace) {
        this.root = root;
        this.namespace = namespace;
    }

    /** The folder whose {@code blobs/sha256} holds the blobs. */
    public Path content() {
        return root.resolve(CONTENT);
    }

    /** The digest of what the name stands for: a manifest or an index. */
    public Digest digestOf(String name) throws InputException, IOException {
        ContainerdDatabase database = new ContainerdDatabase(root);
        if (!database.exists()) {
            throw new InputException(
                    InputException.Code.NOT_FOUND,
                    "no store of containerd at " + root + "; where it is elsewhere, say so in CONTAINERD_ROOT");
        }
        Named named = database.read(bolt -> {
            Named all = new Named(new TreeMap<>(), new TreeSet<>());
            collect(bolt, name, all.found, all.others);
            return all;
        });
        return choose(name, named.found, named.others);
    }

    /** The namespaces in which the name stands for something, and the names of all other images. */
    private record Named(Map<String, Digest> found, Set<String> others) {}

    private void collect(BoltFile bolt, String name, Map<String, Digest> found, Set<String> others)
            throws InputException, IOException {
        Optional<BoltFile.Bucket> version = bolt.bucket(bolt.root(), "v1");
        if (version.isEmpty()) {
            return;
        }
        bolt.visit(version.get(), (key, value, isBucket) -> {
            String space = BoltFile.text(key);
            if (isBucket && (namespace.isEmpty() || namespace.equals(space))) {
                Optional<BoltFile.Bucket> images = bolt.bucket(bolt.bucket(value), "images");
                if (images.isPresent()) {
                    collect(bolt, images.get(), space, name, found, others);
                }
            }
        });
    }

    private static void collect(
            BoltFile bolt,
            BoltFile.Bucket images,
            String space,
            String name,
            Map<String, Digest> found,
            Set<String> others)
            throws InputException, IOException {
        String whole = ImageReference.parse(name).map(ImageReference::toString).orElse(name);
        bolt.visit(images, (key, value, isBucket) -> {
            Optional<BoltFile.Bucket> target = isBucket ? bolt.bucket(bolt.bucket(value), "target") : Optional.empty();
            if (target.isEmpty()) {
                return;
            }
            Optional<Digest> digest = bolt.text(target.get(), "digest").flatMap(Digest::parse);
            String image = BoltFile.text(key);
            if (digest.isPresent()
                    && (image.equals(name)
                            || image.equals(whole)
                            || digest.get().toString().equals(name))) {
                found.put(space, digest.get());
            } else {
                others.add(image);
            }
        });
    }

    private Digest choose(String name, Map<String, Digest> found, Set<String> others) throws InputException {
        if (found.isEmpty()) {
            StringBuilder names = new StringBuilder();
            others.stream()
                    .limit(MOST_NAMED)
                    .forEach(each -> names.append(names.isEmpty() ? "" : ", ").append(each));
            throw new InputException(
                    InputException.Code.NOT_FOUND,
                    "containerd has no image " + name + (namespace.isEmpty() ? "" : " in namespace " + namespace)
                            + (others.isEmpty() ? "; it has none" : "; it has " + names)
                            + (others.size() > MOST_NAMED ? " and " + (others.size() - MOST_NAMED) + " more" : ""));
        }
        if (Map.copyOf(found).values().stream().distinct().count() > 1) {
            throw new InputException(
                    InputException.Code.NOT_FOUND,
                    "the namespaces " + String.join(", ", found.keySet()) + " each have another " + name
                            + "; say which in CONTAINERD_NAMESPACE");
        }
        return found.values().iterator().next();
    }
}
