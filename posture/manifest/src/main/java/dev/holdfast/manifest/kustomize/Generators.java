package dev.holdfast.manifest.kustomize;

import dev.holdfast.core.Digest;
import dev.holdfast.core.InputException;
import dev.holdfast.core.json.JsonEscapes;
import dev.holdfast.manifest.tree.Node.Kind;
import dev.holdfast.manifest.tree.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** ConfigMaps and Secrets from literals, files and environment files. Their names end with a hash of what they hold, unless told otherwise. */
final class Generators {
    private final Reading reading;
    private final Path folder;
    private final Draft.Fields kustomization;
    private final Draft.Fields common;

    Generators(Reading reading, Path folder, Draft.Fields kustomization) {
        this.reading = reading;
        this.folder = folder;
        this.kustomization = kustomization;
        this.common = kustomization.members().get("generatorOptions") instanceof Draft.Fields options
                ? options
                : new Draft.Fields(kustomization.place());
    }

    void run(List<Resource> resources) throws InputException, IOException {
        for (Draft.Fields each : Build.items(kustomization, "configMapGenerator")) {
            absorb(made(each, "ConfigMap"), each, resources);
        }
        for (Draft.Fields each : Build.items(kustomization, "secretGenerator")) {
            absorb(made(each, "Secret"), each, resources);
        }
    }

    private Resource made(Draft.Fields generator, String kind) throws InputException, IOException {
        Place place = generator.place();
        Draft.Fields object = new Draft.Fields(place);
        object.put("apiVersion", "v1");
        Map<String, byte[]> pairs = pairs(generator);
        Draft.Fields data = new Draft.Fields(place);
        Draft.Fields binary = new Draft.Fields(place);
        pairs.forEach((key, value) -> {
            boolean isText = kind.equals("ConfigMap") && isText(value);
            (kind.equals("Secret") || isText ? data : binary)
                    .put(
                            key,
                            isText
                                    ? new String(value, StandardCharsets.UTF_8)
                                    : Base64.getEncoder().encodeToString(value));
        });
        if (!binary.members().isEmpty()) {
            object.members().put("binaryData", binary);
        }
        if (!data.members().isEmpty()) {
            object.members().put("data", data);
        }
        object.put("kind", kind);
        Draft.Fields metadata = object.fields("metadata");
        options(generator, "annotations", metadata);
        options(generator, "labels", metadata);
        metadata.put("name", generator.text("name"));
        if (!generator.text("namespace").isEmpty()) {
            metadata.put("namespace", generator.text("namespace"));
        }
        if (kind.equals("Secret")) {
            object.put("type", generator.text("type").isEmpty() ? "Opaque" : generator.text("type"));
        }
        if (flag(generator, "immutable")) {
            object.members().put("immutable", new Draft.Word("true", Kind.BOOLEAN, true, place));
        }
        Resource resource =
                new Resource(object, Kustomizer.fileOf(folder).orElse(folder).toString());
        resource.needsHash = !flag(generator, "disableNameSuffixHash");
        return resource;
    }

    private boolean flag(Draft.Fields generator, String name) {
        return generator.text("options", name).equals("true")
                || common.text(name).equals("true");
    }

    private void options(Draft.Fields generator, String name, Draft.Fields metadata) {
        for (Draft.Fields source : List.of(common, generator.copy().fields("options"))) {
            if (source.members().get(name) instanceof Draft.Fields pairs) {
                pairs.members().forEach((key, value) -> {
                    if (value instanceof Draft.Word word) {
                        metadata.fields(name).put(key, word.text());
                    }
                });
            }
        }
    }

    private static boolean isText(byte[] value) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value));
            return true;
        } catch (CharacterCodingException binary) {
            return false;
        }
    }

    private Map<String, byte[]> pairs(Draft.Fields generator) throws InputException, IOException {
        Map<String, byte[]> pairs = new TreeMap<>();
        for (String literal : Build.texts(generator, "literals")) {
            int equals = literal.indexOf('=');
            if (equals < 1) {
                throw new InputException(
                        InputException.Code.MALFORMED, "invalid literal source " + literal + ", expected key=value");
            }
            String value = literal.substring(equals + 1);
            boolean isQuoted = value.length() > 1
                    && (value.startsWith("\"") && value.endsWith("\"") || value.startsWith("'") && value.endsWith("'"));
            put(
                    pairs,
                    literal.substring(0, equals),
                    (isQuoted ? value.substring(1, value.length() - 1) : value).getBytes(StandardCharsets.UTF_8));
        }
        for (String file : Build.texts(generator, "files")) {
            int equals = file.indexOf('=');
            String path = file.substring(equals + 1);
            String key = equals < 0 ? path.substring(path.lastIndexOf('/') + 1) : file.substring(0, equals);
            put(pairs, key, reading.bytes(folder, path));
        }
        List<String> environments = new java.util.ArrayList<>(Build.texts(generator, "envs"));
        if (!generator.text("env").isEmpty()) {
            environments.add(generator.text("env"));
        }
        for (String file : environments) {
            String text = new String(reading.bytes(folder, file), StandardCharsets.UTF_8);
            for (String line : text.lines().toList()) {
                String stripped = line.stripLeading();
                int equals = stripped.indexOf('=');
                if (!stripped.isEmpty() && !stripped.startsWith("#") && equals > 0) {
                    put(
                            pairs,
                            stripped.substring(0, equals),
                            stripped.substring(equals + 1).getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return pairs;
    }

    private static void put(Map<String, byte[]> pairs, String key, byte[] value) throws InputException {
        if (pairs.put(key, value) != null) {
            throw new InputException(
                    InputException.Code.MALFORMED,
                    "cannot add key \"" + key + "\", another key by that name already exists");
        }
    }

    private static void absorb(Resource made, Draft.Fields generator, List<Resource> resources) throws InputException {
        String behavior = generator.text("behavior").toLowerCase(Locale.ROOT);
        for (int i = 0; i < resources.size(); i++) {
            Resource known = resources.get(i);
            boolean isMeant = known.kind().equals(made.kind()) && known.wasNamed(made.name(), made.namespace());
            if (isMeant && (behavior.equals("merge") || behavior.equals("replace"))) {
                replace(known, made, behavior.equals("merge"));
                return;
            }
            if (isMeant) {
                throw new InputException(
                        InputException.Code.MALFORMED,
                        "id " + made.id() + " exists; behavior must be merge or replace");
            }
        }
        if (behavior.equals("merge") || behavior.equals("replace")) {
            throw new InputException(
                    InputException.Code.MALFORMED, "id " + made.id() + " does not exist; cannot merge or replace");
        }
        resources.add(made);
    }

    /** Keeps the names that the known one had; its labels and annotations stay as well. */
    private static void replace(Resource known, Resource made, boolean isMerge) {
        for (String field : List.of("data", "binaryData")) {
            if (made.fields.members().get(field) instanceof Draft.Fields pairs) {
                if (!isMerge) {
                    known.fields.members().remove(field);
                }
                Draft.Fields target = known.fields.fields(field);
                pairs.members().forEach(target.members()::put);
            } else if (!isMerge) {
                known.fields.members().remove(field);
            }
        }
        made.fields.get("type").ifPresent(type -> known.fields.members().put("type", type));
        for (String field : List.of("labels", "annotations")) {
            if (made.fields.fields("metadata").members().get(field) instanceof Draft.Fields pairs) {
                known.fields.fields("metadata").fields(field).members().putAll(pairs.members());
            }
        }
        known.needsHash = made.needsHash;
    }

    static void addHashes(List<Resource> resources) {
        for (Resource resource : resources) {
            if (resource.needsHash) {
                resource.rename(resource.name() + "-" + hash(resource));
            }
        }
    }

    /** The first ten hexadecimal digits of the SHA-256 over the object as JSON without its name, with letters for what might spell words. */
    private static String hash(Resource resource) {
        StringBuilder json = new StringBuilder("{");
        if (resource.fields.members().get("binaryData") instanceof Draft.Fields binary
                && !binary.members().isEmpty()) {
            json.append("\"binaryData\":").append(object(binary)).append(',');
        }
        json.append("\"data\":")
                .append(resource.fields.members().get("data") instanceof Draft.Fields data ? object(data) : "\"\"")
                .append(",\"kind\":")
                .append(text(resource.kind()))
                .append(",\"name\":\"\"");
        if (resource.kind().equals("Secret")) {
            json.append(",\"type\":").append(text(resource.fields.text("type")));
        }
        String hex = Digest.sha256(json.append('}').toString().getBytes(StandardCharsets.UTF_8))
                .hex()
                .substring(0, 10);
        return hex.replace('0', 'g')
                .replace('1', 'h')
                .replace('3', 'k')
                .replace('a', 'm')
                .replace('e', 't');
    }

    private static String object(Draft.Fields fields) {
        StringBuilder json = new StringBuilder("{");
        new TreeMap<>(fields.members())
                .forEach((key, value) -> json.append(json.length() > 1 ? "," : "")
                        .append(text(key))
                        .append(':')
                        .append(text(value instanceof Draft.Word word ? word.text() : "")));
        return json.append('}').toString();
    }

    private static String text(String value) {
        StringBuilder out = new StringBuilder("\"");
        JsonEscapes.append(value, out, JsonEscapes.OF_GO_FOR_HTML);
        return out.append('"').toString();
    }
}
