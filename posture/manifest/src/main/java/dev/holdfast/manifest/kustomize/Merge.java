package dev.holdfast.manifest.kustomize;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Strategic merge: maps are merged key by key, null takes a key away, and lists of the server's own kinds whose elements have a key of their
 * own are merged by it; what the patch names then stands in front, in its order. All other lists, and every list of a custom kind, are replaced. The directives
 * {@code $patch: delete}, {@code replace} and {@code merge} are obeyed, in maps and as an element of a list.
 */
final class Merge {
    private static final Map<String, List<String>> KEYS = Map.ofEntries(
            Map.entry("containers", List.of("name")),
            Map.entry("initContainers", List.of("name")),
            Map.entry("ephemeralContainers", List.of("name")),
            Map.entry("env", List.of("name")),
            Map.entry("volumes", List.of("name")),
            Map.entry("imagePullSecrets", List.of("name")),
            Map.entry("secrets", List.of("name")),
            Map.entry("webhooks", List.of("name")),
            Map.entry("resourceClaims", List.of("name")),
            Map.entry("schedulingGates", List.of("name")),
            Map.entry("volumeMounts", List.of("mountPath")),
            Map.entry("volumeDevices", List.of("devicePath")),
            Map.entry("ports", List.of("containerPort", "port")),
            Map.entry("hostAliases", List.of("ip")),
            Map.entry("topologySpreadConstraints", List.of("topologyKey")),
            Map.entry("ownerReferences", List.of("uid")),
            Map.entry("conditions", List.of("type")));

    private static final String DIRECTIVE = "$patch";

    /** What a port has besides its number; one that does not say it has TCP. */
    private static final String PROTOCOL = "protocol";

    /** Lists of texts that are added to. */
    private static final Set<String> GROWN = Set.of("finalizers");

    private final boolean isBuiltIn;

    private Merge(boolean isBuiltIn) {
        this.isBuiltIn = isBuiltIn;
    }

    /** Groups of the server's own kinds, of whose lists the keys are known. */
    private static final Set<String> GROUPS = Set.of("", "apps", "batch", "autoscaling", "policy", "extensions");

    /** Merges a patch into an object; false when the patch takes the object away. */
    static boolean into(Resource target, Draft.Fields patch) {
        if (patch.text(DIRECTIVE).equals("delete")) {
            return false;
        }
        boolean isBuiltIn = GROUPS.contains(target.group()) || target.group().endsWith(".k8s.io");
        new Merge(isBuiltIn).fields(target.fields, patch);
        return true;
    }

    private void fields(Draft.Fields target, Draft.Fields patch) {
        if (patch.text(DIRECTIVE).equals("replace")) {
            target.members().clear();
        }
        patch.members().forEach((key, value) -> {
            if (!key.startsWith("$")) {
                member(target, key, value);
            }
        });
    }

    private void member(Draft.Fields target, String key, Draft value) {
        Draft known = target.members().get(key);
        if (value.isNull()
                || value instanceof Draft.Fields fields
                        && fields.text(DIRECTIVE).equals("delete")) {
            target.members().remove(key);
        } else if (known instanceof Draft.Fields map && value instanceof Draft.Fields patch) {
            fields(map, patch);
        } else if (known instanceof Draft.Items list && value instanceof Draft.Items patch) {
            list(list, patch, key);
        } else {
            target.members().put(key, clean(Draft.at(value, target.place())));
        }
    }

    private void list(Draft.Items target, Draft.Items patch, String field) {
        if (GROWN.contains(field)) {
            List<Draft> known = target.elements().stream()
                    .filter(element -> patch.elements().stream().noneMatch(other -> isSame(element, other)))
                    .toList();
            target.elements().clear();
            patch.elements().forEach(element -> target.elements().add(Draft.at(element, target.place())));
            target.elements().addAll(known);
            return;
        }
        Optional<String> key = isBuiltIn ? key(field, patch, target) : Optional.empty();
        boolean isReplaced = patch.elements().stream()
                .anyMatch(element -> element instanceof Draft.Fields map
                        && map.text(DIRECTIVE).equals("replace"));
        if (key.isEmpty() || isReplaced) {
            Draft.Items moved = (Draft.Items) clean(Draft.at(patch, target.place()));
            target.elements().clear();
            moved.elements().stream().filter(element -> !isDirective(element)).forEach(target.elements()::add);
            return;
        }
        List<Draft> merged = new ArrayList<>();
        for (Draft element : patch.elements()) {
            if (element instanceof Draft.Fields map) {
                element(target, map, key.get()).ifPresent(merged::add);
            }
        }
        target.elements().addAll(0, merged);
    }

    /** What becomes of an element of a patch; the one that it is merged into is taken out of the list. */
    private Optional<Draft> element(Draft.Items target, Draft.Fields patch, String key) {
        boolean isDeleted = patch.text(DIRECTIVE).equals("delete");
        for (int i = 0; i < target.elements().size(); i++) {
            if (target.elements().get(i) instanceof Draft.Fields known
                    && known.text(key).equals(patch.text(key))
                    && protocol(known, key).equals(protocol(patch, key))) {
                target.elements().remove(i);
                if (!isDeleted) {
                    fields(known, patch);
                }
                return isDeleted ? Optional.empty() : Optional.of(known);
            }
        }
        return isDeleted ? Optional.empty() : Optional.of(clean(Draft.at(patch, target.place())));
    }

    private static boolean isSame(Draft element, Draft other) {
        return element instanceof Draft.Word word
                && other instanceof Draft.Word known
                && word.text().equals(known.text());
    }

    private static String protocol(Draft.Fields element, String key) {
        boolean isPort = key.equals("containerPort") || key.equals("port");
        return !isPort ? "" : element.text(PROTOCOL).isEmpty() ? "TCP" : element.text(PROTOCOL);
    }

    private static boolean isDirective(Draft element) {
        return element instanceof Draft.Fields map && map.members().isEmpty();
    }

    private static Optional<String> key(String field, Draft.Items patch, Draft.Items target) {
        return KEYS.getOrDefault(field, List.of()).stream()
                .filter(key -> hasKey(patch, key) || hasKey(target, key))
                .findFirst();
    }

    private static boolean hasKey(Draft.Items items, String key) {
        return items.elements().stream()
                .anyMatch(element ->
                        element instanceof Draft.Fields map && map.get(key).isPresent());
    }

    /** Without directives and nulls, which say what to do and are not part of what is made. */
    private static Draft clean(Draft value) {
        switch (value) {
            case Draft.Fields map -> {
                map.members()
                        .entrySet()
                        .removeIf(entry -> entry.getKey().startsWith("$")
                                || entry.getValue().isNull());
                map.members().values().forEach(Merge::clean);
            }
            case Draft.Items items -> items.elements().forEach(Merge::clean);
            case Draft.Word _ -> {}
        }
        return value;
    }
}
