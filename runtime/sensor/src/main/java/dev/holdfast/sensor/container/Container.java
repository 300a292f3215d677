package dev.holdfast.sensor.container;

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
 * @param isPrivileged empty when unknown
 * @param startedNanos nanoseconds since 1970; 0 when unknown
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
        HostParts host) {

    /** The engines that are known, by the word that Falco's users know. */
    public enum Engine {
        DOCKER("docker"),
        CONTAINERD("containerd"),
        CRIO("cri-o"),
        PODMAN("podman"),
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

    /** The first twelve digits of an id suffice to tell containers apart. */
    private static final int SHORT = 12;

    public Container {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        mounts = List.copyOf(mounts);
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

    /** The image without tag and digest. */
    public Optional<String> repository() {
        return image.map(Container::withoutTag).filter(text -> !text.isEmpty());
    }

    /** The image's tag. */
    public Optional<String> tag() {
        return image.map(Container::withoutDigest)
                .map(text -> text.substring(withoutTag(text).length()))
                .filter(text -> text.startsWith(":"))
                .map(text -> text.substring(1));
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
