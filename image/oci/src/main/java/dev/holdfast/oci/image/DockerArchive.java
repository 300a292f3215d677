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
import dev.holdfast.oci.layer.LayerSource;
import dev.holdfast.oci.store.Blob;
import dev.holdfast.oci.store.BlobStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Reads a docker-archive: a tar whose {@code manifest.json} is an array with one element an image.
 *
 * <pre>
 * [ { "Config": NAME, "RepoTags": [ TAG, … ] or null, "Layers": [ NAME, … ] bottom first } ]
 * </pre>
 *
 * Names are members of the tar. Writers differ in them, and in the case of the keys (Jib writes lower case): {@code HEX.json} and
 * {@code ID/layer.tar} (docker before 25), {@code blobs/sha256/HEX} (since), {@code sha256:HEX} and {@code HEX.tar.gz} (Kaniko, Jib),
 * {@code HEX.tar} (skopeo). Layers are plain or compressed. A configuration whose name is a digest must hash to it; every layer must hash,
 * uncompressed, to its {@code rootfs.diff_ids} entry; a layer under {@code blobs/} also to its name.
 *
 * <p>When the configuration lists another number of layers than there are, none can be told which digest it should have: the image is read
 * all the same, each layer is looked for among all listed digests, and what is missing or unknown is a gap.
 */
public final class DockerArchive {
    private static final String MANIFEST = "manifest.json";

    private final BlobStore store;
    private final String given;
    private final Optional<Platform> wanted;
    private final TargetKind kind;
    private final Limits limits;
    private final Memory memory;

    public DockerArchive(BlobStore store, TargetRequest request, TargetKind kind, Limits limits, Memory memory) {
        this.store = store;
        this.given = request.given();
        this.wanted = request.platform();
        this.kind = kind;
        this.limits = limits;
        this.memory = memory;
    }

    public static boolean isIn(BlobStore store) throws InputException, IOException {
        return store.find(MANIFEST).isPresent();
    }

    public List<Target> targets() throws InputException, IOException {
        JsonValue manifest = manifest();
        List<JsonValue> images = manifest.elements();
        if (images.isEmpty()) {
            throw new InputException(
                    InputException.Code.NOT_AN_IMAGE,
                    "its manifest.json lists no image" + (manifest.isAbsent() ? ", it is null" : "")
                            + "; save the image again");
        }
        List<Target> targets = new ArrayList<>();
        for (JsonValue image : images) {
            targets.add(target(image, images.size() > 1));
        }
        return targets;
    }

    private JsonValue manifest() throws InputException, IOException {
        Blob blob = store.find(MANIFEST)
                .orElseThrow(() -> new InputException(
                        InputException.Code.NOT_AN_IMAGE, "no docker-archive: it has no manifest.json"));
        byte[] bytes = blob.document(MANIFEST, Optional.empty());
        try {
            return Json.parse(bytes, limits);
        } catch (InputException wrong) {
            throw wrong.in(MANIFEST);
        }
    }

    private Target target(JsonValue image, boolean isOneOfSeveral) throws InputException, IOException {
        String configName = member(image, "Config")
                .text()
                .orElseThrow(() -> new InputException(
                        InputException.Code.MALFORMED, "manifest.json names no configuration for an image"));
        Blob configBlob = store.named(configName)
                .orElseThrow(() -> new InputException(
                        InputException.Code.MALFORMED,
                        "manifest.json names the configuration " + SafeText.of(configName)
                                + ", which is not in the archive"));
        byte[] bytes = configBlob.document("the configuration", digestIn(configName));
        ConfigurationDocument configuration = ConfigurationDocument.parse(bytes, limits);
        Platforms.require(wanted, configuration.platform());

        List<String> tags = new ArrayList<>(member(image, "RepoTags").texts());
        Collections.sort(tags);
        String name = tags.isEmpty() ? configuration.digest().brief() : tags.getFirst();
        TargetDescription description = new TargetDescription(
                isOneOfSeveral ? given + " " + name : given,
                kind,
                Optional.of(configuration.digest()),
                configuration.platform(),
                tags);
        List<LayerSource> layers = layers(member(image, "Layers").texts(), configuration.diffIds());
        return new ImageTarget(description, configuration, layers, store, limits, memory);
    }

    private List<LayerSource> layers(List<String> names, List<Digest> diffIds) throws InputException, IOException {
        LayerLabels labels = new LayerLabels(names.size());
        List<LayerSource> layers = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            Optional<Digest> diffId = diffIds.size() == names.size() ? Optional.of(diffIds.get(i)) : Optional.empty();
            Optional<Digest> blobDigest = name.startsWith("blobs/") ? digestIn(name) : Optional.empty();
            layers.add(new LayerSource(i, labels.of(i, diffId), store.named(name), blobDigest, diffId));
        }
        return layers;
    }

    /** The digest that a member's name is, leaving out folders, {@code sha256:} before and an ending behind it. */
    private static Optional<Digest> digestIn(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        String stem = last.startsWith("sha256:") ? last.substring("sha256:".length()) : last;
        int dot = stem.indexOf('.');
        return Digest.parse("sha256:" + (dot < 0 ? stem : stem.substring(0, dot)));
    }

    /** A member by name in any case, as Go's JSON reader, which all of these tools use, finds it. */
    private static JsonValue member(JsonValue object, String name) {
        JsonValue exact = object.get(name);
        if (!exact.isAbsent()) {
            return exact;
        }
        return object.members().entrySet().stream()
                .filter(member -> member.getKey().equalsIgnoreCase(name))
                .findFirst()
                .map(java.util.Map.Entry::getValue)
                .orElse(exact);
    }
}
