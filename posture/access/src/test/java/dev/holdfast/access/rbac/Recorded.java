package dev.holdfast.access.rbac;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.core.Limits;
import dev.holdfast.manifest.kubernetes.ListItems;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Schema;
import dev.holdfast.manifest.tree.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The answers of a real API server, where the shared folder is at hand. */
final class Recorded {
    private Recorded() {}

    static Path folder() {
        String shared = System.getProperty("holdfast.shared", "");
        Path folder = Path.of(shared, "fixtures/kube/rbac");
        assumeTrue(
                !shared.isEmpty() && Files.isDirectory(folder),
                "the recorded answers are not at hand (-Dholdfast.shared)");
        return folder;
    }

    static Node json(Path file) throws IOException {
        List<Document> documents = new YamlReader(Schema.CORE, Limits.DEFAULT).read(Files.readString(file));
        if (documents.getFirst() instanceof Document.Read read) {
            return read.root();
        }
        throw new IOException(file + ": " + documents.getFirst());
    }

    static List<Path> scenarios() throws IOException {
        try (Stream<Path> files = Files.list(folder().resolve("scenarios"))) {
            return files.sorted().toList();
        }
    }

    /** The scenario whose file name begins so, with the server's own objects. */
    static Cluster cluster(Path scenario) throws IOException {
        ClusterReader reader = new ClusterReader("default");
        Path bootstrap = folder().resolve("bootstrap.json");
        ListItems.each(json(bootstrap), object -> reader.read("bootstrap.json", object));
        Node objects = json(scenario).get("objects").orElseThrow();
        ListItems.each(objects, object -> reader.read(scenario.getFileName().toString(), object));
        return reader.cluster();
    }

    static Requester requester(Node question) {
        return new Requester(text(question, "user"), texts(question, "groups"));
    }

    static String text(Node node, String... path) {
        return node.textAt(path).orElse("");
    }

    static List<String> texts(Node node, String key) {
        List<String> texts = new ArrayList<>();
        node.get(key)
                .map(Node::elements)
                .orElse(List.of())
                .forEach(element -> texts.add(element.textAt().orElse("")));
        return texts;
    }

    static Request request(Node question) {
        Optional<Node> url = question.get("nonResourceAttributes");
        if (url.isPresent()) {
            return new Request.OnUrl(text(url.get(), "verb"), text(url.get(), "path"));
        }
        Node on = question.get("resourceAttributes").orElseThrow();
        return new Request.OnResource(
                text(on, "verb"),
                text(on, "group"),
                text(on, "resource"),
                text(on, "subresource"),
                text(on, "namespace"),
                text(on, "name"));
    }
}
