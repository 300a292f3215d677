package dev.holdfast.manifest.kustomize;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Fields of custom kinds that an overlay's transformations reach besides those of the server's own kinds: what the files of
 * {@code configurations} list, and what those of {@code crds} say of the kinds that they describe. What a base brings holds for everything
 * that is made from it.
 */
final class Configuration {
    /** What is done to a field; the word is that of the files. */
    enum Use {
        PREFIX("namePrefix"),
        SUFFIX("nameSuffix"),
        NAMESPACE("namespace"),
        LABELS("commonLabels"),
        TEMPLATE_LABELS("templateLabels"),
        ANNOTATIONS("commonAnnotations"),
        IMAGES("images"),
        REPLICAS("replicas");

        private final String word;

        Use(String word) {
            this.word = word;
        }
    }

    /**
     * A field of some kinds of objects; an empty group, version or kind is any.
     *
     * @param path as {@code spec/rules/host}; see {@link FieldPath}
     * @param creates whether it is made where it is missing
     */
    record Field(String group, String version, String kind, String path, boolean creates) {
        private static Field of(Draft.Fields written) {
            return new Field(
                    written.text("group"),
                    written.text("version"),
                    written.text("kind"),
                    written.text("path"),
                    written.text("create").equals("true"));
        }

        boolean isOf(Resource resource) {
            return is(group, resource.group()) && is(version, resource.version()) && is(kind, resource.kind());
        }

        private static boolean is(String wanted, String value) {
            return wanted.isEmpty() || wanted.equals(value);
        }
    }

    /**
     * A field that holds the name of another object.
     *
     * @param target the kind of the object that is named
     * @param targetGroup its group; empty for any
     */
    record Reference(String target, String targetGroup, Field field) {}

    private final Map<Use, List<Field>> fields = new EnumMap<>(Use.class);
    private final List<Reference> references = new ArrayList<>();

    /** Adds a file of {@code configurations}. */
    void read(Draft.Fields file) {
        for (Use use : Use.values()) {
            Build.items(file, use.word).forEach(written -> add(use, Field.of(written)));
        }
        for (Draft.Fields target : Build.items(file, "nameReference")) {
            for (Draft.Fields written : Build.items(target, "fieldSpecs")) {
                add(new Reference(target.text("kind"), target.text("group"), Field.of(written)));
            }
        }
    }

    void add(Use use, Field field) {
        fields.computeIfAbsent(use, _ -> new ArrayList<>()).add(field);
    }

    void add(Reference reference) {
        references.add(reference);
    }

    void addAll(Configuration other) {
        other.fields.forEach((use, more) -> more.forEach(field -> add(use, field)));
        references.addAll(other.references);
    }

    /** The fields of an object that something is done to. */
    List<Field> of(Resource resource, Use use) {
        return fields.getOrDefault(use, List.of()).stream()
                .filter(field -> field.isOf(resource))
                .toList();
    }

    List<Reference> references() {
        return references;
    }
}
