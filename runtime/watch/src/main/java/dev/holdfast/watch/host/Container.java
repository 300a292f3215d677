package dev.holdfast.watch.host;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A container as its engine describes it; texts are empty where nothing is known.
 *
 * @param id the whole id
 * @param image the name it was started with
 * @param startedAt nanoseconds since the epoch; 0 when unknown
 * @param isPrivileged empty when unknown
 * @param podLabels of the pod that it belongs to
 */
public record Container(
        String id,
        String type,
        String name,
        String image,
        String imageId,
        String repository,
        String tag,
        String digest,
        Optional<Boolean> isPrivileged,
        List<Mount> mounts,
        Map<String, String> labels,
        Map<String, String> podLabels,
        String podSandbox,
        String address,
        long startedAt,
        String network,
        Shared shared) {

    /** The length that a container's id is cut to in {@code container.id}. */
    private static final int SHORT_ID = 12;

    /** What it shares with its host; empty when unknown. */
    public record Shared(Optional<Boolean> pid, Optional<Boolean> network, Optional<Boolean> ipc) {
        public static final Shared UNKNOWN = new Shared(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** A folder that is mounted into a container. */
    public record Mount(String source, String target, String mode, boolean isWritable, String propagation) {
        String print() {
            return source + ":" + target + ":" + mode + ":" + isWritable + ":" + propagation;
        }
    }

    public Container {
        mounts = List.copyOf(mounts);
        labels = Map.copyOf(labels);
        podLabels = Map.copyOf(podLabels);
    }

    /** A container of which nothing but the id is known. */
    public static Container known(String id, String type) {
        return new Container(
                id,
                type,
                "",
                "",
                "",
                "",
                "",
                "",
                Optional.empty(),
                List.of(),
                Map.of(),
                Map.of(),
                "",
                "",
                0,
                "",
                Shared.UNKNOWN);
    }

    /** The id as people see it: the first twelve characters. */
    public String shortId() {
        return shortened(id);
    }

    static String shortened(String id) {
        return id.length() > SHORT_ID ? id.substring(0, SHORT_ID) : id;
    }

    /** A label that Kubernetes sets on its containers: {@code io.kubernetes.} and the name. */
    public String kubernetes(String name) {
        return labels.getOrDefault("io.kubernetes." + name, "");
    }
}
