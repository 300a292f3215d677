package dev.holdfast.rules.load;

import dev.holdfast.manifest.tree.Node;
import dev.holdfast.rules.ProblemCode;
import dev.holdfast.rules.load.ExceptionItem.Entry;
import dev.holdfast.rules.load.LoadException.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the exceptions of a rule. */
final class ExceptionReader {
    private static final Set<String> KEYS = Set.of("name", "fields", "comps", "values");

    private final Problems problems;

    ExceptionReader(Problems problems) {
        this.problems = problems;
    }

    /**
     * The exceptions of an item; none when it has none.
     *
     * @param isAppended whether they may be known already, and so need no fields
     */
    List<ExceptionItem> read(Item item, boolean isAppended) throws LoadException {
        List<ExceptionItem> exceptions = new ArrayList<>();
        Optional<Node> value = item.value("exceptions").filter(node -> !node.isNull());
        if (value.isEmpty()) {
            return exceptions;
        }
        if (!(value.get() instanceof Node.Sequence sequence)) {
            throw item.wrong("Rule exceptions must be a sequence", value.get());
        }
        for (Node element : sequence.elements()) {
            if (!(element instanceof Node.Mapping mapping)) {
                throw item.about(new Subject("exception", "")).wrong("Rule exception must be a mapping", element);
            }
            ExceptionItem exception =
                    exception(new Item(mapping, item.origin(), new Subject("exception", "")), isAppended);
            if (exceptions.stream().anyMatch(other -> other.name().equals(exception.name()))) {
                problems.tell(
                        ProblemCode.LOAD_EXCEPTION_NAME_NOT_UNIQUE,
                        "Multiple definitions of exception '" + exception.name() + "' in the same rule",
                        exception.subject(),
                        exception.place());
            }
            exceptions.add(exception);
        }
        return exceptions;
    }

    private ExceptionItem exception(Item unnamed, boolean isAppended) throws LoadException {
        String name = unnamed.text("name");
        Item item = unnamed.about(new Subject("exception", name));
        for (Node.Entry entry : item.node().entries()) {
            if (!KEYS.contains(entry.key().text())) {
                problems.tell(
                        ProblemCode.LOAD_UNKNOWN_KEY,
                        "Unknown key '" + entry.key().text() + "'",
                        item.subject(),
                        item.origin().place(entry.key()));
            }
        }
        Optional<Node> fields = item.value("fields");
        if (fields.isEmpty() && !isAppended) {
            throw item.wrong("Item has no mapping for key 'fields'", item.node());
        }
        Optional<Node> comparisons = item.value("comps");
        return new ExceptionItem(
                name,
                item.origin().place(item.node()),
                fields.isPresent() ? entryOrNothing(item, fields.get()) : Optional.empty(),
                comparisons.isPresent() ? entryOrNothing(item, comparisons.get()) : Optional.empty(),
                values(item, isAppended));
    }

    private List<Entry> values(Item item, boolean isAppended) throws LoadException {
        Optional<Node> values = item.value("values");
        if (values.isEmpty()) {
            if (isAppended) {
                problems.tell(
                        ProblemCode.LOAD_APPEND_NO_VALUES,
                        "Overriding/appending exception with no values",
                        item.subject(),
                        item.origin().place(item.node()));
            }
            return List.of();
        }
        if (!(values.get() instanceof Node.Sequence sequence)) {
            throw item.wrong("Rule exception values must be a sequence", values.get());
        }
        List<Entry> entries = new ArrayList<>();
        for (Node element : sequence.elements()) {
            entries.add(entry(item, element));
        }
        return entries;
    }

    /** What is written, unless it is null or an empty list, which say as much as a key that is left out. */
    private static Optional<Entry> entryOrNothing(Item item, Node node) throws LoadException {
        boolean isNothing = node.isNull()
                || (node instanceof Node.Sequence sequence
                        && sequence.elements().isEmpty());
        return isNothing ? Optional.empty() : Optional.of(entry(item, node));
    }

    private static Entry entry(Item item, Node node) throws LoadException {
        return switch (node) {
            case Node.Scalar scalar -> {
                if (scalar.isNull() || scalar.text().isEmpty()) {
                    throw item.wrong("Value must be non-empty", scalar);
                }
                yield Entry.of(scalar.text());
            }
            case Node.Sequence sequence -> {
                List<Entry> entries = new ArrayList<>();
                for (Node element : sequence.elements()) {
                    entries.add(entry(item, element));
                }
                yield Entry.of(entries);
            }
            case Node.Mapping mapping -> throw item.wrong("Could not decode scalar value", mapping);
        };
    }
}
