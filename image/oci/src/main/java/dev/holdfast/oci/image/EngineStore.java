package dev.holdfast.oci.image;

import dev.holdfast.core.Digest;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.core.json.JsonWriter;
import dev.holdfast.memory.Memory;
import dev.holdfast.oci.Place;
import dev.holdfast.oci.engine.ContainerEngine;
import dev.holdfast.oci.store.ArchiveFile;
import dev.holdfast.oci.store.Blob;
import dev.holdfast.oci.store.BlobStore;
import dev.holdfast.oci.store.KeptFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Images and containers of an engine, as docker-archives. */
public final class EngineStore implements BlobStore {
    private static final String CONFIGURATION = "config.json";
    private static final String LAYER = "layer.tar";

    private final KeptFiles files = new KeptFiles();
    private final AtomicInteger users = new AtomicInteger(1);

    private EngineStore() {}

    /** What the engine knows the image by. */
    public static String identity(Place.InEngine place) throws InputException, IOException {
        return new ContainerEngine(place.socket())
                .image(place.image())
                .get("Id")
                .text()
                .orElse("");
    }

    /** An image, as the engine saves it. */
    public static BlobStore ofImage(Place.InEngine place, Limits limits) throws InputException, IOException {
        ContainerEngine engine = new ContainerEngine(place.socket());
        Path file = Files.createTempFile("holdfast-", ".tmp");
        try {
            try (var out = new java.io.BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
                engine.saveImage(place.image(), out);
            }
            return ArchiveFile.open(file, limits, Memory.NONE);
        } finally {
            Files.delete(file); // it stays readable while it is open
        }
    }

    /** A container, as an image of one layer with the container's own settings. */
    public static BlobStore ofContainer(Place.Container place) throws InputException, IOException {
        ContainerEngine engine = new ContainerEngine(place.socket());
        JsonValue container = engine.container(place.container());
        JsonValue image = engine.image(container.get("Image").text().orElse(""));
        EngineStore store = new EngineStore();
        try {
            MessageDigest sum = Digest.newSha256();
            store.files.keep(LAYER, out -> engine.exportContainer(place.container(), new DigestOutputStream(out, sum)));
            Digest layer = Digest.ofSha256(sum.digest());
            store.files.keep(CONFIGURATION, configuration(container, image, layer));
            store.files.keep("manifest.json", manifest());
            return store;
        } catch (InputException | IOException | RuntimeException failed) {
            store.close();
            throw failed;
        }
    }

    private static byte[] manifest() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write('[');
        try (JsonWriter out = new JsonWriter(bytes)) {
            out.object(() -> out.text("Config", CONFIGURATION).texts("Layers", List.of(LAYER)));
        }
        bytes.write(']');
        return bytes.toByteArray();
    }

    private static byte[] configuration(JsonValue container, JsonValue image, Digest layer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        JsonValue settings = container.get("Config");
        try (JsonWriter out = new JsonWriter(bytes)) {
            out.object(() -> {
                out.text("architecture", image.get("Architecture").text().orElse(""));
                out.text("os", image.get("Os").text().orElse(""));
                out.text("variant", image.get("Variant").text().orElse(""));
                out.text("created", container.get("Created").text().orElse(""));
                out.object("config", () -> {
                    for (String name : List.of("User", "WorkingDir")) {
                        settings.get(name).text().ifPresent(text -> out.text(name, text));
                    }
                    for (String name : List.of("Env", "Entrypoint", "Cmd")) {
                        out.texts(name, settings.get(name).texts());
                    }
                    out.object(
                            "Labels",
                            () -> settings.get("Labels")
                                    .members()
                                    .forEach((name, value) -> value.text().ifPresent(text -> out.text(name, text))));
                });
                out.object("rootfs", () -> out.text("type", "layers").texts("diff_ids", List.of(layer.toString())));
            });
        }
        return bytes.toByteArray();
    }

    @Override
    public Optional<Blob> find(String name) throws IOException {
        return files.find(name);
    }

    @Override
    public boolean isWhole() {
        return true;
    }

    @Override
    public List<String> someNames() {
        return files.names();
    }

    @Override
    public void retain() {
        users.incrementAndGet();
    }

    @Override
    public void close() throws IOException {
        if (users.decrementAndGet() == 0) {
            files.close();
        }
    }
}
