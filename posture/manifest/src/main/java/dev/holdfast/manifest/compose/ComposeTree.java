package dev.holdfast.manifest.compose;

import dev.holdfast.core.ByteSize;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Node.Entry;
import dev.holdfast.manifest.tree.Node.Mapping;
import dev.holdfast.manifest.tree.Node.Scalar;
import dev.holdfast.manifest.tree.Node.Sequence;
import dev.holdfast.manifest.tree.Place;
import dev.holdfast.manifest.tree.Schema;
import dev.holdfast.manifest.tree.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one file into a tree: its documents laid over each other, variables expanded, merge tags noted. */
final class ComposeTree {
    private final Limits limits;
    private final int mostBytes;
    private final Map<String, String> environment;
    private final IdentityHashMap<Node, String> variables;
    private final IdentityHashMap<Node, String> tags;
    private final IdentityHashMap<Node, Node> expanded = new IdentityHashMap<>();
    private String[] lines = {};

    ComposeTree(
            Limits limits,
            int mostBytes,
            Map<String, String> environment,
            IdentityHashMap<Node, String> variables,
            IdentityHashMap<Node, String> tags) {
        this.limits = limits;
        this.mostBytes = mostBytes;
        this.environment = environment;
        this.variables = variables;
        this.tags = tags;
    }

    static String decode(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    Node read(byte[] bytes) throws InputException {
        if (bytes.length > mostBytes) {
            throw new InputException(
                    InputException.Code.LIMIT,
                    "the file has " + new ByteSize(bytes.length) + "; at most " + new ByteSize(mostBytes)
                            + " are read");
        }
        String text = decode(bytes);
        return read(text, new YamlReader(Schema.CORE, limits).read(text));
    }

    Node read(String text, List<Document> documents) throws InputException {
        boolean hasTags = text.contains("!reset") || text.contains("!override");
        lines = hasTags ? text.split("\n", -1) : lines;
        Merging merging = new Merging(new IdentityHashMap<>(), variables, tags);
        Node root = new Mapping(List.of(), Place.START);
        for (Document document : documents) {
            switch (document) {
                case Document.Broken broken ->
                    throw new InputException(
                            InputException.Code.MALFORMED,
                            "line " + broken.line() + ", column " + broken.column() + ": " + broken.problem());
                case Document.Read read -> {
                    Node tree = expand(read.root());
                    root = root.entries().isEmpty() ? tree : merging.over(root, tree);
                }
            }
        }
        return root;
    }

    /** An aliased node is expanded once, so that a tree with many aliases stays as small as it is. */
    private Node expand(Node node) {
        Node known = expanded.get(node);
        if (known == null) {
            known = switch (node) {
                case Scalar scalar -> scalar(scalar);
                case Sequence sequence -> sequence(sequence);
                case Mapping mapping -> mapping(mapping);
            };
            expanded.put(node, known);
            String written = lines.length == 0 ? "" : tagAt(node.place());
            if (!written.isEmpty()) {
                tags.put(known, written);
            }
        }
        return known;
    }

    private String tagAt(Place place) {
        String line = place.line() <= lines.length ? lines[place.line() - 1] : "";
        int at = Math.min(line.length(), place.column() - 1);
        return line.startsWith("!reset", at) ? "!reset" : line.startsWith("!override", at) ? "!override" : "";
    }

    private Node sequence(Sequence sequence) {
        List<Node> elements = new ArrayList<>(sequence.elements().size());
        sequence.elements().forEach(element -> elements.add(expand(element)));
        return new Sequence(elements, sequence.place());
    }

    private Node mapping(Mapping mapping) {
        List<Entry> entries = new ArrayList<>(mapping.entries().size());
        mapping.entries().forEach(entry -> entries.add(new Entry(entry.key(), expand(entry.value()))));
        return new Mapping(entries, mapping.place());
    }

    private Node scalar(Scalar scalar) {
        if (scalar.text().indexOf('$') < 0) {
            return scalar;
        }
        Interpolation.Value value = Interpolation.of(scalar.text(), environment);
        Optional<String> lost = value.unresolved();
        Scalar fresh = new Scalar(
                value.text(),
                lost.isPresent() ? Node.Kind.TEXT : Schema.CORE.kind(value.text()),
                scalar.isPlain(),
                scalar.place());
        lost.ifPresent(name -> variables.put(fresh, name));
        return fresh;
    }
}
