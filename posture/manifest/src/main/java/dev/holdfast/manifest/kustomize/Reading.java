package dev.holdfast.manifest.kustomize;

import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Schema;
import dev.holdfast.manifest.tree.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads files for overlays: each only from in or below the folder that names it, all together bounded. */
final class Reading {
    private static final long MOST_BYTES = 16L << 20;
    private static final long MOST_TOGETHER = 128L << 20;
    /** Bases may include each other many times over; a large honest overlay has some thousand documents. */
    private static final int MOST_OBJECTS = 10_000;

    /** All values of all documents, aliases unfolded. */
    private static final int MOST_VALUES = 4_000_000;

    private final YamlReader yaml;
    private final List<Gap> gaps = new ArrayList<>();
    private final Set<Path> files = new LinkedHashSet<>();
    private final Set<Path> charts = new LinkedHashSet<>();
    private long bytes;
    private int objects;
    private int values;

    Reading(Limits limits) {
        this.yaml = new YamlReader(Schema.KUBERNETES, limits);
    }

    byte[] bytes(Path root, String given) throws InputException, IOException {
        return bytes(inside(root, given));
    }

    /** A file that the folder names, with links followed; what lies outside of the folder is refused. */
    Path inside(Path root, String given) throws InputException, IOException {
        try {
            Path file = root.resolve(given).toRealPath();
            if (!file.startsWith(root)) {
                throw new InputException(
                        InputException.Code.UNSUPPORTED,
                        "security; file '" + file + "' is not in or below '" + root + "'");
            }
            return file;
        } catch (NoSuchFileException missing) {
            throw new InputException(
                    InputException.Code.NOT_FOUND,
                    root.resolve(given).normalize() + ": no such file or directory",
                    missing);
        } catch (java.nio.file.InvalidPathException wrong) {
            throw new InputException(InputException.Code.NOT_FOUND, "no path can be named so", wrong);
        }
    }

    byte[] bytes(Path file) throws InputException, IOException {
        if (!Files.isRegularFile(file)) {
            throw new InputException(InputException.Code.NOT_FOUND, file + ": no file");
        }
        long size = Files.size(file);
        bytes += size;
        if (size > MOST_BYTES || bytes > MOST_TOGETHER) {
            throw new InputException(InputException.Code.LIMIT, file + ": more than an overlay may read");
        }
        files.add(file);
        return Files.readAllBytes(file);
    }

    /** The objects of a file; the members of a List each by itself. */
    List<Draft.Fields> objects(Path file) throws InputException, IOException {
        return objects(new String(bytes(file), StandardCharsets.UTF_8), file.toString());
    }

    List<Draft.Fields> objects(String text, String file) throws InputException {
        List<Draft.Fields> found = new ArrayList<>();
        for (Draft draft : documents(text, file)) {
            unfold(draft, file, found);
        }
        return found;
    }

    List<Draft> documents(String text, String file) throws InputException {
        List<Draft> drafts = new ArrayList<>();
        for (Document document : yaml.read(text)) {
            switch (document) {
                case Document.Read read -> drafts.add(draft(read.root(), file));
                case Document.Broken broken ->
                    throw new InputException(
                            InputException.Code.MALFORMED, file + ":" + broken.line() + ": " + broken.problem());
            }
        }
        return drafts;
    }

    private Draft draft(Node root, String file) throws InputException {
        if (++objects > MOST_OBJECTS) {
            throw new InputException(InputException.Code.LIMIT, file + ": more than " + MOST_OBJECTS + " documents");
        }
        count(root, file);
        return Draft.of(root);
    }

    private void count(Node node, String file) throws InputException {
        if (++values > MOST_VALUES) {
            throw new InputException(
                    InputException.Code.LIMIT, file + ": the overlay unfolds to more than " + MOST_VALUES + " values");
        }
        for (Node element : node.elements()) {
            count(element, file);
        }
        for (Node.Entry entry : node.entries()) {
            count(entry.value(), file);
        }
    }

    private static void unfold(Draft draft, String file, List<Draft.Fields> found) throws InputException {
        if (!(draft instanceof Draft.Fields fields)) {
            throw new InputException(InputException.Code.MALFORMED, file + ": a document is no object");
        }
        if (fields.text("kind").endsWith("List") && fields.members().get("items") instanceof Draft.Items items) {
            for (Draft item : items.elements()) {
                unfold(item, file, found);
            }
        } else {
            found.add(fields);
        }
    }

    /** The maps of a file that the folder names. */
    List<Draft.Fields> maps(Path folder, String file) throws InputException, IOException {
        List<Draft.Fields> maps = new ArrayList<>();
        for (Draft document : documents(new String(bytes(folder, file), StandardCharsets.UTF_8), file)) {
            if (document instanceof Draft.Fields fields) {
                maps.add(fields);
            }
        }
        return maps;
    }

    void add(Gap gap) {
        if (!gaps.contains(gap)) {
            gaps.add(gap);
        }
    }

    List<Gap> gaps() {
        return gaps;
    }

    void addChart(Path folder) {
        charts.add(folder);
    }

    /** The folders of the charts that were rendered. */
    List<Path> charts() {
        return List.copyOf(charts);
    }

    /** Everything that was read: what need not be judged by itself once the overlay is. */
    List<Path> files() {
        return List.copyOf(files);
    }
}
