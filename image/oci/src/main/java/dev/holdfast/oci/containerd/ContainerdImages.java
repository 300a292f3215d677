package dev.holdfast.oci.containerd;

import dev.holdfast.core.Digest;
import dev.holdfast.core.ImageReference;
import dev.holdfast.core.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
    private static final String DATABASE = "io.containerd.metadata.v1.bolt/meta.db";
    private static final String CONTENT = "io.containerd.content.v1.content";
    private static final int ATTEMPTS = 5;
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
        Path database = root.resolve(DATABASE);
        if (!Files.exists(database)) {
            throw new InputException(
                    InputException.Code.NOT_FOUND,
                    "no store of containerd at " + root + "; where it is elsewhere, say so in CONTAINERD_ROOT");
        }
        for (int attempt = 1; ; attempt++) {
            try (BoltFile bolt = BoltFile.open(database)) {
                Map<String, Digest> found = new TreeMap<>();
                TreeSet<String> others = new TreeSet<>();
                collect(bolt, name, found, others);
                if (bolt.isStillWhole()) {
                    return choose(name, found, others);
                }
            } catch (InputException broken) {
                // a page that was given away while we read looks broken
                if (broken.code() == InputException.Code.NOT_FOUND) {
                    throw broken;
                }
                if (attempt == ATTEMPTS) {
                    throw broken.in(String.valueOf(database));
                }
            }
            if (attempt == ATTEMPTS) {
                throw new IOException(database + ": containerd writes to it faster than it can be read; try again");
            }
        }
    }

    private void collect(BoltFile bolt, String name, Map<String, Digest> found, Set<String> others)
            throws InputException, IOException {
        Optional<BoltFile.Bucket> version = bolt.bucket(bolt.root(), "v1");
        if (version.isEmpty()) {
            return;
        }
        bolt.visit(version.get(), (key, value, isBucket) -> {
            String space = text(key);
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
            Optional<Digest> digest = bolt.value(target.get(), "digest")
                    .map(BoltFile::bytes)
                    .map(ContainerdImages::text)
                    .flatMap(Digest::parse);
            String image = text(key);
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

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
