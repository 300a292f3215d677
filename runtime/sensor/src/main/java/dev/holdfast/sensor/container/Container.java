package dev.holdfast.sensor.container;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A container as its engine describes it. What the engine's files do not tell is empty.
 *
 * @param id whole, as the engine has it
 * @param engine who runs it
 * @param image as it was asked for, such as {@code nginx:1.25}
 * @param imageId the digest of its configuration, without {@code sha256:}
 * @param digest of its manifest, with {@code sha256:}
 * @param pod of Kubernetes
 * @param labels of its image included; and annotations, where the engine tells these
 * @param isPrivileged empty when unknown
 * @param startedNanos nanoseconds since 1970; 0 when unknown
 * @param kept where its engine keeps what it knows: Docker a folder for each container, Podman and CRI-O one for all images, containerd one for everything
 */
public record Container(
        String id,
        Engine engine,
        Optional<String> name,
        Optional<String> image,
        Optional<String> imageId,
        Optional<String> digest,
        Optional<Pod> pod,
        Map<String, String> labels,
        Optional<Boolean> isPrivileged,
        List<Mount> mounts,
        long startedNanos,
        HostParts host,
        Optional<Path> kept) {

    /** The engines that are known, by the word that Falco's users know. */
    public enum Engine {
        DOCKER("docker"),
        CONTAINERD("containerd"),
        CRIO("cri-o"),
        PODMAN("podman"),
        LXC("lxc"),
        /** runc or crun called by hand, or by an engine that we do not know. */
        OCI("oci");

        private final String word;

        Engine(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /** The pod of Kubernetes that it belongs to. */
    public record Pod(String name, String namespace, String uid) {}

    /** Something of the host that it sees. */
    public record Mount(String source, String destination, String mode, boolean isWritable, String propagation) {}

    /** Which namespaces it shares with the host. */
    public record HostParts(boolean network, boolean pid, boolean ipc) {}

    /** Fewer digits of an image's id nobody gives; a name of these may well be one. */
    private static final int SHORTEST = 4;

    /** The first twelve digits of an id suffice to tell containers apart. */
    private static final int SHORT = 12;

    public Container {
        digest = digest.or(() -> digestIn(image.orElse("")));
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        mounts = List.copyOf(mounts);
    }

    Container withName(Optional<String> other) {
        return new Container(
                id, engine, other, image, imageId, digest, pod, labels, isPrivileged, mounts, startedNanos, host, kept);
    }

    Container withLabels(Map<String, String> others) {
        return new Container(
                id, engine, name, image, imageId, digest, pod, others, isPrivileged, mounts, startedNanos, host, kept);
    }

    /** The id as people see it: cut, unless somebody chose it. */
    public String shortId() {
        return shortId(id);
    }

    static String shortId(String id) {
        boolean isChosen =
                id.length() < 64 || !id.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
        return isChosen ? id : id.substring(0, SHORT);
    }

    /** The image's name with tag and digest; empty when it was asked for by its id, as builds do it, or the beginning of that: these have neither. */
    private Optional<String> named() {
        return image.filter(text -> !text.startsWith("sha256:") && !isId(text));
    }

    private boolean isId(String text) {
        return text.length() >= SHORTEST
                && imageId.filter(id -> id.startsWith(text)).isPresent();
    }

    /** The image without tag and digest. */
    public Optional<String> repository() {
        return named().map(Container::withoutTag).filter(text -> !text.isEmpty());
    }

    /** The image's tag. */
    public Optional<String> tag() {
        return named().map(Container::withoutDigest)
                .map(text -> text.substring(withoutTag(text).length()))
                .filter(text -> text.startsWith(":"))
                .map(text -> text.substring(1));
    }

    /** An image asked for as {@code nginx@sha256:…} tells its digest by itself. */
    private static Optional<String> digestIn(String image) {
        int at = image.indexOf('@');
        return at <= 0 ? Optional.empty() : Optional.of(image.substring(at + 1));
    }

    private static String withoutDigest(String image) {
        int at = image.indexOf('@');
        return at < 0 ? image : image.substring(0, at);
    }

    private static String withoutTag(String image) {
        String name = withoutDigest(image);
        int colon = name.lastIndexOf(':');
        return colon > name.lastIndexOf('/') ? name.substring(0, colon) : name;
    }
}
