package dev.holdfast.manifest.helm;

import dev.holdfast.manifest.tree.Document;
import java.util.List;

/**
 * What one template became.
 *
 * @param path the template, from the chart's folder
 * @param text what it wrote
 * @param documents the documents of that, each node at its place in the template
 * @param trails what is known of the places of the nodes
 */
public record RenderedFile(String path, String text, List<Document> documents, Trails trails) {
    public RenderedFile {
        documents = List.copyOf(documents);
    }
}
