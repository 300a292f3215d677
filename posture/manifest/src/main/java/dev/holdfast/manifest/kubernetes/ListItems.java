package dev.holdfast.manifest.kubernetes;

import dev.holdfast.manifest.tree.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Takes lists of objects apart: a {@code List} as {@code kubectl get -o yaml} prints it, one of a kind ({@code PodList}) as the server answers,
 * whose items leave out what the list says, and a JSON array. Lists within lists too.
 */
public final class ListItems {
    private static final String SUFFIX = "List";

    private ListItems() {}

    /** Whether a document is a list, be it an empty one; kinds that only end like one have no items. */
    public static boolean isList(Node document) {
        return document instanceof Node.Mapping mapping
                && mapping.textAt("kind").filter(kind -> kind.endsWith(SUFFIX)).isPresent()
                && mapping.entry("items").isPresent();
    }

    /** Hands on what a document holds, in its order: the items of a list, each with kind and version, or else itself. What is no mapping is passed over. */
    public static void each(Node document, Consumer<Node.Mapping> objects) {
        if (document instanceof Node.Sequence) {
            document.elements().forEach(element -> each(element, objects));
        } else if (isList(document)) {
            String kind = document.textAt("kind").orElse("");
            String ofItems = kind.substring(0, kind.length() - SUFFIX.length());
            String version = document.textAt("apiVersion").orElse("");
            document.get("items")
                    .map(Node::elements)
                    .orElse(List.of())
                    .forEach(item -> each(ofItems.isEmpty() ? item : whole(item, ofItems, version), objects));
        } else if (document instanceof Node.Mapping object) {
            objects.accept(object);
        }
    }

    private static Node whole(Node item, String kind, String version) {
        if (!(item instanceof Node.Mapping object)) {
            return item;
        }
        List<Node.Entry> missing = new ArrayList<>();
        if (object.get("kind").isEmpty()) {
            missing.add(entry("kind", kind, object));
        }
        if (object.get("apiVersion").isEmpty()) {
            missing.add(entry("apiVersion", version, object));
        }
        if (missing.isEmpty()) {
            return object;
        }
        List<Node.Entry> entries = new ArrayList<>(object.entries());
        entries.addAll(missing);
        return new Node.Mapping(entries, object.place());
    }

    private static Node.Entry entry(String key, String value, Node.Mapping object) {
        return new Node.Entry(
                new Node.Scalar(key, Node.Kind.TEXT, true, object.place()),
                new Node.Scalar(value, Node.Kind.TEXT, true, object.place()));
    }
}
