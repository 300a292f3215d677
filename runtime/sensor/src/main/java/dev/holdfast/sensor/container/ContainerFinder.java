package dev.holdfast.sensor.container;

import dev.holdfast.core.json.JsonValue;
import dev.holdfast.sensor.container.Container.Engine;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds what an engine has written about a container, in the places where engines do:
 *
 * <pre>
 * Docker         /var/lib/docker/containers/ID          or where the bundle's /etc/hostname comes from
 * containerd     /run/containerd/io.containerd.runtime.v2.task/NAMESPACE/ID/config.json
 * runc           /run/runc/ID/state.json, /run/containerd/runc/NAMESPACE/ID/state.json, ...: labels "bundle=FOLDER"
 * crun           /run/crun/ID/status: "bundle"
 * Podman, CRI-O  /var/lib/containers/storage/overlay-containers/ID/userdata/config.json and containers.json
 * </pre>
 */
public final class ContainerFinder {
    private final Path root;

    /**
     * @param root the root of the host's file system
     */
    public ContainerFinder(Path root) {
        this.root = root;
    }

    /** The container of this name; the bundle that its maker named is looked at first. */
    Optional<Container> find(CgroupName name, Optional<RuntimeCall> call) {
        Optional<Container> docker =
                docker(name.id(), root.resolve("var/lib/docker/containers").resolve(name.id()));
        if (docker.isPresent()) {
            return docker;
        }
        for (Path bundle : bundles(name.id(), call)) {
            Optional<OciBundle> found = OciBundle.in(bundle);
            if (found.isPresent()) {
                return Optional.of(describe(name, bundle, found.get()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Container> docker(String id, Path folder) {
        return Files.isDirectory(folder) ? DockerState.in(folder, id) : Optional.empty();
    }

    private Container describe(CgroupName name, Path bundle, OciBundle found) {
        Optional<Container> docker = found.sourceOf("/etc/hostname")
                .flatMap(file -> Optional.ofNullable(file.getParent()))
                .filter(folder -> folder.endsWith(name.id()))
                .flatMap(folder -> docker(name.id(), folder));
        if (docker.isPresent()) {
            return docker.get();
        }
        Container container = found.container(name.id(), engine(name, bundle.toString()));
        return switch (container.engine()) {
            case PODMAN, CRIO -> PodmanState.complete(storage(bundle), container);
            case DOCKER, CONTAINERD, OCI -> container;
        };
    }

    private static Engine engine(CgroupName name, String bundle) {
        if (name.engine() != Engine.OCI) {
            return name.engine();
        }
        if (bundle.contains("/overlay-containers/")) {
            return bundle.contains("/crio") ? Engine.CRIO : Engine.PODMAN;
        }
        return bundle.contains("/io.containerd.runtime") ? Engine.CONTAINERD : Engine.OCI;
    }

    /** The storage that a bundle STORAGE/overlay-containers/ID/userdata lies in; bundles in /run belong to the usual one. */
    private Path storage(Path bundle) {
        Path above = bundle.resolve("../../..").normalize();
        boolean isStorage = Files.exists(above.resolve("overlay-containers/containers.json"));
        return isStorage ? above : root.resolve("var/lib/containers/storage");
    }

    /** Where the bundle may lie, the best guess first. */
    private List<Path> bundles(String id, Optional<RuntimeCall> call) {
        List<Path> bundles = new ArrayList<>();
        call.filter(made -> made.id().equals(id)).ifPresent(made -> bundles.add(made.bundle()));
        for (String folder : List.of("var/lib/containers/storage", "run/containers/storage")) {
            bundles.add(root.resolve(folder)
                    .resolve("overlay-containers")
                    .resolve(id)
                    .resolve("userdata"));
        }
        for (String tasks : List.of(
                "run/containerd/io.containerd.runtime.v2.task",
                "run/docker/containerd/daemon/io.containerd.runtime.v2.task")) {
            StateFile.list(root.resolve(tasks)).forEach(namespace -> bundles.add(namespace.resolve(id)));
        }
        List<Path> states = new ArrayList<>(List.of(root.resolve("run/runc"), root.resolve("run/crun")));
        states.addAll(StateFile.list(root.resolve("run/docker/runtime-runc")));
        states.addAll(StateFile.list(root.resolve("run/containerd/runc")));
        states.forEach(folder -> bundleOf(folder.resolve(id)).ifPresent(bundles::add));
        return bundles;
    }

    private static Optional<Path> bundleOf(Path state) {
        JsonValue labels = StateFile.read(state.resolve("state.json")).at("config", "labels");
        Optional<String> runc = labels.texts().stream()
                .filter(label -> label.startsWith("bundle="))
                .map(label -> label.substring("bundle=".length()))
                .findFirst();
        Optional<String> bundle = runc.or(
                () -> StateFile.read(state.resolve("status")).get("bundle").text());
        try {
            return bundle.map(Path::of);
        } catch (InvalidPathException odd) {
            return Optional.empty();
        }
    }
}
