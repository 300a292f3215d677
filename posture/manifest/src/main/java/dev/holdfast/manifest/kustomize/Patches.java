package dev.holdfast.manifest.kustomize;

import dev.holdfast.core.InputException;
import dev.holdfast.core.text.BoundedText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Applies patches: strategic merges to the object that they name or to those that a target chooses, JSON patches to the latter. */
final class Patches {
    /** At characters in one match: patterns here may go back, where those of Kustomize never do. */
    private static final long MOST_LOOKS = 1_000_000;

    private final Reading reading;
    private final Path folder;
    private final List<Resource> resources;

    Patches(Reading reading, Path folder, List<Resource> resources) {
        this.reading = reading;
        this.folder = folder;
        this.resources = resources;
    }

    /** One of {@code patchesStrategicMerge}: a file, or the patch itself. */
    void merging(String given) throws InputException, IOException {
        for (Draft.Fields patch : reading.objects(given.contains("\n") ? given : text(given), given)) {
            mergeByName(patch);
        }
    }

    private String text(String file) throws InputException, IOException {
        return new String(reading.bytes(folder, file), StandardCharsets.UTF_8);
    }

    /** One of {@code patches}, or of {@code patchesJson6902}. */
    void apply(Draft.Fields entry) throws InputException, IOException {
        String path = entry.text("path");
        String text = path.isEmpty() ? entry.text("patch") : text(path);
        List<Draft> documents = reading.documents(text, path.isEmpty() ? "patch" : path);
        boolean hasTarget = entry.members().get("target") instanceof Draft.Fields;
        for (Draft document : documents) {
            switch (document) {
                case Draft.Items operations -> {
                    for (Resource resource : List.copyOf(resources)) {
                        if (isTarget(resource, entry)) {
                            JsonPatch.apply(resource.fields, operations);
                            resource.remember();
                        }
                    }
                }
                case Draft.Fields patch -> {
                    if (hasTarget) {
                        mergeByTarget(patch, entry);
                    } else {
                        mergeByName(patch);
                    }
                }
                case Draft.Word _ ->
                    throw new InputException(
                            InputException.Code.MALFORMED, "unable to parse SM or JSON patch from [" + text + "]");
            }
        }
    }

    private void mergeByName(Draft.Fields patch) throws InputException {
        String name = patch.text("metadata", "name");
        String namespace = patch.text("metadata", "namespace");
        for (Resource resource : resources) {
            boolean isMeant = resource.kind().equals(patch.text("kind"))
                    && resource.apiVersion().equals(patch.text("apiVersion"))
                    && resource.wasNamed(name, namespace);
            if (isMeant) {
                merge(resource, patch);
                return;
            }
        }
        throw new InputException(
                InputException.Code.MALFORMED,
                "no resource matches strategic merge patch \"" + patch.text("kind") + "/" + name
                        + "\": no matches for it");
    }

    private void mergeByTarget(Draft.Fields patch, Draft.Fields entry) throws InputException {
        for (Resource resource : List.copyOf(resources)) {
            if (isTarget(resource, entry)) {
                merge(resource, patch);
                if (allows(entry, "allowKindChange") && !patch.text("kind").isEmpty()) {
                    resource.fields.put("kind", patch.text("kind"));
                    resource.fields.put("apiVersion", patch.text("apiVersion"));
                }
                if (allows(entry, "allowNameChange")
                        && !patch.text("metadata", "name").isEmpty()) {
                    resource.rename(patch.text("metadata", "name"));
                }
            }
        }
    }

    private static boolean allows(Draft.Fields entry, String option) {
        return entry.text("options", option).equals("true");
    }

    /** A patch changes neither the kind nor the name of what it is applied to, unless its options say so. */
    private void merge(Resource resource, Draft.Fields patch) {
        Draft.Fields changes = patch.copy();
        changes.members().remove("apiVersion");
        changes.members().remove("kind");
        if (changes.members().get("metadata") instanceof Draft.Fields metadata) {
            metadata.members().remove("name");
            metadata.members().remove("namespace");
        }
        if (!Merge.into(resource, changes)) {
            resources.remove(resource);
        }
    }

    private static boolean isTarget(Resource resource, Draft.Fields entry) throws InputException {
        return entry.members().get("target") instanceof Draft.Fields target && chooses(target, resource);
    }

    private static boolean chooses(Draft.Fields target, Resource resource) throws InputException {
        boolean isKind = matches(target.text("group"), resource.group())
                && matches(target.text("version"), resource.version())
                && matches(target.text("kind"), resource.kind());
        if (!isKind) {
            return false;
        }
        boolean isNamed = false;
        for (Resource.Named named : resource.names) {
            isNamed |=
                    matches(target.text("name"), named.name()) && matches(target.text("namespace"), named.namespace());
        }
        return isNamed
                && hasAll(target.text("labelSelector"), resource, "labels")
                && hasAll(target.text("annotationSelector"), resource, "annotations");
    }

    private static boolean matches(String pattern, String value) throws InputException {
        try {
            return pattern.isEmpty()
                    || Pattern.compile("^(?:" + pattern + ")$")
                            .matcher(new BoundedText(value, MOST_LOOKS))
                            .matches();
        } catch (PatternSyntaxException | StackOverflowError wrong) {
            throw new InputException(InputException.Code.MALFORMED, "the target \"" + pattern + "\" is no pattern");
        } catch (BoundedText.Exhausted endless) {
            throw new InputException(
                    InputException.Code.LIMIT, "the target \"" + pattern + "\" takes too long to match");
        }
    }

    /** Requirements with commas: {@code a=b}, {@code a!=b}, {@code a}, {@code !a}. */
    private static boolean hasAll(String selector, Resource resource, String field) {
        for (String requirement : selector.isEmpty() ? new String[0] : selector.split(",", -1)) {
            String each = requirement.strip();
            int equals = each.indexOf('=');
            boolean isNegated = each.startsWith("!") || equals > 0 && each.charAt(equals - 1) == '!';
            String key = (equals < 0 ? each : each.substring(0, isNegated ? equals - 1 : equals))
                    .replace("!", "")
                    .strip();
            String value = each.substring(each.lastIndexOf('=') + 1).strip();
            boolean isThere = resource.fields.fields("metadata").get(field).isPresent()
                    && resource.fields.fields("metadata").fields(field).get(key).isPresent();
            boolean isMet = isThere
                    && (equals < 0
                            || resource.fields.text("metadata", field, key).equals(value));
            if (isMet == isNegated) {
                return false;
            }
        }
        return true;
    }
}
