package dev.holdfast.sensor.container;

import dev.holdfast.core.json.JsonValue;
import dev.holdfast.sensor.container.Container.Engine;
import dev.holdfast.sensor.container.Container.HostParts;
import dev.holdfast.sensor.container.Container.Mount;
import dev.holdfast.sensor.container.Container.Pod;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Docker keeps about a container below its data folder:
 *
 * <pre>
 * containers/ID/config.v2.json    Name, Config.Image, Config.Labels, Image, ImageManifest.digest, Created, State.StartedAt, MountPoints
 * containers/ID/hostconfig.json   Privileged, NetworkMode, PidMode, IpcMode: "host", or "container:ID" whose these are
 * image/DRIVER/repositories.json  Repositories.NAME: references and digests to image ids
 * </pre>
 */
final class DockerState {
    private static final String CONFIG = "config.v2.json";

    private static final String JOINED = "container:";

    /** Containers that join one another in a row. */
    private static final int LONGEST_CHAIN = 8;

    private DockerState() {}

    /** When the state in this folder was written; empty when there is none. */
    static Optional<FileTime> written(Path folder) {
        return StateFile.written(folder.resolve(CONFIG));
    }

    /** The container whose state lies in this folder. */
    static Optional<Container> in(Path folder, String id) {
        JsonValue config = StateFile.read(folder.resolve(CONFIG));
        if (!config.get("ID").text().orElse("").equals(id)) {
            return Optional.empty();
        }
        JsonValue host = StateFile.read(folder.resolve("hostconfig.json"));
        Optional<String> image = config.at("Config", "Image").text();
        Optional<String> imageId = config.get("Image").text();
        Map<String, String> labels = OciBundle.texts(config.at("Config", "Labels"));
        return Optional.of(new Container(
                id,
                Engine.DOCKER,
                config.get("Name").text().map(name -> name.startsWith("/") ? name.substring(1) : name),
                image,
                imageId.map(OciBundle::withoutAlgorithm),
                config.at("ImageManifest", "digest")
                        .text()
                        .or(() -> digest(folder, image.orElse(""), imageId.orElse(""))),
                pod(labels),
                labels,
                host.isAbsent()
                        ? Optional.empty()
                        : Optional.of(host.get("Privileged").isTrue()),
                mounts(config),
                started(config),
                new HostParts(
                        isHosts(folder, host, "NetworkMode"),
                        isHosts(folder, host, "PidMode"),
                        isHosts(folder, host, "IpcMode")),
                Optional.of(folder)));
    }

    /** A container that joins another one shares what that one shares. */
    private static boolean isHosts(Path folder, JsonValue settings, String name) {
        String mode = settings.get(name).text().orElse("");
        for (int i = 0; i < LONGEST_CHAIN && mode.startsWith(JOINED); i++) {
            String id = mode.substring(JOINED.length());
            mode = CgroupName.isId(id)
                    ? StateFile.read(folder.resolveSibling(id).resolve("hostconfig.json"))
                            .get(name)
                            .text()
                            .orElse("")
                    : "";
        }
        return mode.equals("host");
    }

    private static Optional<Pod> pod(Map<String, String> labels) {
        return Optional.ofNullable(labels.get("io.kubernetes.pod.name"))
                .map(name -> new Pod(
                        name,
                        labels.getOrDefault("io.kubernetes.pod.namespace", ""),
                        labels.getOrDefault("io.kubernetes.pod.uid", "")));
    }

    /** When it was started; while it is starting, when it was made. */
    private static long started(JsonValue config) {
        String started = config.at("State", "StartedAt").text().orElse("");
        String time = started.isEmpty() || started.startsWith("0001-")
                ? config.get("Created").text().orElse("")
                : started;
        try {
            Instant instant = Instant.parse(time);
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
        } catch (DateTimeParseException | ArithmeticException unknown) {
            return 0;
        }
    }

    private static List<Mount> mounts(JsonValue config) {
        List<Mount> mounts = new ArrayList<>();
        for (JsonValue mount : config.get("MountPoints").members().values()) {
            mounts.add(new Mount(
                    mount.get("Source").text().orElse(""),
                    mount.get("Destination").text().orElse(""),
                    mount.get("Mode").text().orElse(""),
                    mount.get("RW").isTrue(),
                    mount.get("Propagation").text().orElse("")));
        }
        return mounts;
    }

    /** Of the digests that Docker knows for an image, the one under the name that was asked for, or else the first. */
    private static Optional<String> digest(Path folder, String image, String imageId) {
        Path data = folder.resolve("../..").normalize();
        Optional<String> first = Optional.empty();
        for (Path driver : StateFile.list(data.resolve("image"))) {
            JsonValue repositories =
                    StateFile.readAll(driver.resolve("repositories.json")).get("Repositories");
            for (Map.Entry<String, JsonValue> repository :
                    repositories.members().entrySet()) {
                Optional<String> digest = digest(repository.getValue(), imageId);
                if (digest.isPresent() && isOf(image, repository.getKey())) {
                    return digest;
                }
                first = first.isPresent() ? first : digest;
            }
        }
        return first;
    }

    private static boolean isOf(String image, String repository) {
        return image.equals(repository) || image.startsWith(repository + ":") || image.startsWith(repository + "@");
    }

    private static Optional<String> digest(JsonValue references, String imageId) {
        return references.members().entrySet().stream()
                .filter(reference -> reference.getValue().text().orElse("").equals(imageId)
                        && reference.getKey().contains("@"))
                .map(reference ->
                        reference.getKey().substring(reference.getKey().indexOf('@') + 1))
                .findFirst();
    }
}
