package dev.holdfast.oci.image;

import dev.holdfast.core.Digest;
import dev.holdfast.core.ImageReference;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.core.json.JsonWriter;
import dev.holdfast.memory.Memory;
import dev.holdfast.oci.Place;
import dev.holdfast.oci.Platform;
import dev.holdfast.oci.TargetRequest;
import dev.holdfast.oci.layer.LayerProof;
import dev.holdfast.oci.registry.Registry;
import dev.holdfast.oci.store.Blob;
import dev.holdfast.oci.store.BlobStore;
import dev.holdfast.oci.store.KeptFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A registry's image as an OCI layout: {@code index.json} names the image of the wanted platform, and {@code blobs/} are fetched when they
 * are asked for. The layers of a manifest begin to come, a few at a time, as soon as the manifest is known.
 */
public final class RegistryStore implements BlobStore {
    /** Connections at a time: what Docker and containerd allow themselves. */
    private static final int MOST_DOWNLOADS = 3;

    private final ImageReference reference;
    private final Registry registry;
    private final Limits limits;
    private final Memory memory;
    private final KeptFiles files = new KeptFiles();
    private final Map<String, Future<Optional<Path>>> coming = new HashMap<>();
    /** Layers that are known from before: they come only if somebody asks after all. */
    private final Map<String, JsonValue> withheld = new HashMap<>();

    private final ExecutorService downloads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore connections = new Semaphore(MOST_DOWNLOADS);
    private final AtomicInteger users = new AtomicInteger(1);

    private RegistryStore(ImageReference reference, Registry registry, Limits limits, Memory memory) {
        this.reference = reference;
        this.registry = registry;
        this.limits = limits;
        this.memory = memory;
    }

    /** Asks the registry for the image, and chooses the platform. */
    public static RegistryStore open(Place.InRegistry place, TargetRequest request, Limits limits, Memory memory)
            throws InputException, IOException {
        Registry registry = new Registry(place.reference(), place.settings());
        RegistryStore store = new RegistryStore(place.reference(), registry, limits, memory);
        try {
            store.fetchIndex(request.platform());
            return store;
        } catch (InputException | IOException | RuntimeException failed) {
            store.close();
            throw failed;
        }
    }

    private void fetchIndex(Optional<Platform> wanted) throws InputException, IOException {
        byte[] bytes = registry.manifest(reference.version());
        Digest digest = reference.digest().orElse(Digest.sha256(bytes));
        JsonValue document = parse(bytes, "manifest");
        List<JsonValue> images = document.get("manifests").elements();
        if (images.isEmpty()) {
            requireManifest(document);
            keepManifest(digest, bytes, document);
            files.keep("index.json", index(List.of(descriptor(digest, bytes.length, Optional.empty()))));
            return;
        }
        List<Described> chosen = new ArrayList<>();
        for (JsonValue image : choose(images, wanted)) {
            Digest itsDigest = Digest.parse(image.get("digest").text().orElse(""))
                    .orElseThrow(() -> new InputException(
                            InputException.Code.MALFORMED, "the registry's index names a manifest without a digest"));
            byte[] its = registry.manifest(itsDigest.toString());
            JsonValue manifest = parse(its, "manifest " + itsDigest.brief());
            keepManifest(itsDigest, its, manifest);
            chosen.add(descriptor(itsDigest, its.length, OciLayout.platform(image)));
        }
        files.keep("index.json", index(chosen));
    }

    /** The descriptors of the wanted platform; an attestation is none. */
    private static List<JsonValue> choose(List<JsonValue> images, Optional<Platform> wanted) throws InputException {
        List<JsonValue> real = new ArrayList<>();
        List<JsonValue> matching = new ArrayList<>();
        List<Platform> platforms = new ArrayList<>();
        for (JsonValue image : images) {
            if (OciLayout.isAttestation(image)) {
                continue;
            }
            real.add(image);
            Optional<Platform> platform = OciLayout.platform(image);
            platform.ifPresent(platforms::add);
            if (platform.isEmpty() || Platforms.matches(wanted.orElse(Platforms.own()), platform.get())) {
                matching.add(image);
            }
        }
        if (real.size() == 1 && wanted.isEmpty()) {
            return real;
        }
        if (matching.isEmpty()) {
            throw wanted.isPresent() ? Platforms.none(wanted.get(), platforms) : Platforms.ambiguous(platforms);
        }
        return matching;
    }

    private void requireManifest(JsonValue document) throws InputException {
        if (document.get("schemaVersion").integer().equals(Optional.of(1L))) {
            throw new InputException(
                    InputException.Code.UNSUPPORTED,
                    reference
                            + " is an image of the format that Docker gave up in 2019 (manifest schema 1): push it again");
        }
    }

    private JsonValue parse(byte[] bytes, String what) throws InputException {
        try {
            return Json.parse(bytes, limits);
        } catch (InputException wrong) {
            throw wrong.in(what + " of " + reference);
        }
    }

    private record Described(Digest digest, long size, Optional<Platform> platform) {}

    private static Described descriptor(Digest digest, long size, Optional<Platform> platform) {
        return new Described(digest, size, platform);
    }

    private byte[] index(List<Described> images) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonWriter out = new JsonWriter(bytes)) {
            out.object(() -> out.number("schemaVersion", 2)
                    .array(
                            "manifests",
                            () -> images.forEach(image -> out.object(() -> {
                                out.text("digest", image.digest().toString()).number("size", image.size());
                                image.platform()
                                        .ifPresent(platform -> out.object("platform", () -> {
                                            out.text("os", platform.os()).text("architecture", platform.architecture());
                                            if (!platform.variant().isEmpty()) {
                                                out.text("variant", platform.variant());
                                            }
                                        }));
                                out.object(
                                        "annotations",
                                        () -> out.text("org.opencontainers.image.ref.name", reference.toString()));
                            }))));
        }
        return bytes.toByteArray();
    }

    /** Keeps a manifest, and lets what it names begin to come. */
    private void keepManifest(Digest digest, byte[] bytes, JsonValue manifest) throws IOException {
        files.keep(name(digest), bytes);
        begin(manifest.get("config"));
        for (JsonValue layer : manifest.get("layers").elements()) {
            if (!isKnown(layer)) {
                begin(layer);
            }
        }
    }

    /** Whether the layer was read before. It is only asked for if what was found then turns out to be missing. */
    private boolean isKnown(JsonValue layer) {
        Optional<Digest> digest = Digest.parse(layer.get("digest").text().orElse(""));
        Optional<Long> size = layer.get("size").integer();
        boolean isKnown =
                digest.isPresent() && LayerProof.layerIn(memory, digest.get()).isPresent();
        if (isKnown && size.isPresent() && size.get() >= 0) {
            withheld.put(name(digest.get()), layer);
        }
        return isKnown;
    }

    private synchronized void begin(JsonValue descriptor) {
        Optional<Digest> digest = Digest.parse(descriptor.get("digest").text().orElse(""));
        Optional<Long> size = descriptor.get("size").integer();
        if (digest.isPresent() && size.isPresent() && size.get() >= 0) {
            coming.computeIfAbsent(name(digest.get()), _ -> downloads.submit(() -> download(digest.get(), size.get())));
        }
    }

    private Optional<Path> download(Digest digest, long size) throws InputException, IOException, InterruptedException {
        connections.acquire();
        try {
            return registry.blob(digest, size);
        } finally {
            connections.release();
        }
    }

    private static String name(Digest digest) {
        return "blobs/" + digest.algorithm() + "/" + digest.hex();
    }

    @Override
    public synchronized Optional<Blob> find(String name) throws InputException, IOException {
        Optional<Blob> known = files.find(name);
        JsonValue later = withheld.remove(name);
        if (later != null) {
            begin(later);
        }
        Future<Optional<Path>> download = coming.get(name);
        if (known.isPresent() || download == null) {
            return known;
        }
        Optional<Path> file = await(download);
        if (file.isPresent()) {
            files.keep(name, file.get());
        }
        return files.find(name);
    }

    private static Optional<Path> await(Future<Optional<Path>> download) throws InputException, IOException {
        try {
            return download.get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while an image was coming");
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case InputException wrong -> throw wrong;
                case IOException broken -> throw broken;
                case RuntimeException bug -> throw bug;
                case null, default -> throw new IllegalStateException(failed.getCause());
            }
        }
    }

    @Override
    public boolean isWhole() {
        return true;
    }

    @Override
    public boolean isFar() {
        return true;
    }

    @Override
    public List<String> someNames() {
        return List.of(reference.toString());
    }

    @Override
    public void retain() {
        users.incrementAndGet();
    }

    @Override
    public void close() throws IOException {
        if (users.decrementAndGet() > 0) {
            return;
        }
        downloads.shutdownNow();
        try (registry) {
            files.close();
        }
    }
}
