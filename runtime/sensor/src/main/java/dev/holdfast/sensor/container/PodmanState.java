package dev.holdfast.sensor.container;

import dev.holdfast.core.json.JsonValue;
import dev.holdfast.sensor.container.Container.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What Podman and CRI-O keep of their containers (containers/storage), below a folder for each driver, such as {@code overlay} or {@code vfs}:
 *
 * <pre>
 * STORAGE/DRIVER-containers/ID/userdata       the bundle; CRI-O's lies in another such folder, for what does not stay
 * STORAGE/DRIVER-containers/containers.json   an array of id, names, image (its id) and metadata, a JSON document in a string with image-name and name
 * STORAGE/DRIVER-images/images.json           an array of id and digest (of the manifest)
 * STORAGE/DRIVER/LAYER/merged                 the container's root
 * STORAGE/libpod                              Podman's labels and pods: {@link PodmanDatabase}
 * </pre>
 *
 * Podman's {@code names} follow when a container is renamed, its metadata do not.
 */
final class PodmanState {
    private static final String CONTAINERS = "-containers";
    private static final String IMAGES = "-images";
    private static final String LIST = "containers.json";

    /** Beside the annotation SandboxID, which Podman writes. CRI-O calls the name of a pod so. */
    private static final String POD = "io.kubernetes.cri-o.SandboxName";

    private final Path usual;

    /**
     * @param usual the storage of root where nothing else was said
     */
    PodmanState(Path usual) {
        this.usual = usual;
    }

    /** Where the bundle of a container may lie in a storage. */
    static List<Path> bundles(Path storage, String id) {
        List<Path> bundles = new ArrayList<>();
        for (Path folder : StateFile.list(storage)) {
            if (String.valueOf(folder.getFileName()).endsWith(CONTAINERS)) {
                bundles.add(folder.resolve(id).resolve("userdata"));
            }
        }
        return bundles;
    }

    /** Whether a bundle lies in a storage, by its path. */
    static boolean isBundle(String path) {
        return path.matches(".*/[a-z0-9]+-containers/[^/]+/userdata");
    }

    /** The container, with what the list says about it where its bundle says nothing. */
    Container complete(Path bundle, Optional<Path> root, Container container) {
        Path folder = folder(bundle, root);
        return listed(folder, container.engine() == Engine.PODMAN ? labelled(folder, bundle, container) : container);
    }

    private static Container labelled(Path folder, Path bundle, Container container) {
        PodmanDatabase known =
                PodmanDatabase.find(folder.resolveSibling("."), container.id(), bundle.resolve("config.json"));
        Map<String, String> labels = new LinkedHashMap<>(container.labels());
        labels.putAll(known.labels());
        known.pod().ifPresent(name -> labels.put(POD, name));
        return container.withLabels(labels);
    }

    private static Container listed(Path folder, Container container) {
        return entry(folder, container.id())
                .map(entry -> complete(folder, entry, container))
                .orElse(container);
    }

    private static Optional<JsonValue> entry(Path folder, String id) {
        return StateFile.readAll(folder.resolve(LIST)).elements().stream()
                .filter(entry -> entry.get("id").text().orElse("").equals(id))
                .findFirst();
    }

    /** When the list of the containers of these images was written, as it is when one is made, renamed or removed; empty when there is none. */
    static Optional<FileTime> written(Path images) {
        return StateFile.written(containers(images).resolve(LIST));
    }

    /** A container by the name that it has now; empty when it is not listed any more. */
    static Optional<Container> renamed(Path images, Container container) {
        return entry(containers(images), container.id())
                .flatMap(PodmanState::name)
                .map(name -> container.withName(Optional.of(name)));
    }

    private static Optional<String> name(JsonValue entry) {
        return entry.get("names").texts().stream().findFirst();
    }

    /** The folder DRIVER-containers that lists the container: that of its bundle, one above its root, or the usual one. */
    private Path folder(Path bundle, Optional<Path> root) {
        Stream<Path> above = Stream.concat(
                        Stream.of(bundle.resolve("../..").normalize()),
                        root.stream()
                                .flatMap(
                                        merged -> Stream.iterate(merged.getParent(), Objects::nonNull, Path::getParent))
                                .map(each -> each.resolveSibling(each.getFileName() + CONTAINERS)))
                .filter(each -> String.valueOf(each.getFileName()).endsWith(CONTAINERS));
        return above.filter(each -> Files.isRegularFile(each.resolve(LIST)))
                .findFirst()
                .orElse(usual.resolve("overlay-containers"));
    }

    private static Container complete(Path folder, JsonValue entry, Container container) {
        Optional<String> imageId =
                container.imageId().or(() -> entry.get("image").text());
        JsonValue metadata = StateFile.parse(entry.get("metadata").text());
        Optional<String> listed = name(entry);
        Optional<String> first = metadata.get("name").text();
        return new Container(
                container.id(),
                container.engine(),
                container
                        .name()
                        .or(() ->
                                container.engine() == Engine.PODMAN ? listed.or(() -> first) : first.or(() -> listed)),
                container.image().or(() -> metadata.get("image-name").text()),
                imageId,
                container.digest().or(() -> imageId.flatMap(id -> digest(images(folder), id))),
                container.pod(),
                container.labels(),
                container.isPrivileged(),
                container.mounts(),
                container.startedNanos(),
                container.host(),
                Optional.of(images(folder)));
    }

    private static Path images(Path folder) {
        return beside(folder, CONTAINERS, IMAGES);
    }

    private static Path containers(Path images) {
        return beside(images, IMAGES, CONTAINERS);
    }

    private static Path beside(Path folder, String ending, String other) {
        String name = String.valueOf(folder.getFileName());
        return folder.resolveSibling(name.substring(0, name.length() - ending.length()) + other);
    }

    private static Optional<String> digest(Path images, String imageId) {
        return StateFile.readAll(images.resolve("images.json")).elements().stream()
                .filter(image -> image.get("id").text().orElse("").equals(imageId))
                .findFirst()
                .flatMap(image -> image.get("digest").text());
    }
}
