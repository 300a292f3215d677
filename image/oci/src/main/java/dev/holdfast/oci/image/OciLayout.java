package dev.holdfast.oci.image;

import dev.holdfast.core.Digest;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.SafeText;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.memory.Memory;
import dev.holdfast.oci.Platform;
import dev.holdfast.oci.Target;
import dev.holdfast.oci.TargetDescription;
import dev.holdfast.oci.TargetKind;
import dev.holdfast.oci.TargetRequest;
import dev.holdfast.oci.layer.LayerProof;
import dev.holdfast.oci.layer.LayerSource;
import dev.holdfast.oci.store.Blob;
import dev.holdfast.oci.store.BlobStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Reads an OCI image layout (image-spec 1.1): {@code index.json}, and blobs under {@code blobs/ALGORITHM/HEX}.
 *
 * <pre>
 * index      = { "manifests": [ descriptor, … ] }                    indexes may nest
 * manifest   = { "config": descriptor, "layers": [ descriptor, … ] } bottom first
 * descriptor = { "mediaType", "digest", "size", "platform": { "os", "architecture", "variant" }, "annotations", "urls" }
 * </pre>
 *
 * Docker's own manifest list and manifest (schema 2) have the same shape. What a document is, is told from its members and not from its
 * media type. Every document and layer must have its descriptor's digest and size.
 *
 * <p>Images that the index names differently are targets of their own. Those of one name are one image for several platforms, of which the
 * wanted one is chosen (see {@link ImageChoice}). Not images, and passed over: attestations (annotation
 * {@code vnd.docker.reference.type}, or platform {@code unknown/unknown}), and artifacts, whose configuration is of another type.
 */
public final class OciLayout {
    private static final String INDEX = "index.json";

    /** How many descriptors all indexes of one layout may hold. */
    private static final int MOST_DESCRIPTORS = 10_000;

    private final BlobStore store;
    private final String given;
    private final Optional<Platform> wanted;
    private final TargetKind kind;
    private final Limits limits;
    private final Memory memory;

    private final Map<Digest, Candidate> candidates = new LinkedHashMap<>();
    private final TreeSet<String> passedOver = new TreeSet<>();
    private int descriptors;
    private int missing;

    /**
     * An image that the layout holds.
     *
     * @param names what the index calls it; empty when it does not
     */
    public record Candidate(
            Digest digest,
            JsonValue manifest,
            ConfigurationDocument configuration,
            Optional<Platform> platform,
            TreeSet<String> names) {}

    public OciLayout(BlobStore store, TargetRequest request, TargetKind kind, Limits limits, Memory memory) {
        this.store = store;
        this.given = request.given();
        this.wanted = request.platform();
        this.kind = kind;
        this.limits = limits;
        this.memory = memory;
    }

    public static boolean isIn(BlobStore store) throws InputException, IOException {
        return store.find(INDEX).isPresent();
    }

    public List<Target> targets() throws InputException, IOException {
        Blob index = store.find(INDEX)
                .orElseThrow(() ->
                        new InputException(InputException.Code.NOT_AN_IMAGE, "no OCI layout: it has no index.json"));
        collect(parse(index.document(INDEX, Optional.empty()), INDEX), "", 0);
        if (candidates.isEmpty()) {
            throw nothing();
        }
        List<Candidate> chosen = ImageChoice.choose(List.copyOf(candidates.values()), wanted);
        List<Target> targets = new ArrayList<>();
        for (Candidate image : chosen) {
            targets.add(target(image, chosen.size() > 1));
        }
        return targets;
    }

    private InputException nothing() {
        String why;
        if (missing > 0) {
            why = "its index names " + missing + " manifests and it carries none of them; export the image again";
        } else if (!passedOver.isEmpty()) {
            why = "it holds no image, only " + String.join(", ", passedOver);
        } else {
            why = "its index names no image";
        }
        return new InputException(InputException.Code.NOT_AN_IMAGE, why);
    }

    private void collect(JsonValue index, String name, int depth) throws InputException, IOException {
        if (depth > limits.depth()) {
            throw new InputException(
                    InputException.Code.LIMIT, "its indexes nest more than " + limits.depth() + " deep");
        }
        for (JsonValue descriptor : index.get("manifests").elements()) {
            if (++descriptors > MOST_DESCRIPTORS) {
                throw new InputException(
                        InputException.Code.LIMIT, "its indexes name more than " + MOST_DESCRIPTORS + " manifests");
            }
            if (isAttestation(descriptor)) {
                passedOver.add("attestations");
                continue;
            }
            Digest digest = digest(descriptor, "a manifest");
            Optional<Blob> blob = blob(descriptor, digest, "manifest " + digest.brief());
            if (blob.isEmpty()) {
                missing++;
                continue;
            }
            String ownName = name.isEmpty() ? name(descriptor).orElse("") : name; // the outermost name is the image's
            JsonValue document = parse(
                    blob.get().document("manifest " + digest.brief(), Optional.of(digest)),
                    "manifest " + digest.brief());
            if (!document.get("manifests").isAbsent()) {
                collect(document, ownName, depth + 1);
            } else {
                take(descriptor, digest, document, ownName);
            }
        }
    }

    private void take(JsonValue descriptor, Digest digest, JsonValue manifest, String name)
            throws InputException, IOException {
        Candidate known = candidates.get(digest);
        if (known != null) {
            known.names().add(name);
            return;
        }
        if (!isImage(manifest)) {
            passedOver.add(SafeText.of("artifacts of type "
                    + manifest.at("config", "mediaType").text().orElse("unknown")));
            return;
        }
        JsonValue configDescriptor = manifest.get("config");
        Digest configDigest = digest(configDescriptor, "the configuration of manifest " + digest.brief());
        Blob config = blob(configDescriptor, configDigest, "the configuration")
                .orElseThrow(() -> new InputException(
                        InputException.Code.MALFORMED,
                        "manifest " + digest.brief() + " names the configuration " + configDigest.brief()
                                + ", which is not in the layout"));
        ConfigurationDocument configuration =
                ConfigurationDocument.parse(config.document("the configuration", Optional.of(configDigest)), limits);
        Optional<Platform> platform = configuration.platform().or(() -> platform(descriptor));
        TreeSet<String> names = new TreeSet<>(List.of(name));
        candidates.put(digest, new Candidate(digest, manifest, configuration, platform, names));
    }

    private Target target(Candidate image, boolean isOneOfSeveral) throws InputException, IOException {
        List<String> tags = new ArrayList<>(image.names());
        tags.remove("");
        String name = tags.isEmpty() ? image.digest().brief() : tags.getFirst();
        TargetDescription description = new TargetDescription(
                isOneOfSeveral ? given + " " + name : given, kind, Optional.of(image.digest()), image.platform(), tags);
        return new ImageTarget(description, image.configuration(), layers(image), store, limits, memory);
    }

    private List<LayerSource> layers(Candidate image) throws InputException, IOException {
        List<JsonValue> descriptors = image.manifest().get("layers").elements();
        List<Digest> diffIds = image.configuration().diffIds();
        LayerLabels labels = new LayerLabels(descriptors.size());
        List<LayerSource> layers = new ArrayList<>();
        for (int i = 0; i < descriptors.size(); i++) {
            Digest digest = digest(descriptors.get(i), "a layer");
            String label = labels.of(i, Optional.of(digest));
            Optional<Digest> diffId =
                    diffIds.size() == descriptors.size() ? Optional.of(diffIds.get(i)) : Optional.empty();
            layers.add(layer(i, label, descriptors.get(i), digest, diffId));
        }
        return layers;
    }

    /** A layer that would have to come from afar is not asked for while it may be known from before. */
    private LayerSource layer(int index, String label, JsonValue descriptor, Digest digest, Optional<Digest> diffId)
            throws InputException, IOException {
        if (store.isFar() && LayerProof.layerIn(memory, digest).isPresent()) {
            LayerSource.Far bytes = new LayerSource.Far(() -> blob(descriptor, digest, label));
            long size = descriptor.get("size").integer().orElse(0L);
            return new LayerSource(index, label, bytes, size, Optional.of(digest), diffId);
        }
        return new LayerSource(index, label, blob(descriptor, digest, label), Optional.of(digest), diffId);
    }

    private JsonValue parse(byte[] document, String what) throws InputException {
        try {
            return Json.parse(document, limits);
        } catch (InputException wrong) {
            throw wrong.in(what);
        }
    }

    private Optional<Blob> blob(JsonValue descriptor, Digest digest, String what) throws InputException, IOException {
        Optional<Blob> blob = store.named("blobs/" + digest.algorithm() + "/" + digest.hex());
        Optional<Long> size = descriptor.get("size").integer();
        if (blob.isPresent() && size.isPresent() && size.get() != blob.get().size()) {
            long have = blob.get().size();
            throw have < size.get()
                    ? new InputException(
                            InputException.Code.TRUNCATED,
                            String.format(
                                    Locale.ROOT,
                                    "%s ends after %,d of %,d bytes; export the image again",
                                    what,
                                    have,
                                    size.get()))
                    : new InputException(
                            InputException.Code.DIGEST_MISMATCH,
                            String.format(
                                    Locale.ROOT, "%s has %,d bytes where %,d were promised", what, have, size.get()));
        }
        return blob;
    }

    private static Digest digest(JsonValue descriptor, String what) throws InputException {
        String text = descriptor.get("digest").text().orElse("");
        return Digest.parse(text)
                .orElseThrow(() -> new InputException(
                        InputException.Code.MALFORMED, what + " has the digest " + SafeText.of("'" + text + "'")));
    }

    public static boolean isAttestation(JsonValue descriptor) {
        boolean isAnnotated =
                descriptor.at("annotations", "vnd.docker.reference.type").text().isPresent();
        return isAnnotated
                || platform(descriptor)
                        .filter(platform -> platform.os().equals("unknown"))
                        .isPresent();
    }

    private static boolean isImage(JsonValue manifest) {
        return manifest.at("config", "mediaType")
                .text()
                .map(type -> type.equals("application/vnd.oci.image.config.v1+json")
                        || type.equals("application/vnd.docker.container.image.v1+json"))
                .orElse(!manifest.get("config").isAbsent());
    }

    private static Optional<String> name(JsonValue descriptor) {
        JsonValue annotations = descriptor.get("annotations");
        return annotations
                .get("io.containerd.image.name")
                .text()
                .or(() -> annotations.get("org.opencontainers.image.ref.name").text());
    }

    public static Optional<Platform> platform(JsonValue descriptor) {
        JsonValue platform = descriptor.get("platform");
        Optional<String> os = platform.get("os").text();
        Optional<String> architecture = platform.get("architecture").text();
        return os.isPresent() && architecture.isPresent()
                ? Optional.of(new Platform(
                        os.get(),
                        architecture.get(),
                        platform.get("variant").text().orElse("")))
                : Optional.empty();
    }
}
