package dev.holdfast.policy.definition;

import dev.holdfast.manifest.tree.Node;
import java.util.ArrayList;
import java.util.List;

/** Parts of a definition by their path; what is not there is empty. */
final class Parts {
    private Parts() {}

    static String text(Node node, String... path) {
        return node.textAt(path).orElse("");
    }

    static List<Node> list(Node node, String... path) {
        return node.at(path).map(Node::elements).orElse(List.of());
    }

    static List<String> texts(Node node, String... path) {
        List<String> texts = new ArrayList<>();
        for (Node element : list(node, path)) {
            element.textAt().ifPresent(texts::add);
        }
        return texts;
    }
}
