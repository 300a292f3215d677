package dev.holdfast.scan.bases;

import dev.holdfast.core.Digest;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.SafeText;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.core.json.JsonWriter;
import dev.holdfast.oci.Layer;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The bases a user knows, as a document:
 *
 * <pre>
 * { "schema": "holdfast-bases/1", "bases": [ { "name", "owner", "layers": [ digest of an uncompressed layer, … ] bottom first } ] }
 * </pre>
 *
 * Names are unique and sorted. An index never changes; the methods that change one give back another.
 */
public final class BaseIndex {
    /** No base is known. */
    public static final BaseIndex EMPTY = new BaseIndex(new TreeMap<>());

    private static final String SCHEMA = "holdfast-bases/1";

    private final SortedMap<String, BaseImage> byName;

    private BaseIndex(SortedMap<String, BaseImage> byName) {
        this.byName = byName;
    }

    /** Reads a document. */
    public static BaseIndex parse(byte[] document) throws InputException {
        JsonValue json = Json.parse(document, Limits.DEFAULT);
        if (!json.get("schema").text().equals(Optional.of(SCHEMA))) {
            throw new InputException(InputException.Code.MALFORMED, "not an index of bases of schema " + SCHEMA);
        }
        SortedMap<String, BaseImage> byName = new TreeMap<>();
        for (JsonValue each : json.get("bases").elements()) {
            String name = each.get("name").text().orElse("");
            List<Digest> layers = new ArrayList<>();
            for (String text : each.get("layers").texts()) {
                layers.add(Digest.parse(text)
                        .orElseThrow(() -> new InputException(
                                InputException.Code.MALFORMED,
                                "base " + SafeText.of(name) + " has a layer that is no digest")));
            }
            if (name.isEmpty() || layers.isEmpty()) {
                throw new InputException(InputException.Code.MALFORMED, "a base has no name or no layers");
            }
            byName.put(name, new BaseImage(name, each.get("owner").text().filter(text -> !text.isEmpty()), layers));
        }
        return new BaseIndex(byName);
    }

    /** The document of this index. */
    public byte[] toDocument() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonWriter json = new JsonWriter(bytes)) {
            json.object(() -> {
                json.text("schema", SCHEMA);
                json.array(
                        "bases",
                        () -> byName.values()
                                .forEach(base -> json.object(() -> {
                                    json.text("name", base.name());
                                    base.owner().ifPresent(owner -> json.text("owner", owner));
                                    json.texts(
                                            "layers",
                                            base.layers().stream()
                                                    .map(Digest::toString)
                                                    .toList());
                                })));
            });
        }
        return bytes.toByteArray();
    }

    /** All bases, by name. */
    public List<BaseImage> all() {
        return List.copyOf(byName.values());
    }

    /** With a base added; one of the same name is replaced. */
    public BaseIndex with(BaseImage base) {
        SortedMap<String, BaseImage> changed = new TreeMap<>(byName);
        changed.put(base.name(), base);
        return new BaseIndex(changed);
    }

    /** Without the base of that name. */
    public BaseIndex without(String name) {
        SortedMap<String, BaseImage> changed = new TreeMap<>(byName);
        changed.remove(name);
        return new BaseIndex(changed);
    }

    /** The base that an image is built on: of those whose layers it begins with, the one with most layers; of equals, the first by name. */
    public Optional<BaseImage> under(List<Layer> layers) {
        BaseImage best = null;
        for (BaseImage base : byName.values()) {
            if (isBeginning(base.layers(), layers)
                    && (best == null || base.layers().size() > best.layers().size())) {
                best = base;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Whether they are the image's lowest layers, and not all of them: an image is not its own base. */
    private static boolean isBeginning(List<Digest> base, List<Layer> layers) {
        if (base.size() >= layers.size()) {
            return false;
        }
        for (int i = 0; i < base.size(); i++) {
            if (!layers.get(i).diffId().equals(Optional.of(base.get(i)))) {
                return false;
            }
        }
        return true;
    }
}
