package dev.holdfast.respond.group;

import dev.holdfast.core.Digest;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.sensor.container.Container;
import dev.holdfast.sensor.container.Container.Engine;
import dev.holdfast.sensor.container.ContainerFinder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The labels that a container has from its image, where its engine copies them:
 *
 * <pre>
 * Docker      image/DRIVER/imagedb/content/sha256/ID                the configuration: config.Labels
 * containerd  io.containerd.content.v1.content/blobs/sha256/DIGEST  an index of manifests or one manifest, which names the configuration
 *             io.containerd.content.v1.content/blobs/sha256/ID      the configuration
 * Podman      DRIVER-images/ID/manifest                             annotations
 *             DRIVER-images/ID/=NAME                                the configuration, whose name is sha256:ID in base 64
 * CRI-O       DRIVER-images/ID/manifest                             annotations
 * </pre>
 */
final class ImageLabels {
    private static final int MOST = 4 << 20;

    /** An index names a manifest for each platform. */
    private static final int MOST_MANIFESTS = 100;

    private static final String BLOBS = "io.containerd.content.v1.content/blobs/sha256";

    private final ContainerFinder finder;

    ImageLabels(Path root) {
        this.finder = new ContainerFinder(root);
    }

    /** As {@code NAME=VALUE}. None when the image cannot be read: then all labels count as given to the container. */
    Set<String> of(Container container) {
        Set<String> labels = new TreeSet<>();
        Optional<String> image = container.imageId().filter(id -> id.matches("[0-9a-f]{64}"));
        switch (container.engine()) {
            case DOCKER -> image.ifPresent(id -> docker(container, id, labels));
            case CONTAINERD -> {
                image.ifPresent(id -> blobs(container).forEach(blobs -> addOfConfiguration(blobs.resolve(id), labels)));
                container.digest().flatMap(Digest::parse).ifPresent(digest -> containerd(container, digest, labels));
            }
            case PODMAN, CRIO ->
                image.ifPresent(id -> container.kept().ifPresent(images -> {
                    Path folder = images.resolve(id);
                    add(read(folder.resolve("manifest")).get("annotations"), labels);
                    if (container.engine() == Engine.PODMAN) {
                        addOfConfiguration(folder.resolve("=" + base64("sha256:" + id)), labels);
                    }
                }));
            case LXC, OCI -> {}
        }
        return labels;
    }

    private static void docker(Container container, String image, Set<String> labels) {
        Optional<Path> images =
                container.kept().map(folder -> folder.resolve("../../image").normalize());
        for (Path driver : images.map(ImageLabels::children).orElse(List.of())) {
            addOfConfiguration(driver.resolve("imagedb/content/sha256").resolve(image), labels);
        }
    }

    private static String base64(String name) {
        return Base64.getEncoder().encodeToString(name.getBytes(StandardCharsets.US_ASCII));
    }

    private void containerd(Container container, Digest digest, Set<String> labels) {
        for (Path blobs : blobs(container)) {
            JsonValue given = read(blobs.resolve(digest.hex()));
            List<JsonValue> manifests = new ArrayList<>(List.of(given));
            given.get("manifests").elements().stream()
                    .limit(MOST_MANIFESTS)
                    .forEach(each -> blob(blobs, each).map(ImageLabels::read).ifPresent(manifests::add));
            manifests.forEach(manifest -> blob(blobs, manifest.get("config"))
                    .ifPresent(configuration -> addOfConfiguration(configuration, labels)));
        }
    }

    private List<Path> blobs(Container container) {
        return container.kept().map(List::of).orElseGet(finder::containerdStores).stream()
                .map(store -> store.resolve(BLOBS))
                .toList();
    }

    /** Where what a descriptor tells of lies. */
    private static Optional<Path> blob(Path blobs, JsonValue descriptor) {
        return descriptor.get("digest").text().flatMap(Digest::parse).map(digest -> blobs.resolve(digest.hex()));
    }

    private static void addOfConfiguration(Path configuration, Set<String> labels) {
        add(read(configuration).at("config", "Labels"), labels);
    }

    private static void add(JsonValue texts, Set<String> labels) {
        texts.members().forEach((name, value) -> value.text().ifPresent(text -> labels.add(name + "=" + text)));
    }

    private static JsonValue read(Path file) {
        if (!Files.isRegularFile(file)) {
            return JsonValue.JsonNull.NULL;
        }
        try (InputStream stream = Files.newInputStream(file)) {
            return Json.parse(stream.readNBytes(MOST), Limits.DEFAULT);
        } catch (IOException | InputException unreadable) {
            return JsonValue.JsonNull.NULL;
        }
    }

    private static List<Path> children(Path folder) {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            entries.forEach(children::add);
        } catch (IOException | DirectoryIteratorException unreadable) {
            return List.of();
        }
        return children;
    }
}
