package dev.holdfast.advisory.feed;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.core.json.JsonValue.JsonArray;
import dev.holdfast.core.json.JsonValue.JsonNull;
import dev.holdfast.core.json.JsonValue.JsonObject;
import dev.holdfast.core.json.JsonValue.JsonString;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML 1.2 feeds into the same tree as JSON. Every scalar is a text, as it was written: to a parser that guesses types, version
 * {@code 1.10} is the number 1.1 and a date is a time in some zone. Only a plain {@code ~}, {@code null} or nothing is null. A repeated
 * key keeps its last value. Tags are ignored. Of several documents in a file the first counts.
 *
 * <p>The tree is put together from events rather than by the library's composer, which recurses: nesting is bounded by
 * {@link Limits#depth()}, and an alias shares the node it names, so that nothing is ever copied. Because a reader that walks a tree of
 * aliases could still walk for ever ("billion laughs"), a document may hold at most {@value #MAX_ALIASES}; the feeds here hold none.
 */
public final class Yaml {
    private static final int MAX_ALIASES = 100;

    private final Iterator<Event> events;
    private final Limits limits;
    private final Map<Anchor, JsonValue> anchors = new HashMap<>();
    private int aliases;

    private Yaml(Iterator<Event> events, Limits limits) {
        this.events = events;
        this.limits = limits;
    }

    /** Reads the first document; an empty one is {@link JsonNull#NULL}. */
    public static JsonValue parse(byte[] document, Limits limits) throws InputException {
        LoadSettings settings = LoadSettings.builder()
                .setCodePointLimit((int) Math.min(Integer.MAX_VALUE, limits.fileBytes()))
                .setParseComments(false)
                .build();
        try {
            Iterable<Event> events = new Parse(settings).parseInputStream(new ByteArrayInputStream(document));
            return new Yaml(events.iterator(), limits).document();
        } catch (MarkedYamlEngineException wrong) {
            throw malformed(wrong.getProblem() + place(wrong), wrong);
        } catch (YamlEngineException | NumberFormatException wrong) { // the latter for an escape that is cut off
            throw malformed(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private JsonValue document() throws InputException {
        while (events.hasNext()) {
            Event event = events.next();
            switch (event.getEventId()) {
                case StreamStart, DocumentStart, Comment -> {}
                case StreamEnd, DocumentEnd -> {
                    return JsonNull.NULL;
                }
                case Alias, Scalar, SequenceStart, SequenceEnd, MappingStart, MappingEnd -> {
                    return node(event, 0);
                }
            }
        }
        return JsonNull.NULL;
    }

    private JsonValue node(Event event, int depth) throws InputException {
        if (depth > limits.depth()) {
            throw new InputException(
                    InputException.Code.LIMIT, "YAML nests deeper than " + limits.depth() + " levels" + place(event));
        }
        if (event instanceof AliasEvent alias) {
            return shared(alias);
        }
        JsonValue value;
        if (event instanceof ScalarEvent scalar) {
            value = isNull(scalar) ? JsonNull.NULL : new JsonString(scalar.getValue());
        } else if (event instanceof MappingStartEvent) {
            value = mapping(depth);
        } else {
            value = sequence(depth);
        }
        Optional<Anchor> anchor = event instanceof NodeEvent named ? named.getAnchor() : Optional.empty();
        if (anchor.isPresent()) {
            anchors.put(anchor.get(), value);
        }
        return value;
    }

    private JsonValue shared(AliasEvent alias) throws InputException {
        if (++aliases > MAX_ALIASES) {
            throw new InputException(
                    InputException.Code.LIMIT, "YAML with more than " + MAX_ALIASES + " aliases" + place(alias));
        }
        JsonValue named = anchors.get(alias.getAlias());
        if (named == null) {
            throw new InputException(
                    InputException.Code.MALFORMED, "YAML alias of what is not (yet) there" + place(alias));
        }
        return named;
    }

    private JsonValue mapping(int depth) throws InputException {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            JsonValue key = node(event, depth + 1);
            JsonValue value = node(events.next(), depth + 1);
            members.put(key.text().orElse(""), value);
        }
        return new JsonObject(members);
    }

    private JsonValue sequence(int depth) throws InputException {
        List<JsonValue> elements = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            elements.add(node(event, depth + 1));
        }
        return new JsonArray(elements);
    }

    private static boolean isNull(ScalarEvent scalar) {
        return scalar.getScalarStyle() == ScalarStyle.PLAIN
                && switch (scalar.getValue()) {
                    case "", "~", "null", "Null", "NULL" -> true;
                    default -> false;
                };
    }

    private static String place(Event event) {
        return event.getStartMark()
                .map(mark -> " at line " + (mark.getLine() + 1))
                .orElse("");
    }

    private static String place(MarkedYamlEngineException wrong) {
        return wrong.getProblemMark()
                .map(mark -> " at line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1))
                .orElse("");
    }

    private static InputException malformed(String reason, Exception cause) {
        int firstLine = reason.indexOf('\n');
        return new InputException(
                InputException.Code.MALFORMED,
                "not valid YAML: " + (firstLine < 0 ? reason : reason.substring(0, firstLine)),
                cause);
    }
}
