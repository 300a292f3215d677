package dev.holdfast.manifest.compose;

import dev.holdfast.manifest.tree.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A name with a value, as {@code environment}, {@code args}, {@code labels} and {@code sysctls} hold them.
 *
 * @param value empty when it is taken from outside
 * @param node where the value is written
 */
public record Variable(String name, Optional<String> value, Node node) {
    /** All of a map, or of a list of {@code name=value}. */
    public static List<Variable> of(Node node) {
        List<Variable> all = new ArrayList<>();
        for (Node.Entry entry : node.entries()) {
            Optional<String> value = entry.value().textAt();
            all.add(new Variable(entry.key().text(), value, entry.value().isNull() ? entry.key() : entry.value()));
        }
        for (Node element : node.elements()) {
            String text = element.textAt().orElse("");
            int equals = text.indexOf('=');
            Optional<String> value = equals < 0 ? Optional.empty() : Optional.of(text.substring(equals + 1));
            all.add(new Variable(equals < 0 ? text : text.substring(0, equals), value, element));
        }
        return all;
    }
}
