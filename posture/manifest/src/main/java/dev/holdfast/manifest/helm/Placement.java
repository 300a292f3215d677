package dev.holdfast.manifest.helm;

import dev.holdfast.manifest.template.Mark;
import dev.holdfast.manifest.template.Origin;
import dev.holdfast.manifest.template.Source;
import dev.holdfast.manifest.template.TemplateFault;
import dev.holdfast.manifest.template.Trace;
import dev.holdfast.manifest.template.Written;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Place;
import dev.holdfast.manifest.tree.YamlReader;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/** Moves nodes from their place in a rendered text to the place in the template that wrote it, and notes which value they come from. */
final class Placement {
    private final String text;
    /** Where the text stands in what the template wrote. */
    private final int start;

    private final Trace trace;
    private final ValueLines lines;
    private final int[] starts;
    private final Trails trails;
    /** An alias is the very node of its anchor, and stays so. */
    private final IdentityHashMap<Node, Node> moved = new IdentityHashMap<>();

    private Placement(String text, int start, Trace trace, ValueLines lines, Trails trails) {
        this.text = text;
        this.start = start;
        this.trace = trace;
        this.lines = lines;
        this.trails = trails;
        this.starts = Source.lineStarts(text);
    }

    /** What a template wrote, read and put in its place. A line that begins with three dashes parts documents, whatever follows on it. */
    static RenderedFile of(String path, Written written, YamlReader yaml, ValueLines lines) {
        List<Document> placed = new ArrayList<>();
        Trails trails = new Trails();
        String text = written.text();
        int from = text.startsWith("---") ? 3 : 0;
        while (written.trace().isPresent() && from <= text.length()) {
            int next = text.indexOf("\n---", Math.max(0, from - 1));
            String piece = text.substring(from, next < from ? text.length() : next);
            if (!piece.isBlank()) {
                Placement placement = new Placement(piece, from, written.trace().get(), lines, trails);
                yaml.read(piece).forEach(document -> placed.add(placement.document(document)));
            }
            if (next < 0) {
                break;
            }
            from = next + 4;
        }
        return new RenderedFile(path, text, placed, trails);
    }

    private Document document(Document document) {
        return switch (document) {
            case Document.Read read -> {
                Node root = node(read.root());
                yield new Document.Read(root, root.place().line());
            }
            case Document.Broken broken -> {
                Mark mark = mark(offset(broken.line(), broken.column()));
                TemplateFault.Spot spot = mark.source().spot(mark.offset());
                yield new Document.Broken(spot.line(), spot.column(), "what it renders is " + broken.problem());
            }
        };
    }

    private Mark mark(int offset) {
        return trace.at(start + offset);
    }

    private int offset(int line, int column) {
        int start = starts[Math.clamp(line - 1L, 0, starts.length - 1)];
        int end = line < starts.length ? starts[line] : text.length();
        int offset = start;
        for (int i = 1; i < column && offset < end; i++) {
            offset += Character.charCount(text.codePointAt(offset));
        }
        return Math.min(offset, Math.max(0, text.length() - 1));
    }

    private Node node(Node node) {
        Node known = moved.get(node);
        if (known != null) {
            return known;
        }
        Node placed = switch (node) {
            case Node.Scalar scalar -> scalar(scalar);
            case Node.Sequence sequence ->
                new Node.Sequence(sequence.elements().stream().map(this::node).toList(), place(sequence.place()));
            case Node.Mapping mapping -> {
                List<Node.Entry> entries = new ArrayList<>();
                for (Node.Entry entry : mapping.entries()) {
                    entries.add(new Node.Entry(scalar(entry.key()), node(entry.value())));
                }
                yield new Node.Mapping(entries, place(mapping.place()));
            }
        };
        moved.put(node, placed);
        return placed;
    }

    private Node.Scalar scalar(Node.Scalar scalar) {
        return new Node.Scalar(scalar.text(), scalar.kind(), scalar.isPlain(), place(scalar.place()));
    }

    private Place place(Place rendered) {
        int from = offset(rendered.line(), rendered.column());
        int to = Math.max(from, offset(rendered.endLine(), rendered.endColumn()) - 1);
        Mark first = mark(from);
        Mark last = mark(to);
        TemplateFault.Spot start = first.source().spot(first.offset());
        TemplateFault.Spot end = last.source().equals(first.source()) && last.offset() > first.offset()
                ? last.source().spot(last.offset() + (last.isLiteral() ? 1 : 0))
                : start;
        Place place = new Place(start.line(), start.column(), end.line(), end.column());
        Optional<Origin> origin = origin(first, from, to);
        Optional<TemplateFault.Spot> partial = first.inner()
                .map(mark -> mark.source().spot(mark.offset()))
                .filter(spot -> !spot.template().equals(start.template()));
        if (origin.isPresent() || partial.isPresent()) {
            trails.put(
                    place,
                    new Trail(
                            origin.map(each -> lines.shown(each.key())),
                            origin.filter(Origin::isCondition).isPresent(),
                            origin.flatMap(each -> lines.of(each.key())),
                            partial));
        }
        return place;
    }

    /** The value that a short piece comes from: one inside of it, such as the tag of an image, counts more than what decided that it is there. */
    private Optional<Origin> origin(Mark first, int from, int to) {
        Optional<Origin> known = first.origin();
        if (known.isPresent() && !known.get().isCondition()
                || text.indexOf('\n', from) < to && text.indexOf('\n', from) >= 0) {
            return known;
        }
        for (int at = from; at <= to; at++) {
            Optional<Origin> inside = mark(at).origin();
            if (inside.isPresent() && !inside.get().isCondition()) {
                return inside;
            }
        }
        return known;
    }
}
