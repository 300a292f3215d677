package dev.holdfast.inventory.format;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import java.io.ByteArrayInputStream;
import java.util.Iterator;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Walks a YAML 1.2 document forward without building it, as {@link dev.holdfast.core.json.JsonCursor} does JSON. A value must be consumed,
 * by one of {@link #enterMapping}, {@link #enterSequence}, {@link #text} or {@link #skip}, before the next key or item is asked for.
 *
 * <p>Every scalar is a text, as it was written: to a parser that guesses types, version {@code 1.10} is the number 1.1. An alias is never
 * followed; it has no text, so no document can unfold. Of several documents in a file the first counts.
 */
public final class YamlCursor {
    private final Iterator<Event> events;
    private final int mostDepth;
    private Event value;
    private int depth;
    private String key = "";
    private int line;

    private YamlCursor(Iterator<Event> events, int mostDepth, Event first) {
        this.events = events;
        this.mostDepth = mostDepth;
        this.value = first;
    }

    /** Stands on the first document's only value. */
    public static YamlCursor open(byte[] document, Limits limits) throws InputException {
        LoadSettings settings = LoadSettings.builder()
                .setCodePointLimit((int) Math.min(Integer.MAX_VALUE, limits.fileBytes()))
                .setParseComments(false)
                .build();
        try {
            Iterator<Event> events = new Parse(settings)
                    .parseInputStream(new ByteArrayInputStream(document))
                    .iterator();
            Event first = events.next();
            while (first.getEventId() == Event.ID.StreamStart || first.getEventId() == Event.ID.DocumentStart) {
                first = events.next();
            }
            return new YamlCursor(events, limits.depth(), first);
        } catch (YamlEngineException | NumberFormatException wrong) {
            throw malformed(wrong);
        }
    }

    /** Whether the value is a mapping; it is not consumed. */
    public boolean isMapping() {
        return value.getEventId() == Event.ID.MappingStart;
    }

    /** Steps inside when the value is a mapping, and past it when it is anything else. */
    public boolean enterMapping() throws InputException {
        return enter(Event.ID.MappingStart);
    }

    /** Steps inside when the value is a sequence, and past it when it is anything else. */
    public boolean enterSequence() throws InputException {
        return enter(Event.ID.SequenceStart);
    }

    /** Goes to the next pair of the mapping that was entered last; false at its end, which leaves it. */
    public boolean nextKey() throws InputException {
        advance();
        if (value.getEventId() == Event.ID.MappingEnd) {
            depth--;
            return false;
        }
        line = lineOf(value);
        key = text().orElse("");
        advance();
        return true;
    }

    /** Goes to the next item of the sequence that was entered last; false at its end, which leaves it. */
    public boolean nextItem() throws InputException {
        advance();
        if (value.getEventId() == Event.ID.SequenceEnd) {
            depth--;
            return false;
        }
        line = lineOf(value);
        return true;
    }

    /** The key at hand; empty when it is no scalar. */
    public String key() {
        return key;
    }

    /** The line of the key or item at hand, from 1. */
    public int line() {
        return line;
    }

    /** The text of a scalar; empty for anything else, which is skipped. */
    public Optional<String> text() throws InputException {
        if (value instanceof ScalarEvent scalar) {
            return Optional.of(scalar.getValue());
        }
        skip();
        return Optional.empty();
    }

    /** Passes over the value. */
    public void skip() throws InputException {
        int open = change(value);
        depth += open;
        while (open > 0) {
            advance();
            int change = change(value);
            open += change;
            depth += change;
            requireDepth();
        }
    }

    private boolean enter(Event.ID wanted) throws InputException {
        if (value.getEventId() != wanted) {
            skip();
            return false;
        }
        depth++;
        requireDepth();
        return true;
    }

    private void requireDepth() throws InputException {
        if (depth > mostDepth) {
            throw new InputException(
                    InputException.Code.LIMIT,
                    "YAML nests deeper than " + mostDepth + " levels at line " + lineOf(value));
        }
    }

    private static int change(Event event) {
        return switch (event.getEventId()) {
            case MappingStart, SequenceStart -> 1;
            case MappingEnd, SequenceEnd -> -1;
            case StreamStart, StreamEnd, DocumentStart, DocumentEnd, Comment, Alias, Scalar -> 0;
        };
    }

    private void advance() throws InputException {
        try {
            if (!events.hasNext()) {
                throw new InputException(InputException.Code.TRUNCATED, "the YAML document ends early");
            }
            value = events.next();
        } catch (YamlEngineException | NumberFormatException wrong) {
            throw malformed(wrong);
        }
    }

    private static int lineOf(Event event) {
        return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    /** @param wrong the library's own exception; or a number's, which it lets out for an escape that is cut off */
    private static InputException malformed(RuntimeException wrong) {
        String reason = String.valueOf(wrong.getMessage());
        String place = "";
        if (wrong instanceof MarkedYamlEngineException marked) {
            reason = String.valueOf(marked.getProblem());
            place = marked.getProblemMark()
                    .map(mark -> " at line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1))
                    .orElse("");
        }
        int firstLine = reason.indexOf('\n');
        return new InputException(
                InputException.Code.MALFORMED,
                "not valid YAML" + place + ": " + (firstLine < 0 ? reason : reason.substring(0, firstLine)),
                wrong);
    }
}
