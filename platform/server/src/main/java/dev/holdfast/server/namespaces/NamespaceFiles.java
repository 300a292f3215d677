package dev.holdfast.server.namespaces;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Schema;
import dev.holdfast.manifest.tree.YamlReader;
import dev.holdfast.server.admission.Namespaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Namespaces as a file of manifests has them; a namespace that is not in it is unknown. */
public final class NamespaceFiles implements Namespaces {
    private static final long MOST_BYTES = 64L << 20;

    private final Map<String, Map<String, Object>> known;

    private NamespaceFiles(Map<String, Map<String, Object>> known) {
        this.known = known;
    }

    /** @param file YAML documents or a JSON list, as {@code kubectl get namespaces -o yaml} prints them */
    public static NamespaceFiles read(Path file, Limits limits) throws InputException, IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new InputException(InputException.Code.LIMIT, file + ": larger than 64 MiB, no file of namespaces");
        }
        Map<String, Map<String, Object>> known = new LinkedHashMap<>();
        for (Document document : new YamlReader(Schema.CORE, limits).read(Files.readString(file))) {
            switch (document) {
                case Document.Read(Node root, int _) -> {
                    for (Node node : root.get("items").map(Node::elements).orElse(List.of(root))) {
                        NamespaceObjects.of(node).ifPresent(entry -> known.put(entry.getKey(), entry.getValue()));
                    }
                }
                case Document.Broken(int line, int column, String problem) ->
                    throw new InputException(
                            InputException.Code.MALFORMED, file + ":" + line + ":" + column + ": " + problem);
            }
        }
        return new NamespaceFiles(known);
    }

    @Override
    public Answer find(String name) {
        Map<String, Object> object = known.get(name);
        return object == null
                ? new Answer.Unknown("the namespace " + name + " is not in the file of namespaces")
                : new Answer.Known(object);
    }
}
