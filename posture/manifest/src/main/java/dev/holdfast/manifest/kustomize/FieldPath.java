package dev.holdfast.manifest.kustomize;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Finds fields by paths such as {@code spec/template/metadata/labels}; lists on the way are entered at each element, also where {@code []}
 * says that there is one. A slash after a backslash is part of a name.
 */
final class FieldPath {
    private FieldPath() {}

    /** Hands the map that holds the last field, and its name, to the visitor. With {@code creates}, missing maps are made. */
    static void visit(Draft root, String path, boolean creates, BiConsumer<Draft.Fields, String> visitor) {
        walk(root, slashed(path), creates, visitor);
    }

    private static List<String> slashed(String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.replace("\\/", "\0").split("/", -1)) {
            String name = part.endsWith("[]") ? part.substring(0, part.length() - 2) : part;
            parts.add(name.replace('\0', '/'));
        }
        return parts;
    }

    private static void walk(Draft at, List<String> path, boolean creates, BiConsumer<Draft.Fields, String> visitor) {
        switch (at) {
            case Draft.Items items -> items.elements().forEach(element -> walk(element, path, creates, visitor));
            case Draft.Fields fields -> {
                String key = path.getFirst();
                if (path.size() == 1) {
                    if (creates || fields.get(key).isPresent()) {
                        visitor.accept(fields, key);
                    }
                } else {
                    fields.get(key)
                            .filter(value -> !value.isNull())
                            .or(() -> creates ? Optional.of(fields.fields(key)) : Optional.empty())
                            .ifPresent(value -> walk(value, path.subList(1, path.size()), creates, visitor));
                }
            }
            case Draft.Word _ -> {}
        }
    }

    /**
     * The parts of a path with dots, as replacements write it: {@code spec.containers.[name=app].env.0}; a dot inside of brackets or after a
     * backslash is none.
     */
    static List<String> dotted(String path) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        int brackets = 0;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '\\' && i + 1 < path.length() && path.charAt(i + 1) == '.') {
                part.append('.');
                i++;
            } else if (c == '.' && brackets == 0) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                brackets += c == '[' ? 1 : c == ']' ? -1 : 0;
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts;
    }
}
