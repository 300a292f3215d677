package dev.holdfast.respond.group;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.sensor.container.Container;
import dev.holdfast.sensor.container.Container.Engine;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The labels that a container has from its image, as Docker keeps them: {@code image/DRIVER/imagedb/content/sha256/ID}, the image's configuration. */
final class ImageLabels {
    private final Path images;

    ImageLabels(Path root) {
        this.images = root.resolve("var/lib/docker/image");
    }

    /** None when the image cannot be read: then all labels count as given to the container. */
    Map<String, String> of(Container container) {
        Optional<String> image = container.imageId().filter(id -> id.matches("[0-9a-f]{64}"));
        if (container.engine() != Engine.DOCKER || image.isEmpty() || !Files.isDirectory(images)) {
            return Map.of();
        }
        try (DirectoryStream<Path> drivers = Files.newDirectoryStream(images)) {
            for (Path driver : drivers) {
                Path file = driver.resolve("imagedb/content/sha256").resolve(image.get());
                if (Files.isRegularFile(file)) {
                    return labels(Json.parse(Files.readAllBytes(file), Limits.DEFAULT));
                }
            }
        } catch (IOException | DirectoryIteratorException | InputException unreadable) {
            return Map.of();
        }
        return Map.of();
    }

    private static Map<String, String> labels(JsonValue configuration) {
        Map<String, String> labels = new LinkedHashMap<>();
        if (configuration.at("config", "Labels") instanceof JsonValue.JsonObject(var members)) {
            members.forEach((name, value) -> value.text().ifPresent(text -> labels.put(name, text)));
        }
        return labels;
    }
}
