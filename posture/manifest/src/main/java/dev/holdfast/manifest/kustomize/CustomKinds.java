package dev.holdfast.manifest.kustomize;

import java.util.List;
import java.util.Map;

/**
 * Reads a file of {@code crds}: definitions of custom kinds by their name, the last part of which is the kind.
 *
 * <pre>
 *   { "example.v1.Zoo": { "Schema": { "properties": { "spec": { "$ref": "example.v1.ZooSpec" } } } },
 *     "example.v1.ZooSpec": { "Schema": { "properties": {
 *       "keyRef": { "x-kubernetes-object-ref-api-version": "v1", "x-kubernetes-object-ref-kind": "Secret" } } } } }
 * </pre>
 *
 * <p>Only a definition with {@code apiVersion}, {@code kind} and {@code metadata} is an object's; the others are pieces that it refers to.
 */
final class CustomKinds {
    private static final String EXTENSION = "x-kubernetes-";

    /** Definitions may refer to each other in a circle. */
    private static final int MOST_DEPTH = 20;

    /** A chain of references that branches at each step would never end. */
    private static final int MOST_PROPERTIES = 100_000;

    private final Map<String, Draft> definitions;
    private final Configuration configuration;
    private int properties;

    private CustomKinds(Draft.Fields file, Configuration configuration) {
        this.definitions = file.members();
        this.configuration = configuration;
    }

    static void read(Draft.Fields file, Configuration configuration) {
        CustomKinds kinds = new CustomKinds(file, configuration);
        for (String name : file.members().keySet()) {
            Map<String, Draft> members = kinds.properties(name);
            if (members.keySet().containsAll(List.of("apiVersion", "kind", "metadata"))) {
                kinds.walk(name.substring(name.lastIndexOf('.') + 1), name, "", 0);
            }
        }
    }

    private Map<String, Draft> properties(String name) {
        Draft at = definitions.get(name);
        for (String step : List.of("Schema", "properties")) {
            at = at instanceof Draft.Fields fields ? fields.members().get(step) : null;
        }
        return at instanceof Draft.Fields fields ? fields.members() : Map.of();
    }

    private void walk(String kind, String definition, String path, int depth) {
        if (depth > MOST_DEPTH) {
            return;
        }
        properties(definition).forEach((name, value) -> {
            if (value instanceof Draft.Fields property && ++properties < MOST_PROPERTIES) {
                property(kind, property, path + name, depth);
            }
        });
    }

    private void property(String kind, Draft.Fields property, String path, int depth) {
        Configuration.Field field = field(kind, path);
        if (has(property, "annotation")) {
            configuration.add(Configuration.Use.ANNOTATIONS, field);
        }
        if (has(property, "label-selector")) {
            configuration.add(Configuration.Use.LABELS, field);
        }
        if (has(property, "identity")) {
            configuration.add(Configuration.Use.PREFIX, field);
        }
        String target = property.text(EXTENSION + "object-ref-kind");
        if (!target.isEmpty() && has(property, "object-ref-api-version")) {
            String key = property.text(EXTENSION + "object-ref-name-key");
            configuration.add(
                    new Configuration.Reference(target, "", field(kind, path + "/" + (key.isEmpty() ? "name" : key))));
        }
        walk(kind, property.text("$ref"), path + "/", depth + 1);
    }

    private static boolean has(Draft.Fields property, String extension) {
        return property.get(EXTENSION + extension).isPresent();
    }

    private static Configuration.Field field(String kind, String path) {
        return new Configuration.Field("", "", kind, path, false);
    }
}
