package dev.holdfast.check.host;

import dev.holdfast.check.Findings;
import dev.holdfast.core.Gap;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Place;
import dev.holdfast.manifest.tree.Schema;
import dev.holdfast.manifest.tree.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The files of a host, read as what they are; what is there and cannot be read is told as a gap, once. */
final class HostFiles {
    private final HostRoot root;
    private final Limits limits;
    private final Findings findings;
    private final Set<String> told = new HashSet<>();

    HostFiles(Path root, Limits limits, Findings findings) {
        this.root = new HostRoot(root, limits);
        this.limits = limits;
        this.findings = findings;
    }

    HostRoot root() {
        return root;
    }

    /** Takes results about one file. */
    Findings in(String path) {
        return findings.in(path);
    }

    /** The first document of a YAML or JSON file. */
    Optional<Node> read(String path) {
        List<Node> all = readAll(path);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getFirst());
    }

    /** All documents of a YAML or JSON file. */
    List<Node> readAll(String path) {
        Optional<String> text = root.text(path);
        if (text.isEmpty()) {
            if (root.has(path) && told.add(path)) {
                in(path).gap(Gap.Code.NO_PERMISSION, Place.START, "it cannot be read");
            }
            return List.of();
        }
        List<Node> documents = new ArrayList<>();
        for (Document document : new YamlReader(Schema.KUBERNETES, limits).read(text.get())) {
            switch (document) {
                case Document.Read(Node read, int _) -> documents.add(read);
                case Document.Broken(int line, int column, String problem) -> {
                    if (told.add(path)) {
                        in(path).gap(Gap.Code.UNREADABLE, new Place(line, column, line, column), problem);
                    }
                }
            }
        }
        return documents;
    }

    /** The number of a name in a file of accounts or groups; -1, which nothing has, when it is not there. */
    int idOf(String accounts, String name) {
        String prefix = name + ":";
        return root.text(accounts).stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.split(":", -1))
                .filter(fields -> fields.length > 2 && fields[2].matches("\\d{1,9}"))
                .mapToInt(fields -> Integer.parseInt(fields[2]))
                .findFirst()
                .orElse(-1);
    }
}
