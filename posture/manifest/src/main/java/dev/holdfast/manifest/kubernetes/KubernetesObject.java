package dev.holdfast.manifest.kubernetes;

import dev.holdfast.manifest.ManifestFile;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One object.
 *
 * @param path the file that it stands in
 * @param root the whole of it
 */
public record KubernetesObject(String path, Node.Mapping root) {
    /** The objects of a file, in their order; the items of lists count as objects, the list does not. */
    public static List<KubernetesObject> of(ManifestFile file) {
        List<KubernetesObject> objects = new ArrayList<>();
        for (Node root : file.roots()) {
            ListItems.each(root, object -> {
                if (isTyped(object)) {
                    objects.add(new KubernetesObject(file.path(), object));
                }
            });
        }
        return objects;
    }

    /** Whether a document is an object, or a list of some. */
    public static boolean isOne(Node root) {
        return ListItems.isList(root) || isTyped(root);
    }

    private static boolean isTyped(Node root) {
        return root.textAt("kind").isPresent() && root.textAt("apiVersion").isPresent();
    }

    public String kind() {
        return root.textAt("kind").orElse("");
    }

    public String apiVersion() {
        return root.textAt("apiVersion").orElse("");
    }

    /** The API group; empty for the core one. */
    public String group() {
        String version = apiVersion();
        int slash = version.indexOf('/');
        return slash < 0 ? "" : version.substring(0, slash);
    }

    /** The name, or what the server makes one from; empty when neither is written. */
    public String name() {
        return root.textAt("metadata", "name")
                .or(() -> root.textAt("metadata", "generateName"))
                .orElse("");
    }

    /** The namespace where one is written; empty says nothing, because it may be given on the command line or by an overlay. */
    public Optional<String> namespace() {
        return root.textAt("metadata", "namespace");
    }

    /** What reports call it: {@code Deployment shop/web}. */
    public String title() {
        String where = namespace().map(space -> space + "/").orElse("");
        return kind() + " " + where + (name().isEmpty() ? "(without a name)" : name());
    }

    /** Where its kind is written. */
    public Place place() {
        return root.entry("kind").map(entry -> entry.key().place()).orElse(root.place());
    }

    /** The label of this name on the object itself. */
    public Optional<String> label(String name) {
        return root.at("metadata", "labels").flatMap(labels -> labels.textAt(name));
    }

    public Optional<String> annotation(String name) {
        return root.at("metadata", "annotations").flatMap(annotations -> annotations.textAt(name));
    }
}
