package dev.holdfast.sensor.container;

import dev.holdfast.core.Digest;
import dev.holdfast.core.InputException;
import dev.holdfast.oci.containerd.ContainerdContainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What containerd knows of a container that its bundle does not tell: image, digest and labels, from the database under its root folder. The
 * bundle's place says which containerd it is, and the namespace: {@code STATE/io.containerd.runtime.v2.task/NAMESPACE/ID}. Its root is told by what
 * is mounted there as the container's root, whose layers lie in {@code ROOT/io.containerd.snapshotter.v1.NAME/snapshots}, or else it is the one
 * that usually goes with the state.
 */
final class ContainerdState {
    static final String TASKS = "io.containerd.runtime.v2.task";

    /** Where containerd's are: the folder of what runs, and that of what stays. */
    private record Place(String state, String root) {}

    private static final List<Place> PLACES = List.of(
            new Place("run/containerd", "var/lib/containerd"),
            new Place("run/docker/containerd/daemon", "var/lib/docker/containerd/daemon"),
            new Place("run/k3s/containerd", "var/lib/rancher/k3s/agent/containerd"),
            new Place("var/snap/microk8s/common/run/containerd", "var/snap/microk8s/common/var/lib/containerd"));

    /** In a line of {@code mountinfo}, as the folder that is mounted or as an option that names the layers. */
    private static final Pattern SNAPSHOTS = Pattern.compile("[ =:](/[^ =:,]*)/io\\.containerd\\.snapshotter\\.v1\\.");

    private final Path root;

    /**
     * @param root of the host's file system
     */
    ContainerdState(Path root) {
        this.root = root;
    }

    /** Where bundles lie, a folder for each namespace. */
    List<Path> namespaces() {
        List<Path> namespaces = new ArrayList<>();
        for (Place place : PLACES) {
            namespaces.addAll(StateFile.list(root.resolve(place.state).resolve(TASKS)));
        }
        return namespaces;
    }

    /** What stays of each containerd that may be here. */
    List<Path> stores() {
        return PLACES.stream()
                .map(place -> root.resolve(place.root))
                .filter(Files::isDirectory)
                .toList();
    }

    /** The container, with what containerd says about it where its bundle says nothing. */
    Container complete(Path bundle, Container container) {
        Optional<Path> namespace = Optional.ofNullable(bundle.getParent());
        Optional<Path> state = namespace.map(Path::getParent).map(Path::getParent);
        return mounted(bundle)
                .or(() -> state.flatMap(this::usual))
                .map(store -> complete(
                        store,
                        namespace.map(Path::getFileName).map(Path::toString).orElse(""),
                        container))
                .orElse(container);
    }

    /** The root that usually goes with a state. */
    private Optional<Path> usual(Path state) {
        return PLACES.stream()
                .filter(place -> isSame(state, root.resolve(place.state)))
                .map(place -> root.resolve(place.root))
                .findFirst();
    }

    private static Container complete(Path store, String namespace, Container container) {
        return find(store, namespace, container.id())
                .map(known -> complete(container, known, store))
                .orElse(container);
    }

    /** The root of a containerd by what this machine has mounted in a bundle of it: it may be anywhere, also where the state is in its usual place. */
    private Optional<Path> mounted(Path bundle) {
        try {
            // Engines call it by other ways, such as /var/run, than the kernel does.
            String mounted = " " + bundle.toRealPath().resolve("rootfs") + " ";
            for (String line : Files.readAllLines(root.resolve("proc/self/mountinfo"))) {
                Matcher layers = SNAPSHOTS.matcher(line);
                if (line.contains(mounted) && layers.find()) {
                    return Optional.of(Path.of(layers.group(1))).filter(Files::isDirectory);
                }
            }
        } catch (IOException | InvalidPathException odd) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** A bundle may be named by another way, such as {@code /var/run}. */
    private static boolean isSame(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException absent) {
            return false;
        }
    }

    private static Optional<ContainerdContainer> find(Path store, String namespace, String id) {
        try {
            return ContainerdContainer.find(store, namespace, id);
        } catch (IOException | InputException unreadable) {
            return Optional.empty(); // the bundle has to do
        }
    }

    private static Container complete(Container container, ContainerdContainer known, Path store) {
        Map<String, String> labels = new LinkedHashMap<>(container.labels());
        labels.putAll(known.labels());
        return new Container(
                container.id(),
                container.engine(),
                container.name().or(() -> Optional.ofNullable(known.labels().get("nerdctl/name"))),
                container
                        .image()
                        .filter(image -> !image.startsWith("sha256:"))
                        .or(() -> Optional.of(known.image()).filter(image -> !image.isEmpty())),
                container.imageId().or(() -> known.imageId().map(Digest::hex)),
                container.digest().or(() -> known.digest().map(Digest::toString)),
                container.pod(),
                labels,
                container.isPrivileged(),
                container.mounts(),
                container.startedNanos(),
                container.host(),
                Optional.of(store));
    }
}
