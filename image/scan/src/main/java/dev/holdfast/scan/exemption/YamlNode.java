package dev.holdfast.scan.exemption;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * YAML as written, with places: every scalar is a text, nothing is guessed. A file that people write by hand needs no aliases and no tags; an
 * alias is refused, so that no small file can mean a large one. Nesting is bounded by {@link Limits#depth()}.
 */
public sealed interface YamlNode {
    int line();

    int column();

    record Text(String value, int line, int column) implements YamlNode {}

    record Sequence(List<YamlNode> elements, int line, int column) implements YamlNode {}

    record Mapping(List<Entry> entries, int line, int column) implements YamlNode {}

    record Entry(Text key, YamlNode value) {}

    /** Reads the first document; an empty one is an empty text. */
    static YamlNode parse(String text, Limits limits) throws InputException {
        LoadSettings settings = LoadSettings.builder()
                .setCodePointLimit((int) Math.min(Integer.MAX_VALUE, limits.fileBytes()))
                .setParseComments(false)
                .build();
        try {
            Iterator<Event> events = new Parse(settings).parseString(text).iterator();
            while (events.hasNext()) {
                Event event = events.next();
                switch (event.getEventId()) {
                    case StreamStart, DocumentStart, Comment -> {}
                    case StreamEnd, DocumentEnd -> {
                        return new Text("", 1, 1);
                    }
                    case Alias, Scalar, SequenceStart, SequenceEnd, MappingStart, MappingEnd -> {
                        return node(event, events, limits.depth());
                    }
                }
            }
            return new Text("", 1, 1);
        } catch (MarkedYamlEngineException wrong) {
            String place = wrong.getProblemMark()
                    .map(mark -> (mark.getLine() + 1) + ":" + (mark.getColumn() + 1) + ": ")
                    .orElse("");
            throw new InputException(
                    InputException.Code.MALFORMED, place + "not valid YAML: " + wrong.getProblem(), wrong);
        } catch (YamlEngineException | NumberFormatException wrong) { // the latter for an escape that is cut off
            throw new InputException(InputException.Code.MALFORMED, "not valid YAML: " + wrong.getMessage(), wrong);
        }
    }

    private static YamlNode node(Event event, Iterator<Event> events, int depth) throws InputException {
        int line = event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
        int column = event.getStartMark().map(mark -> mark.getColumn() + 1).orElse(1);
        String place = line + ":" + column + ": ";
        if (depth == 0) {
            throw new InputException(InputException.Code.LIMIT, place + "YAML nests too deep");
        }
        return switch (event.getEventId()) {
            case Scalar -> new Text(((ScalarEvent) event).getValue(), line, column);
            case SequenceStart -> {
                List<YamlNode> elements = new ArrayList<>();
                for (Event next = events.next(); next.getEventId() != Event.ID.SequenceEnd; next = events.next()) {
                    elements.add(node(next, events, depth - 1));
                }
                yield new Sequence(elements, line, column);
            }
            case MappingStart -> {
                List<Entry> entries = new ArrayList<>();
                for (Event next = events.next(); next.getEventId() != Event.ID.MappingEnd; next = events.next()) {
                    if (!(node(next, events, depth - 1) instanceof Text key)) {
                        throw new InputException(InputException.Code.MALFORMED, place + "a key that is no text");
                    }
                    entries.add(new Entry(key, node(events.next(), events, depth - 1)));
                }
                yield new Mapping(entries, line, column);
            }
            case Alias, Comment, StreamStart, StreamEnd, DocumentStart, DocumentEnd, SequenceEnd, MappingEnd ->
                throw new InputException(InputException.Code.MALFORMED, place + "aliases are not read here");
        };
    }
}
