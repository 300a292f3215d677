package dev.holdfast.manifest.kustomize;

import dev.holdfast.core.InputException;
import java.util.List;
import java.util.Optional;

/** JSON Patch (RFC 6902) on pointers of RFC 6901: add, remove, replace, move, copy and test. */
final class JsonPatch {
    private JsonPatch() {}

    static void apply(Draft.Fields target, Draft.Items operations) throws InputException {
        for (Draft each : operations.elements()) {
            if (!(each instanceof Draft.Fields operation)) {
                throw wrong("an operation is no map");
            }
            String path = operation.text("path");
            switch (operation.text("op")) {
                case "add" -> add(target, path, value(operation, target));
                case "replace" -> replace(target, path, value(operation, target));
                case "remove" -> remove(target, path);
                case "move" -> add(target, path, remove(target, operation.text("from")));
                case "copy" ->
                    add(target, path, get(target, operation.text("from")).copy());
                case "test" -> test(target, path, value(operation, target));
                default -> throw wrong("unknown operation \"" + operation.text("op") + "\"");
            }
        }
    }

    private static InputException wrong(String what) {
        return new InputException(InputException.Code.MALFORMED, "JSON patch: " + what);
    }

    private static Draft value(Draft.Fields operation, Draft target) {
        return operation
                .get("value")
                .map(value -> Draft.at(value, target.place()))
                .orElseGet(() -> new Draft.Word("", dev.holdfast.manifest.tree.Node.Kind.NULL, true, target.place()));
    }

    private static List<String> parts(String path) throws InputException {
        if (!path.startsWith("/")) {
            throw wrong("the path \"" + path + "\" does not begin with /");
        }
        return List.of(path.substring(1).split("/", -1)).stream()
                .map(part -> part.replace("~1", "/").replace("~0", "~"))
                .toList();
    }

    private static Draft parent(Draft root, List<String> parts, String path) throws InputException {
        Draft at = root;
        for (String part : parts.subList(0, parts.size() - 1)) {
            Optional<Draft> next = child(at, part);
            if (next.isEmpty()) {
                throw wrong("the path \"" + path + "\" does not exist");
            }
            at = next.get();
        }
        return at;
    }

    private static Optional<Draft> child(Draft at, String part) {
        return switch (at) {
            case Draft.Fields fields -> fields.get(part);
            case Draft.Items items -> {
                int index = index(part, items.elements().size());
                yield index >= 0 && index < items.elements().size()
                        ? Optional.of(items.elements().get(index))
                        : Optional.empty();
            }
            case Draft.Word _ -> Optional.empty();
        };
    }

    /** A position, counted from the end when it is negative; -1 for none. */
    private static int index(String part, int size) {
        if (!part.matches("-?[0-9]{1,6}")) {
            return -1;
        }
        int index = Integer.parseInt(part);
        return index < 0 ? size + index : index;
    }

    private static Draft get(Draft root, String path) throws InputException {
        List<String> parts = parts(path);
        return child(parent(root, parts, path), parts.getLast())
                .orElseThrow(() -> wrong("the path \"" + path + "\" does not exist"));
    }

    private static void add(Draft root, String path, Draft value) throws InputException {
        List<String> parts = parts(path);
        String last = parts.getLast();
        switch (parent(root, parts, path)) {
            case Draft.Fields fields -> fields.members().put(last, value);
            case Draft.Items items -> {
                int size = items.elements().size();
                int index = last.equals("-") ? size : index(last, size);
                if (index < 0 || index > size) {
                    throw wrong("the path \"" + path + "\" lies outside of the list");
                }
                items.elements().add(index, value);
            }
            case Draft.Word _ -> throw wrong("the path \"" + path + "\" does not exist");
        }
    }

    private static void replace(Draft root, String path, Draft value) throws InputException {
        get(root, path);
        List<String> parts = parts(path);
        switch (parent(root, parts, path)) {
            case Draft.Fields fields -> fields.members().put(parts.getLast(), value);
            case Draft.Items items ->
                items.elements().set(index(parts.getLast(), items.elements().size()), value);
            case Draft.Word _ -> throw wrong("the path \"" + path + "\" does not exist");
        }
    }

    private static Draft remove(Draft root, String path) throws InputException {
        Draft removed = get(root, path);
        List<String> parts = parts(path);
        switch (parent(root, parts, path)) {
            case Draft.Fields fields -> fields.members().remove(parts.getLast());
            case Draft.Items items ->
                items.elements().remove(index(parts.getLast(), items.elements().size()));
            case Draft.Word _ -> throw wrong("the path \"" + path + "\" does not exist");
        }
        return removed;
    }

    private static void test(Draft root, String path, Draft value) throws InputException {
        if (!Draft.at(get(root, path), root.place()).equals(Draft.at(value, root.place()))) {
            throw wrong("the test of \"" + path + "\" failed");
        }
    }
}
