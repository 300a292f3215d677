package dev.holdfast.check;

import dev.holdfast.core.Limits;
import dev.holdfast.manifest.SourceFile;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Schema;
import dev.holdfast.manifest.tree.YamlReader;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which files of a target a kustomization names as patches: they look like objects and are only parts of some. */
final class Patches {
    private final Set<String> paths = new HashSet<>();

    private Patches() {}

    static Patches of(List<SourceFile> sources, Limits limits) {
        Patches patches = new Patches();
        for (SourceFile source : sources) {
            String name = source.name().toLowerCase(Locale.ROOT);
            if (name.equals("kustomization.yaml") || name.equals("kustomization.yml") || name.equals("kustomization")) {
                for (Document document : new YamlReader(Schema.KUBERNETES, limits).read(source.text())) {
                    if (document instanceof Document.Read read) {
                        patches.add(source.folder(), read.root());
                    }
                }
            }
        }
        return patches;
    }

    private void add(String folder, Node root) {
        for (Node file : root.get("patchesStrategicMerge").map(Node::elements).orElse(List.of())) {
            file.textAt().ifPresent(path -> add(folder, path));
        }
        for (String list : List.of("patches", "patchesJson6902")) {
            for (Node patch : root.get(list).map(Node::elements).orElse(List.of())) {
                patch.textAt("path").ifPresent(path -> add(folder, path));
            }
        }
    }

    private void add(String folder, String path) {
        boolean isInline = path.indexOf('\n') >= 0 || path.indexOf('\0') >= 0;
        if (!isInline) {
            paths.add(Path.of(folder, path).normalize().toString());
        }
    }

    boolean contain(String path) {
        return paths.contains(path);
    }
}
