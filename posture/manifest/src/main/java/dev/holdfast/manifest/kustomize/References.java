package dev.holdfast.manifest.kustomize;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Lets references follow the names of what they refer to: a field that holds a name which an object of the right kind had at any level gets
 * the name that it has in the end. Where several had it, those of the same levels and namespace as the referrer count.
 */
final class References {
    private final List<Resource> resources;
    private final List<Configuration.Reference> references;

    References(List<Resource> resources, Configuration configuration) {
        this.resources = resources;
        this.references = new ArrayList<>(UsualReferences.ALL);
        this.references.addAll(configuration.references());
    }

    void follow() {
        for (Resource referrer : resources) {
            for (Configuration.Reference reference : references) {
                if (reference.field().isOf(referrer)) {
                    named(referrer, reference);
                }
            }
            switch (referrer.kind()) {
                case "RoleBinding", "ClusterRoleBinding" -> binding(referrer);
                case "ValidatingWebhookConfiguration", "MutatingWebhookConfiguration" -> webhooks(referrer);
                default -> {}
            }
        }
    }

    private void binding(Resource binding) {
        String kind = binding.fields.text("roleRef", "kind");
        named(
                binding,
                new Configuration.Reference(
                        kind, "", new Configuration.Field("", "", binding.kind(), "roleRef/name", false)));
        for (Draft.Fields subject : Build.items(binding.fields, "subjects")) {
            if (subject.text("kind").equals("ServiceAccount")) {
                placed(binding, subject, "ServiceAccount");
            }
        }
    }

    private void webhooks(Resource configuration) {
        for (Draft.Fields webhook : Build.items(configuration.fields, "webhooks")) {
            if (webhook.members().get("clientConfig") instanceof Draft.Fields client
                    && client.members().get("service") instanceof Draft.Fields service) {
                placed(configuration, service, "Service");
            }
        }
    }

    /** A map with the name and the namespace of what it means. */
    private void placed(Resource referrer, Draft.Fields map, String kind) {
        String namespace = map.text("namespace");
        List<Resource> found =
                candidates(referrer, kind, "", candidate -> candidate.wasNamed(map.text("name"), namespace));
        if (found.size() == 1) {
            map.put("name", found.getFirst().name());
            if (!found.getFirst().namespace().isEmpty()) {
                map.put("namespace", found.getFirst().namespace());
            }
        }
    }

    private void named(Resource referrer, Configuration.Reference reference) {
        FieldPath.visit(referrer.fields, reference.field().path(), false, (map, key) -> {
            if (map.members().get(key) instanceof Draft.Items items) {
                items.elements()
                        .replaceAll(element -> element instanceof Draft.Word word
                                ? renamed(referrer, reference, word.text())
                                        .<Draft>map(
                                                name -> new Draft.Word(name, word.kind(), word.isPlain(), word.place()))
                                        .orElse(word)
                                : element);
            } else {
                renamed(referrer, reference, map.text(key)).ifPresent(name -> map.put(key, name));
            }
        });
    }

    private Optional<String> renamed(Resource referrer, Configuration.Reference reference, String name) {
        List<Resource> found = candidates(
                referrer, reference.target(), reference.targetGroup(), candidate -> candidate.wasNamed(name));
        return !name.isEmpty() && found.size() == 1 && !found.getFirst().name().equals(name)
                ? Optional.of(found.getFirst().name())
                : Optional.empty();
    }

    private List<Resource> candidates(Resource referrer, String kind, String group, Predicate<Resource> isNamed) {
        List<Resource> found = new ArrayList<>();
        for (Resource resource : resources) {
            boolean isKind = resource.kind().equals(kind)
                    && (group.isEmpty() || resource.group().equals(group));
            if (isKind && isNamed.test(resource)) {
                found.add(resource);
            }
        }
        narrow(found, candidate -> sharesLevels(candidate, referrer));
        narrow(
                found,
                candidate -> candidate.isClusterWide()
                        || Resource.effective(candidate.namespace()).equals(Resource.effective(referrer.namespace())));
        return found;
    }

    /** Keeps those that the test passes, where it tells some from others. */
    private static void narrow(List<Resource> found, Predicate<Resource> test) {
        if (found.size() > 1 && found.stream().anyMatch(test)) {
            found.removeIf(test.negate());
        }
    }

    private static boolean sharesLevels(Resource candidate, Resource referrer) {
        return candidate.affixes.equals(referrer.affixes);
    }
}
