package dev.holdfast.sensor.container;

import dev.holdfast.core.json.JsonValue;
import java.nio.file.Path;

/**
 * The list of containers that Podman and CRI-O share (containers/storage): {@code overlay-containers/containers.json}, an array of {@code
 * id}, {@code names}, {@code image} (its id) and {@code metadata}, a JSON document in a string with {@code image-name} and {@code name}.
 */
final class PodmanState {
    private PodmanState() {}

    /** The container, with what the list says about it where its bundle says nothing. */
    static Container complete(Path storage, Container container) {
        JsonValue list = StateFile.read(storage.resolve("overlay-containers/containers.json"));
        for (JsonValue entry : list.elements()) {
            if (entry.get("id").text().orElse("").equals(container.id())) {
                return complete(entry, container);
            }
        }
        return container;
    }

    private static Container complete(JsonValue entry, Container container) {
        JsonValue metadata = StateFile.parse(entry.get("metadata").text());
        return new Container(
                container.id(),
                container.engine(),
                container
                        .name()
                        .or(() -> metadata.get("name").text())
                        .or(() -> entry.get("names").texts().stream().findFirst()),
                container.image().or(() -> metadata.get("image-name").text()),
                container.imageId().or(() -> entry.get("image").text()),
                container.digest(),
                container.pod(),
                container.labels(),
                container.isPrivileged(),
                container.mounts(),
                container.startedNanos(),
                container.host());
    }
}
