package dev.holdfast.check.kubernetes;

import dev.holdfast.manifest.ManifestFile;
import dev.holdfast.manifest.kubernetes.KubernetesObject;
import dev.holdfast.manifest.tree.Node;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The limits and requests that LimitRanges give to containers which have none of their own. As the server completes them: a largest value
 * is the limit where no default is written, a limit is the request, and a smallest value is the request where there is neither.
 */
final class LimitDefaults {
    /** By namespace, as it is written: one that neither writes is the same for both. */
    private final Map<String, Set<String>> given = new HashMap<>();

    void read(List<ManifestFile> files) {
        for (ManifestFile file : files) {
            for (KubernetesObject object : KubernetesObject.of(file)) {
                if (object.kind().equals("LimitRange") && object.group().isEmpty()) {
                    read(object);
                }
            }
        }
    }

    private void read(KubernetesObject range) {
        Set<String> names = given.computeIfAbsent(range.namespace().orElse(""), _ -> new HashSet<>());
        for (Node item : range.root().at("spec", "limits").map(Node::elements).orElse(List.of())) {
            if (item.textAt("type").filter("Container"::equals).isPresent()) {
                for (String field : List.of("default", "max")) {
                    add(names, item.get(field), "limits", "requests");
                }
                for (String field : List.of("defaultRequest", "min")) {
                    add(names, item.get(field), "requests");
                }
            }
        }
    }

    private static void add(Set<String> names, Optional<Node> values, String... lists) {
        for (Node.Entry entry : values.map(Node::entries).orElse(List.of())) {
            if (!entry.value().isNull()) {
                for (String list : lists) {
                    names.add(list + "/" + entry.key().text());
                }
            }
        }
    }

    /**
     * Whether containers of a namespace get something that they do not write.
     *
     * @param list {@code limits} or {@code requests}
     */
    boolean give(Optional<String> namespace, String list, String resource) {
        return given.getOrDefault(namespace.orElse(""), Set.of()).contains(list + "/" + resource);
    }
}
