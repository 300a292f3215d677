package dev.holdfast.rules.load;

import dev.holdfast.manifest.tree.Node;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Which keys of an item are appended to, or replace, those of an earlier one. */
record Overrides(Set<String> appended, Set<String> replaced) {
    /** Reads the {@code override} of an item; empty when it has none. */
    static Overrides read(Item item, Set<String> appendable, Set<String> replaceable) throws LoadException {
        Set<String> appended = new LinkedHashSet<>();
        Set<String> replaced = new LinkedHashSet<>();
        Optional<Node> value = item.value("override").filter(node -> !node.isNull());
        if (value.isEmpty()) {
            return new Overrides(appended, replaced);
        }
        if (!(value.get() instanceof Node.Mapping mapping)) {
            throw item.wrong("Value of override must be a mapping of keys to append or replace", value.get());
        }
        for (Node.Entry entry : mapping.entries()) {
            String key = entry.key().text();
            String operation = entry.value() instanceof Node.Scalar scalar ? scalar.text() : "";
            switch (operation) {
                case "append" -> {
                    if (!appendable.contains(key)) {
                        throw item.wrong("Key '" + key + "' cannot be appended to, use 'replace' instead", entry.key());
                    }
                    appended.add(key);
                }
                case "replace" -> {
                    if (!replaceable.contains(key)) {
                        throw item.wrong("Key '" + key + "' cannot be replaced", entry.key());
                    }
                    replaced.add(key);
                }
                default ->
                    throw item.wrong(
                            "Invalid override operation for key '" + key + "': '" + operation
                                    + "'. Allowed values are: " + (appendable.contains(key) ? "append " : "")
                                    + (replaceable.contains(key) ? "replace " : ""),
                            entry.value());
            }
        }
        return new Overrides(appended, replaced);
    }

    boolean appends(String key) {
        return appended.contains(key);
    }

    boolean isEmpty() {
        return appended.isEmpty() && replaced.isEmpty();
    }
}
