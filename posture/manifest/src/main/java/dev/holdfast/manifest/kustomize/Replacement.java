package dev.holdfast.manifest.kustomize;

import dev.holdfast.core.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Copies a value of one object into fields of others. */
final class Replacement {
    private final Reading reading;
    private final Path folder;
    private final List<Resource> resources;

    Replacement(Reading reading, Path folder, List<Resource> resources) {
        this.reading = reading;
        this.folder = folder;
        this.resources = resources;
    }

    /** One entry, written here or in a file of its own. */
    void apply(Draft.Fields entry) throws InputException, IOException {
        String path = entry.text("path");
        if (path.isEmpty()) {
            one(entry);
            return;
        }
        for (Draft document :
                reading.documents(new String(reading.bytes(folder, path), StandardCharsets.UTF_8), path)) {
            List<Draft> all = document instanceof Draft.Items items ? items.elements() : List.of(document);
            for (Draft each : all) {
                if (each instanceof Draft.Fields fields) {
                    one(fields);
                }
            }
        }
    }

    private void one(Draft.Fields entry) throws InputException {
        Draft value = source(entry);
        for (Draft.Fields target : Build.items(entry, "targets")) {
            Draft.Fields select = target.copy().fields("select");
            for (Resource resource : resources) {
                if (isChosen(select, resource)
                        && Build.items(target, "reject").stream().noneMatch(no -> isChosen(no, resource))) {
                    for (String field : Build.texts(target, "fieldPaths")) {
                        put(resource, field, target, value);
                    }
                }
            }
        }
    }

    private Draft source(Draft.Fields entry) throws InputException {
        Draft.Fields source = entry.copy().fields("source");
        List<Resource> found = resources.stream()
                .filter(resource -> isChosen(source, resource))
                .toList();
        if (found.size() != 1) {
            throw new InputException(
                    InputException.Code.MALFORMED,
                    found.isEmpty()
                            ? "nothing selected by a replacement's source"
                            : "multiple matches for a replacement's source");
        }
        String path = source.text("fieldPath").isEmpty() ? "metadata.name" : source.text("fieldPath");
        List<Slot> slots = new ArrayList<>();
        find(found.getFirst().fields, FieldPath.dotted(path), false, slots);
        if (slots.isEmpty()) {
            throw new InputException(
                    InputException.Code.MALFORMED,
                    "fieldPath `" + path + "` is missing for replacement source "
                            + found.getFirst().id());
        }
        Draft value = slots.getFirst().get();
        String delimiter = source.text("options", "delimiter");
        if (delimiter.isEmpty() || !(value instanceof Draft.Word word)) {
            return value;
        }
        String[] parts = word.text().split(Pattern.quote(delimiter), -1);
        int index = number(source.text("options", "index"));
        if (index < 0 || index >= parts.length) {
            throw new InputException(
                    InputException.Code.MALFORMED,
                    "options.index " + index + " is out of bounds for value " + word.text());
        }
        return new Draft.Word(parts[index], word.kind(), word.isPlain(), word.place());
    }

    private static int number(String text) {
        return text.matches("-?[0-9]{1,6}") ? Integer.parseInt(text) : 0;
    }

    private static boolean isChosen(Draft.Fields select, Resource resource) {
        String name = select.text("name");
        String namespace = select.text("namespace");
        return is(select.text("group"), resource.group())
                && is(select.text("version"), resource.version())
                && is(select.text("kind"), resource.kind())
                && resource.names.stream()
                        .anyMatch(known -> is(name, known.name()) && is(namespace, known.namespace()));
    }

    private static boolean is(String wanted, String value) {
        return wanted.isEmpty() || wanted.equals(value);
    }

    private static void put(Resource resource, String field, Draft.Fields target, Draft value) throws InputException {
        List<Slot> slots = new ArrayList<>();
        boolean creates = target.text("options", "create").equals("true");
        find(resource.fields, FieldPath.dotted(field), creates, slots);
        if (slots.isEmpty()) {
            throw new InputException(
                    InputException.Code.MALFORMED,
                    "unable to find field \"" + field + "\" in replacement target " + resource.id());
        }
        for (Slot slot : slots) {
            slot.set(value, target.text("options", "delimiter"), number(target.text("options", "index")));
        }
        resource.remember();
    }

    /** A place that holds a value: a key of a map, or a position of a list. */
    private record Slot(Draft holder, String key) {
        Draft get() {
            return switch (holder) {
                case Draft.Fields fields -> fields.get(key).orElse(fields);
                case Draft.Items items -> items.elements().get(Integer.parseInt(key));
                case Draft.Word word -> word;
            };
        }

        void set(Draft value, String delimiter, int index) {
            Draft old = get();
            Draft made = Draft.at(value, holder.place());
            if (made instanceof Draft.Word word) {
                String text = delimiter.isEmpty() || !(old instanceof Draft.Word known)
                        ? word.text()
                        : joined(known.text(), word.text(), delimiter, index);
                boolean isText =
                        old instanceof Draft.Word known && known.kind() == dev.holdfast.manifest.tree.Node.Kind.TEXT;
                made = new Draft.Word(
                        text,
                        isText ? dev.holdfast.manifest.tree.Node.Kind.TEXT : word.kind(),
                        word.isPlain(),
                        word.place());
            }
            switch (holder) {
                case Draft.Fields fields -> fields.members().put(key, made);
                case Draft.Items items -> items.elements().set(Integer.parseInt(key), made);
                case Draft.Word _ -> {}
            }
        }

        private static String joined(String old, String value, String delimiter, int index) {
            List<String> parts = new ArrayList<>(List.of(old.split(Pattern.quote(delimiter), -1)));
            if (index < 0) {
                parts.addFirst(value);
            } else if (index >= parts.size()) {
                parts.add(value);
            } else {
                parts.set(index, value);
            }
            return String.join(delimiter, parts);
        }
    }

    private static void find(Draft at, List<String> path, boolean creates, List<Slot> found) {
        String part = path.getFirst();
        List<String> rest = path.subList(1, path.size());
        switch (at) {
            case Draft.Fields fields -> {
                boolean isThere = fields.get(part).isPresent();
                if (part.equals("*")) {
                    fields.members().keySet().forEach(key -> step(fields, key, rest, creates, found));
                } else if (isThere || creates) {
                    if (!isThere && !rest.isEmpty()) {
                        fields.fields(part);
                    }
                    step(fields, part, rest, creates, found);
                }
            }
            case Draft.Items items -> {
                for (int i = 0; i < items.elements().size(); i++) {
                    if (isMeant(items.elements().get(i), part, i)) {
                        step(items, String.valueOf(i), rest, creates, found);
                    }
                }
            }
            case Draft.Word _ -> {}
        }
    }

    private static void step(Draft holder, String key, List<String> rest, boolean creates, List<Slot> found) {
        Slot slot = new Slot(holder, key);
        if (rest.isEmpty()) {
            found.add(slot);
        } else {
            find(slot.get(), rest, creates, found);
        }
    }

    /** {@code *}, a position, or {@code [key=value]}. */
    private static boolean isMeant(Draft element, String part, int position) {
        if (part.startsWith("[") && part.endsWith("]") && part.contains("=")) {
            int equals = part.indexOf('=');
            return element instanceof Draft.Fields fields
                    && fields.text(part.substring(1, equals)).equals(part.substring(equals + 1, part.length() - 1));
        }
        return part.equals("*") || part.equals(String.valueOf(position));
    }
}
