package dev.holdfast.sensor.container;

import dev.holdfast.core.json.JsonValue;
import dev.holdfast.sensor.container.Container.Engine;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds what an engine has written about a container, in the places where engines do:
 *
 * <pre>
 * Docker         /var/lib/docker/containers/ID          or where the bundle's root or its /etc/hostname lies
 * containerd     /run/containerd/io.containerd.runtime.v2.task/NAMESPACE/ID/config.json, and its database
 * runc           /run/runc/ID/state.json, /run/containerd/runc/NAMESPACE/ID/state.json, ...: labels "bundle=FOLDER"
 * crun           /run/crun/ID/status: "bundle"
 * Podman, CRI-O  /var/lib/containers/storage/DRIVER-containers/ID/userdata/config.json and containers.json
 * </pre>
 *
 * An engine that was told to keep all that elsewhere has a process beside the container that knows: its {@link Monitor}.
 */
public final class ContainerFinder {
    private static final List<String> STORAGES = List.of("var/lib/containers/storage", "run/containers/storage");

    private final Path root;
    private final ContainerdState containerd;
    private final PodmanState podman;
    private final Monitor monitor;
    private final Namespaces namespaces;

    /**
     * @param root the root of the host's file system
     */
    public ContainerFinder(Path root) {
        this.root = root;
        this.containerd = new ContainerdState(root);
        this.podman = new PodmanState(root.resolve(STORAGES.getFirst()));
        this.namespaces = new Namespaces(root);
        this.monitor = new Monitor(root, namespaces);
    }

    /** The container of this name that has a group; the bundle that its maker named is looked at first. */
    Optional<Container> find(CgroupName name, Optional<RuntimeCall> call, GroupFolder group) {
        if (name.engine() == Engine.LXC) {
            return Optional.empty(); // a container of the same name is another one
        }
        Optional<Container> docker = docker(usual(name.id()), name, group);
        if (docker.isPresent()) {
            return docker;
        }
        Optional<Container> known = first(bundles(name.id(), call), name, group);
        return known.isPresent() ? known : first(monitor.bundles(group, name.id()), name, group);
    }

    /** A container all the same, though no engine that we know tells about it: all its processes are in name spaces of their own. */
    Optional<Identity> stranger(GroupFolder group) {
        return CgroupName.nickname(group.path())
                .filter(name -> monitor.isApart(group))
                .map(name -> new Identity.Unknown(name, Engine.OCI));
    }

    /** Whether the engine of a container may write something else about it while it runs. */
    static boolean isRenewed(Container container) {
        return container.kept().isPresent()
                && (container.engine() == Engine.DOCKER || container.engine() == Engine.PODMAN);
    }

    /** A container as its engine describes it by now; empty when nothing is new, or it is gone. */
    static Optional<Container> renewed(Container container, Cgroup group) {
        boolean isDocker = container.engine() == Engine.DOCKER;
        return container
                .kept()
                .filter(kept -> (isDocker ? DockerState.written(kept) : PodmanState.written(kept))
                        .filter(group::isToldAnew)
                        .isPresent())
                .flatMap(
                        kept -> isDocker ? DockerState.in(kept, container.id()) : PodmanState.renamed(kept, container));
    }

    /** The folders in which each containerd that may be here keeps what stays. */
    public List<Path> containerdStores() {
        return containerd.stores();
    }

    private Optional<Container> first(List<Place> bundles, CgroupName name, GroupFolder group) {
        for (Place bundle : bundles) {
            Optional<OciBundle> found =
                    OciBundle.in(bundle, namespaces).filter(each -> group.mayBeToldBy(each.file()) && each.isOf(group));
            if (found.isPresent()) {
                return Optional.of(describe(name, bundle, found.get(), group));
            }
        }
        return Optional.empty();
    }

    private Path usual(String id) {
        return root.resolve("var/lib/docker/containers").resolve(id);
    }

    /**
     * Docker keeps what it knows of a container in {@code DATA/containers/ID}. In the same DATA lie its root, unless the engine's containerd keeps
     * that, and the files that it is shown, which are another container's where two share a network.
     */
    private static Optional<Path> dockerFolder(OciBundle bundle, String id) {
        return Stream.concat(bundle.root().stream(), bundle.sourceOf("/etc/hostname").stream())
                .flatMap(place -> Stream.iterate(place.getParent(), Objects::nonNull, Path::getParent))
                .map(data -> data.resolve("containers").resolve(id))
                .filter(Files::isDirectory)
                .findFirst();
    }

    private static Optional<Container> docker(Path folder, CgroupName name, GroupFolder group) {
        return Files.isDirectory(folder) && group.mayBeToldBy(folder)
                ? DockerState.in(folder, name.id())
                : Optional.empty();
    }

    private Container describe(CgroupName name, Place bundle, OciBundle found, GroupFolder group) {
        Optional<Container> docker = dockerFolder(found, name.id()).flatMap(folder -> docker(folder, name, group));
        if (docker.isPresent()) {
            return docker.get();
        }
        Container container =
                found.container(name.id(), engine(name, bundle.path().toString()));
        return switch (container.engine()) {
            case PODMAN, CRIO -> podman.complete(bundle.path(), found.root(), container);
            case CONTAINERD -> containerd.complete(bundle.path(), container);
            case DOCKER, LXC, OCI -> container;
        };
    }

    private static Engine engine(CgroupName name, String bundle) {
        if (name.engine() != Engine.OCI) {
            return name.engine();
        }
        if (PodmanState.isBundle(bundle)) {
            return bundle.contains("/crio") ? Engine.CRIO : Engine.PODMAN;
        }
        if (bundle.contains("/" + ContainerdState.TASKS + "/moby/")) {
            return Engine.DOCKER; // whose own files cannot be found
        }
        return bundle.contains("/" + ContainerdState.TASKS) ? Engine.CONTAINERD : Engine.OCI;
    }

    /** Where the bundle may lie, the best guess first. */
    private List<Place> bundles(String id, Optional<RuntimeCall> call) {
        List<Path> bundles = new ArrayList<>();
        call.filter(made -> made.id().equals(id)).ifPresent(made -> bundles.add(made.bundle()));
        for (String storage : STORAGES) {
            bundles.addAll(PodmanState.bundles(root.resolve(storage), id));
        }
        containerd.namespaces().forEach(namespace -> bundles.add(namespace.resolve(id)));
        List<Path> states = new ArrayList<>(List.of(root.resolve("run/runc"), root.resolve("run/crun")));
        states.addAll(StateFile.list(root.resolve("run/docker/runtime-runc")));
        states.addAll(StateFile.list(root.resolve("run/containerd/runc")));
        states.forEach(folder -> bundleOf(folder.resolve(id)).ifPresent(bundles::add));
        return bundles.stream().map(Place::ours).toList();
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
            return bundle.map(Path::of).filter(Path::isAbsolute);
        } catch (InvalidPathException odd) {
            return Optional.empty();
        }
    }
}
