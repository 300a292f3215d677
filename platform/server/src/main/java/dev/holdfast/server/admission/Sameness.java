package dev.holdfast.server.admission;

import dev.holdfast.manifest.tree.Node;
import java.util.List;

/** Whether two trees say the same, wherever they stand. */
final class Sameness {
    private Sameness() {}

    static boolean of(Node one, Node other) {
        return switch (one) {
            case Node.Scalar scalar ->
                other instanceof Node.Scalar that
                        && scalar.kind() == that.kind()
                        && scalar.text().equals(that.text());
            case Node.Sequence sequence ->
                other instanceof Node.Sequence that && ofAll(sequence.elements(), that.elements());
            case Node.Mapping mapping -> other instanceof Node.Mapping that && ofMaps(mapping, that);
        };
    }

    private static boolean ofAll(List<Node> ones, List<Node> others) {
        if (ones.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < ones.size(); i++) {
            if (!of(ones.get(i), others.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean ofMaps(Node.Mapping one, Node.Mapping other) {
        return one.entries().size() == other.entries().size()
                && one.entries().stream()
                        .allMatch(entry -> other.entry(entry.key().text())
                                .filter(that -> of(entry.value(), that.value()))
                                .isPresent());
    }
}
