package dev.holdfast.manifest.kustomize;

import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.Node;
import java.util.Map;
import java.util.TreeMap;

/** Documents as texts of one line, keys sorted: what differs only in writing is the same. */
final class OneLine {
    private OneLine() {}

    static String of(Document document) {
        return document instanceof Document.Read read ? of(read.root()) : document.toString();
    }

    static String of(Node node) {
        return switch (node) {
            case Node.Scalar scalar -> scalar.kind() + ":" + scalar.text();
            case Node.Sequence sequence ->
                sequence.elements().stream().map(OneLine::of).toList().toString();
            case Node.Mapping mapping -> {
                Map<String, String> sorted = new TreeMap<>();
                mapping.entries().forEach(entry -> sorted.put(entry.key().text(), of(entry.value())));
                yield sorted.toString();
            }
        };
    }
}
