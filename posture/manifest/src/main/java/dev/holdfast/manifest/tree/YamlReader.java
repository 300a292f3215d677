package dev.holdfast.manifest.tree;

import dev.holdfast.core.Limits;
import dev.holdfast.manifest.tree.Node.Entry;
import dev.holdfast.manifest.tree.Node.Kind;
import dev.holdfast.manifest.tree.Node.Mapping;
import dev.holdfast.manifest.tree.Node.Scalar;
import dev.holdfast.manifest.tree.Node.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML (and so JSON) into trees. A line that begins with {@code ---} ends a document even inside of a block or a quoted text (YAML 1.2,
 * 9.1.2), so the text is cut there first, and a document that is broken costs no other one its answer.
 *
 * <p>Bounds: nesting by {@link Limits#depth()}; the size of a document with all aliases unfolded by {@link #MOST_NODES}; an alias inside of
 * its own anchor is refused.
 */
public final class YamlReader {
    /** An honest manifest has some hundred nodes, a large set of custom resources some hundred thousand. */
    private static final int MOST_NODES = 2_000_000;

    /** Each of them costs reading the document once more. */
    private static final int MOST_TABBED = 50;

    private final Schema schema;
    private final Limits limits;
    private final LoadSettings settings;
    private final JsonReader json;

    public YamlReader(Schema schema, Limits limits) {
        this.schema = schema;
        this.limits = limits;
        this.json = new JsonReader(limits);
        this.settings = LoadSettings.builder()
                .setCodePointLimit((int) Math.min(Integer.MAX_VALUE, limits.fileBytes()))
                .setParseComments(false)
                .setMaxAliasesForCollections(Integer.MAX_VALUE)
                .build();
    }

    /** The documents of a file in order; empty ones (only comments) are left out. JSON values may follow one another without a mark between. */
    public List<Document> read(String text) {
        List<Document> documents = new ArrayList<>();
        String whole = text.startsWith("\uFEFF") ? text.substring(1) : text;
        if (startsLikeJson(whole)) {
            List<Document> values = json.readAll(whole);
            if (values.stream().allMatch(Document.Read.class::isInstance)) {
                return values;
            }
        }
        int start = 0;
        int line = 0;
        int startLine = 0;
        int at = 0;
        while (at < whole.length()) {
            if (at > start && isBoundary(whole, at)) {
                document(whole.substring(start, at), startLine).ifPresent(documents::add);
                start = at;
                startLine = line;
            }
            int next = whole.indexOf('\n', at);
            at = next < 0 ? whole.length() : next + 1;
            line++;
        }
        document(whole.substring(start), startLine).ifPresent(documents::add);
        return documents;
    }

    /** What is JSON is read as such: faster, and with tabs. What only begins like it is YAML in flow form. */
    private static boolean startsLikeJson(String text) {
        int at = 0;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() && (text.charAt(at) == '{' || text.charAt(at) == '[');
    }

    private static boolean isBoundary(String text, int at) {
        return text.startsWith("---", at) && (at + 3 == text.length() || Character.isWhitespace(text.charAt(at + 3)));
    }

    private Optional<Document> document(String text, int before) {
        return document(text, before, MOST_TABBED);
    }

    /**
     * Reads one document whose first line is line {@code before + 1} of the file.
     *
     * @param tabbed how many lines with a tab that the library refuses, and YAML does not, may be read yet
     */
    private Optional<Document> document(String text, int before, int tabbed) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        if (before == 0 && startsLikeJson(text) && json.read(text) instanceof Document.Read read) {
            return Optional.of(read); // other documents, in YAML, follow it
        }
        Building building = new Building(new Parse(settings).parseString(text).iterator(), before);
        try {
            return building.root();
        } catch (Refused refused) {
            return Optional.of(refused.broken);
        } catch (MarkedYamlEngineException wrong) {
            String untabbed = withoutTrailingTabs(text);
            if (untabbed.equals(text) && wrong.getProblemMark().isPresent()) {
                untabbed = withoutLeadingTabs(text, wrong.getProblemMark().get().getLine(), building.flows > 0);
            }
            if (!untabbed.equals(text) && tabbed > 0) {
                return document(untabbed, before, tabbed - 1);
            }
            int line = wrong.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1) + before;
            int column =
                    wrong.getProblemMark().map(mark -> mark.getColumn() + 1).orElse(1);
            return Optional.of(new Document.Broken(line, column, "not valid YAML: " + wrong.getProblem()));
        } catch (YamlEngineException | NumberFormatException wrong) { // the latter for an escape that is cut off
            return Optional.of(new Document.Broken(before + 1, 1, "not valid YAML: " + firstLine(wrong)));
        }
    }

    /**
     * White space at the end of a line may hold tabs (YAML 1.2, 6.2), which the library refuses: they become blanks. A line that is only tabs
     * is white space too.
     */
    private static String withoutTrailingTabs(String text) {
        StringBuilder out = new StringBuilder(text);
        boolean isAtEnd = true;
        for (int i = text.length() - 1; i >= 0; i--) {
            char c = text.charAt(i);
            if (isAtEnd && c == '\t') {
                out.setCharAt(i, ' ');
            }
            isAtEnd = c == '\n' || isAtEnd && (c == '\t' || c == ' ' || c == '\r');
        }
        return out.toString();
    }

    /**
     * Within brackets a line may begin with tabs, too (YAML 1.2, 6.3); elsewhere it stays as it is.
     *
     * @param number of the line, from 0
     * @param isInside whether a bracket is known to be open; one right before the line is not known yet
     */
    private static String withoutLeadingTabs(String text, int number, boolean isInside) {
        int start = 0;
        for (int i = 0; i < number; i++) {
            start = text.indexOf('\n', start) + 1;
        }
        int before = start - 1;
        while (before >= 0 && Character.isWhitespace(text.charAt(before))) {
            before--;
        }
        boolean hasJustOpened = before >= 0 && (text.charAt(before) == '[' || text.charAt(before) == '{');
        if (!isInside && !hasJustOpened) {
            return text;
        }
        StringBuilder out = new StringBuilder(text);
        for (int i = start; i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '\t'); i++) {
            out.setCharAt(i, ' ');
        }
        return out.toString();
    }

    private static String firstLine(RuntimeException wrong) {
        return String.valueOf(wrong.getMessage()).lines().findFirst().orElse("");
    }

    /** A document that we refuse, with its place. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Document.Broken broken;

        private Refused(Place place, String problem) {
            super(problem, null, false, false);
            this.broken = new Document.Broken(place.line(), place.column(), problem);
        }
    }

    /** One document while it is built. */
    private final class Building {
        private final Iterator<Event> events;
        private final int before;
        private final Map<Anchor, Node> anchored = new HashMap<>();
        private final Set<Anchor> open = new HashSet<>();
        /** How many nodes an anchored one unfolds to; the others are counted where they stand. */
        private final IdentityHashMap<Node, Integer> weights = new IdentityHashMap<>();

        private int nodes;

        /** How many brackets are open. */
        private int flows;

        private Building(Iterator<Event> events, int before) {
            this.events = events;
            this.before = before;
        }

        private Optional<Document> root() throws Refused {
            Document.Read read = null;
            while (events.hasNext()) {
                Event event = events.next();
                switch (event.getEventId()) {
                    case StreamStart, StreamEnd, DocumentStart, DocumentEnd, Comment -> {}
                    case Alias, Scalar, SequenceStart, SequenceEnd, MappingStart, MappingEnd -> {
                        Node root = node(event, limits.depth());
                        if (read == null && !root.isNull()) {
                            read = new Document.Read(root, root.place().line());
                        }
                    }
                }
            }
            return Optional.ofNullable(read);
        }

        private Node node(Event event, int depth) throws Refused {
            Place start = place(event);
            if (depth == 0) {
                throw new Refused(start, "it nests deeper than " + limits.depth() + " levels");
            }
            int already = nodes;
            count(1, start);
            Optional<Anchor> anchor = event instanceof NodeEvent named && !(event instanceof AliasEvent)
                    ? named.getAnchor()
                    : Optional.empty();
            anchor.ifPresent(open::add);
            int bracket = event instanceof CollectionStartEvent collection && collection.isFlow() ? 1 : 0;
            flows += bracket;
            Node node = switch (event.getEventId()) {
                case Scalar -> scalar((ScalarEvent) event, start);
                case SequenceStart -> sequence(start, depth);
                case MappingStart -> mapping(start, depth);
                case Alias -> alias((AliasEvent) event, start);
                case StreamStart, StreamEnd, DocumentStart, DocumentEnd, Comment, SequenceEnd, MappingEnd ->
                    throw new Refused(start, "not valid YAML");
            };
            flows -= bracket;
            if (anchor.isPresent()) {
                open.remove(anchor.get());
                anchored.put(anchor.get(), node);
                weights.put(node, nodes - already);
            }
            return node;
        }

        private void count(int more, Place place) throws Refused {
            nodes += more;
            if (nodes > MOST_NODES) {
                throw new Refused(place, "it unfolds to more than " + MOST_NODES + " values");
            }
        }

        private Scalar scalar(ScalarEvent event, Place place) {
            boolean isPlain = event.getScalarStyle() == ScalarStyle.PLAIN;
            Optional<String> tag = event.getTag();
            Kind kind = tag.isPresent()
                    ? tagged(tag.get(), event.getValue())
                    : isPlain ? schema.kind(event.getValue()) : Kind.TEXT;
            return new Scalar(event.getValue(), kind, isPlain, place);
        }

        private Kind tagged(String tag, String text) {
            return switch (tag) {
                case "tag:yaml.org,2002:int",
                        "tag:yaml.org,2002:bool",
                        "tag:yaml.org,2002:float",
                        "tag:yaml.org,2002:null" -> schema.kind(text);
                default -> Kind.TEXT;
            };
        }

        private Node alias(AliasEvent event, Place place) throws Refused {
            Node node = anchored.get(event.getAlias());
            if (open.contains(event.getAlias())) {
                throw new Refused(place, "the alias *" + event.getAlias() + " stands inside of its own anchor");
            }
            if (node == null) {
                throw new Refused(place, "the alias *" + event.getAlias() + " has no anchor");
            }
            count(weights.getOrDefault(node, 1), place);
            return node;
        }

        private Sequence sequence(Place start, int depth) throws Refused {
            List<Node> elements = new ArrayList<>();
            Event next = events.next();
            while (next.getEventId() != Event.ID.SequenceEnd) {
                elements.add(node(next, depth - 1));
                next = events.next();
            }
            return new Sequence(elements, until(start, next));
        }

        private Mapping mapping(Place start, int depth) throws Refused {
            List<Entry> entries = new ArrayList<>();
            List<Node> merged = new ArrayList<>();
            Event next = events.next();
            while (next.getEventId() != Event.ID.MappingEnd) {
                Node key = node(next, depth - 1);
                if (!(key instanceof Scalar word)) {
                    throw new Refused(place(next), "a key must be a single value");
                }
                Node value = node(events.next(), depth - 1);
                if (word.isPlain() && word.text().equals("<<")) {
                    merged.add(value);
                } else {
                    entries.add(new Entry(word, value));
                }
                next = events.next();
            }
            Place place = until(start, next);
            return new Mapping(merged.isEmpty() ? entries : withMerged(entries, merged, place), place);
        }

        /** What merge keys bring stands behind what is written; the first one that brings a key wins. */
        private List<Entry> withMerged(List<Entry> written, List<Node> merged, Place place) throws Refused {
            Set<String> keys = new HashSet<>();
            written.forEach(entry -> keys.add(entry.key().text()));
            List<Entry> entries = new ArrayList<>(written);
            for (Node value : merged) {
                List<Node> sources = value instanceof Sequence several ? several.elements() : List.of(value);
                for (Node source : sources) {
                    if (!(source instanceof Mapping mapping)) {
                        throw new Refused(place, "a merge key (<<) must hold a map or a list of maps");
                    }
                    for (Entry entry : mapping.entries()) {
                        if (keys.add(entry.key().text())) {
                            entries.add(entry);
                        }
                    }
                }
            }
            return entries;
        }

        private Place place(Event event) {
            int line = event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1) + before;
            int column = event.getStartMark().map(mark -> mark.getColumn() + 1).orElse(1);
            int endLine = event.getEndMark().map(mark -> mark.getLine() + 1).orElse(1) + before;
            int endColumn = event.getEndMark().map(mark -> mark.getColumn() + 1).orElse(1);
            return new Place(line, column, endLine, endColumn);
        }

        private Place until(Place start, Event end) {
            Place last = place(end);
            return new Place(start.line(), start.column(), last.line(), last.column());
        }
    }
}
