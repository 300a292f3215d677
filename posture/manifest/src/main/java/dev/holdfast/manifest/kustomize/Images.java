package dev.holdfast.manifest.kustomize;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names, tags and digests of images: in every {@code containers} and {@code initContainers}, custom kinds included. */
final class Images {
    private static final Set<String> LISTS = Set.of("containers", "initContainers");

    private final Pattern pattern;
    private final Draft.Fields wanted;

    private Images(Draft.Fields wanted) {
        this.wanted = wanted;
        this.pattern = Pattern.compile(
                "^" + Pattern.quote(wanted.text("name")) + "(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$");
    }

    static void apply(List<Resource> resources, Draft.Fields wanted, Configuration configuration) {
        Images images = new Images(wanted);
        for (Resource resource : resources) {
            for (Configuration.Field field : configuration.of(resource, Configuration.Use.IMAGES)) {
                FieldPath.visit(resource.fields, field.path(), field.creates(), images::image);
            }
            if (!resource.kind().equals("CustomResourceDefinition")) {
                images.walk(resource.fields);
            }
        }
    }

    private void walk(Draft draft) {
        switch (draft) {
            case Draft.Fields fields ->
                fields.members().forEach((key, value) -> {
                    if (LISTS.contains(key) && value instanceof Draft.Items items) {
                        items.elements().forEach(this::container);
                    }
                    walk(value);
                });
            case Draft.Items items -> items.elements().forEach(this::walk);
            case Draft.Word _ -> {}
        }
    }

    private void container(Draft container) {
        if (container instanceof Draft.Fields fields && fields.get("image").isPresent()) {
            image(fields, "image");
        }
    }

    private void image(Draft.Fields holder, String key) {
        Matcher matcher = pattern.matcher(holder.text(key));
        if (matcher.matches()) {
            holder.put(key, renamed(part(matcher, 1), part(matcher, 2)));
        }
    }

    private static String part(Matcher matcher, int group) {
        String part = matcher.group(group);
        return part == null ? "" : part;
    }

    private String renamed(String tag, String digest) {
        String name = wanted.text("newName").isEmpty() ? wanted.text("name") : wanted.text("newName");
        String newTag = wanted.text("newTag");
        String newDigest = wanted.text("digest");
        if (!newTag.isEmpty() || !newDigest.isEmpty()) {
            return name + (newTag.isEmpty() ? "" : ":" + newTag) + (newDigest.isEmpty() ? "" : "@" + newDigest);
        }
        return name + tag + wanted.text("tagSuffix") + digest;
    }
}
