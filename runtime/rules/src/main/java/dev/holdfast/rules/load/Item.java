package dev.holdfast.rules.load;

import dev.holdfast.manifest.tree.Node;
import dev.holdfast.rules.ProblemCode;
import dev.holdfast.rules.load.LoadException.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A map of a rule file whose values are asked for by key; what is missing or of the wrong kind is an error that says so. Where a key is
 * written twice, the first one counts, as it does for Falco; {@link ItemReader} warns of it.
 */
final class Item {
    private final Node.Mapping node;
    private final Origin origin;
    private final Subject subject;

    Item(Node.Mapping node, Origin origin, Subject subject) {
        this.node = node;
        this.origin = origin;
        this.subject = subject;
    }

    Item about(Subject newSubject) {
        return new Item(node, origin, newSubject);
    }

    Node.Mapping node() {
        return node;
    }

    Origin origin() {
        return origin;
    }

    Subject subject() {
        return subject;
    }

    boolean has(String key) {
        return value(key).isPresent();
    }

    /** The value of a key, an explicit null included. */
    Optional<Node> value(String key) {
        for (Node.Entry entry : node.entries()) {
            if (entry.key().text().equals(key)) {
                return Optional.of(entry.value());
            }
        }
        return Optional.empty();
    }

    LoadException wrong(String message, Node at) {
        return new LoadException(ProblemCode.LOAD_ERR_YAML_VALIDATE, message, subject, origin.place(at));
    }

    Node.Scalar scalar(String key) throws LoadException {
        Optional<Node> value = value(key);
        if (value.isEmpty()) {
            throw wrong("Item has no mapping for key '" + key + "'", node);
        }
        if (value.get().isNull()) {
            throw wrong("Mapping for key '" + key + "' is empty", value.get());
        }
        if (!(value.get() instanceof Node.Scalar scalar)) {
            throw wrong("Value is not a scalar value", value.get());
        }
        if (scalar.text().isEmpty()) {
            throw wrong("Value must be non-empty", scalar);
        }
        return scalar;
    }

    String text(String key) throws LoadException {
        return scalar(key).text();
    }

    boolean truth(String key, boolean otherwise) throws LoadException {
        if (!has(key)) {
            return otherwise;
        }
        Node.Scalar scalar = scalar(key);
        return switch (scalar.text()) {
            case "true", "True", "TRUE", "y", "Y", "yes", "Yes", "YES", "on", "On", "ON" -> true;
            case "false", "False", "FALSE", "n", "N", "no", "No", "NO", "off", "Off", "OFF" -> false;
            default -> throw wrong("Can't decode YAML scalar value", scalar);
        };
    }

    /** The scalars of a list. */
    List<Node.Scalar> scalars(String key) throws LoadException {
        Optional<Node> value = value(key);
        if (value.isEmpty()) {
            throw wrong("Item has no mapping for key '" + key + "'", node);
        }
        if (!(value.get() instanceof Node.Sequence sequence)) {
            throw wrong("Value is not a sequence", value.get());
        }
        List<Node.Scalar> scalars = new ArrayList<>(sequence.elements().size());
        for (Node element : sequence.elements()) {
            if (!(element instanceof Node.Scalar scalar) || element.isNull()) {
                throw wrong("sequence value is not scalar", element);
            }
            scalars.add(scalar);
        }
        return scalars;
    }
}
