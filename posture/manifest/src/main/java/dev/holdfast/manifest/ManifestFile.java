package dev.holdfast.manifest;

import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * A file that is known to be one of ours.
 *
 * @param source its text
 * @param kind what it is
 * @param documents what was read of it where it is YAML or JSON, broken documents included; else none
 */
public record ManifestFile(SourceFile source, InputKind kind, List<Document> documents) {
    public ManifestFile {
        documents = List.copyOf(documents);
    }

    public String path() {
        return source.path();
    }

    /** The documents that could be read. */
    public List<Node> roots() {
        List<Node> roots = new ArrayList<>();
        for (Document document : documents) {
            if (document instanceof Document.Read read) {
                roots.add(read.root());
            }
        }
        return roots;
    }
}
