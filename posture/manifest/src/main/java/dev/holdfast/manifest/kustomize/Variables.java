package dev.holdfast.manifest.kustomize;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code $(NAME)} in commands, arguments, environments and some other fields, with the value of a field of an object (deprecated). */
final class Variables {
    private static final Pattern INDEXED = Pattern.compile("([^\\[\\]]*)\\[([0-9]{1,6})]");
    private static final Pattern USE = Pattern.compile("\\$\\(([A-Za-z0-9_.-]+)\\)");

    private final List<Resource> resources;
    private final Map<String, String> values = new HashMap<>();

    Variables(List<Resource> resources, List<Draft.Fields> variables) {
        this.resources = resources;
        for (Draft.Fields variable : variables) {
            value(variable);
        }
    }

    private void value(Draft.Fields variable) {
        Draft.Fields wanted = variable.copy().fields("objref");
        String path = variable.text("fieldref", "fieldpath");
        String[] parts = (path.isEmpty() ? "metadata.name" : path).split("\\.", -1);
        resources.stream()
                .filter(resource ->
                        resource.kind().equals(wanted.text("kind")) && resource.wasNamed(wanted.text("name")))
                .findFirst()
                .ifPresent(resource -> values.put(variable.text("name"), text(resource.fields, parts)));
    }

    /** The text at a path such as {@code spec}, {@code ports[0]}, {@code port}. */
    private static String text(Draft root, String[] parts) {
        Draft at = root;
        for (String part : parts) {
            Matcher indexed = INDEXED.matcher(part);
            Draft next = at instanceof Draft.Fields fields
                    ? fields.members().get(indexed.matches() ? indexed.group(1) : part)
                    : null;
            if (indexed.matches() && next instanceof Draft.Items items) {
                int index = Integer.parseInt(indexed.group(2));
                next = index < items.elements().size() ? items.elements().get(index) : null;
            }
            if (next == null) {
                return "";
            }
            at = next;
        }
        return at instanceof Draft.Word word && !word.isNull() ? word.text() : "";
    }

    void resolve() {
        if (!values.isEmpty()) {
            resources.forEach(resource -> walk(resource.fields));
        }
    }

    private void walk(Draft draft) {
        switch (draft) {
            case Draft.Fields fields -> fields.members().replaceAll((key, value) -> resolved(value));
            case Draft.Items items -> items.elements().replaceAll(this::resolved);
            case Draft.Word _ -> {}
        }
    }

    private Draft resolved(Draft value) {
        if (value instanceof Draft.Word word && word.text().contains("$(")) {
            Matcher uses = USE.matcher(word.text());
            String text =
                    uses.replaceAll(use -> Matcher.quoteReplacement(values.getOrDefault(use.group(1), use.group())));
            return new Draft.Word(text, word.kind(), word.isPlain(), word.place());
        }
        walk(value);
        return value;
    }
}
