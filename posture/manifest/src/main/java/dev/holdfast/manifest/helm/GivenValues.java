package dev.holdfast.manifest.helm;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.template.Values;
import dev.holdfast.manifest.tree.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What whoever installs a chart gives.
 *
 * @param trees values as files have them; a later one counts more
 * @param sets single values as {@code --set} takes them; they count more than trees
 * @param release the name of the release
 * @param namespace the namespace of the release
 */
public record GivenValues(List<Tree> trees, List<String> sets, String release, String namespace) {
    /** The chart's own values only, released as {@code helm template} does it when it is told nothing. */
    public static final GivenValues NONE = new GivenValues(List.of(), List.of(), "release-name", "default");

    public GivenValues {
        trees = List.copyOf(trees);
        sets = List.copyOf(sets);
    }

    /**
     * Values in a file.
     *
     * @param name the file, for whoever is told where a value stands
     */
    public record Tree(Node root, String name) {}

    /**
     * Reads files of values, and looks at single ones.
     *
     * @throws InputException when a file is missing or is no YAML with one map, or a single value is written wrongly
     */
    public static GivenValues read(List<Path> files, List<String> sets, Limits limits)
            throws InputException, IOException {
        List<Tree> trees = new ArrayList<>();
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                throw new InputException(InputException.Code.NOT_FOUND, file + ": no such file of values");
            }
            tree(file, limits).ifPresent(trees::add);
        }
        Map<String, Object> tried = Values.map();
        for (String set : sets) {
            SetValues.put(set, tried);
        }
        return new GivenValues(trees, sets, NONE.release, NONE.namespace);
    }

    /** Reads one file of values; one without a document gives nothing. */
    public static Optional<Tree> tree(Path file, Limits limits) throws InputException, IOException {
        String text = ChartReader.text(Files.readAllBytes(file));
        Optional<Node> root = new ChartReader(limits, new ArrayList<>()).tree(text, file.toString());
        if (root.isPresent()) {
            ChartReader.table(root.get(), file.toString()); // it is one map, or refused
        }
        return root.map(tree -> new Tree(tree, String.valueOf(file.getFileName())));
    }

    /** Whether anything is given that a chart of its own would not have. */
    public boolean isEmpty() {
        return trees.isEmpty() && sets.isEmpty();
    }

    /** With one more tree, which counts more than those before. */
    public GivenValues and(Tree later) {
        List<Tree> more = new ArrayList<>(trees);
        more.add(later);
        return new GivenValues(more, sets, release, namespace);
    }

    /** Released under another name into another namespace. */
    public GivenValues released(String name, String into) {
        return new GivenValues(trees, sets, name, into);
    }
}
