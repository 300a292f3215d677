package dev.holdfast.rules.output;

import dev.holdfast.rules.event.Event;
import dev.holdfast.rules.event.FieldCatalogue;
import dev.holdfast.rules.event.Value;
import dev.holdfast.rules.match.CompileException;
import dev.holdfast.rules.match.Extraction;
import dev.holdfast.rules.match.Slots;
import dev.holdfast.rules.syntax.SyntaxException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The text of an alert with its fields, by this grammar:
 *
 * <pre>
 * output = [ "*" ] { text | "%%" | "%" [ width ] ( field | transformed ) }
 * width  = digits
 * field  = name [ "[" argument "]" ]
 * transformed = as in conditions
 * </pre>
 *
 * <p>A field that the event lacks is printed as {@code <NA>}, with and without the star in front, which is there for compatibility. With a
 * width the value is cut or filled with blanks to so many characters. A name ends where no longer one is known.
 */
public final class OutputFormat {
    /** A text, and the field behind it; the last piece has no field and slot -1. */
    record Piece(String text, int slot, String written, int width) {}

    private final String source;
    private final List<Piece> pieces;
    private final Map<String, Integer> told;
    private final Slots slots;

    OutputFormat(String source, List<Piece> pieces, Map<String, Integer> told, Slots slots) {
        this.source = source;
        this.pieces = List.copyOf(pieces);
        this.told = Collections.unmodifiableMap(told);
        this.slots = slots;
    }

    /**
     * Reads an output.
     *
     * @param eventSource the source of the events that it will be filled in for
     */
    public static OutputFormat of(String text, String eventSource, FieldCatalogue catalogue)
            throws SyntaxException, CompileException {
        return new OutputParser(text, eventSource, catalogue).parse();
    }

    /** The text as it was written. */
    public String source() {
        return source;
    }

    /** The fields as they are written, with what transforms them, in their order. */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (Piece piece : pieces) {
            if (piece.slot >= 0) {
                names.add(piece.written);
            }
        }
        return names;
    }

    /** The text for an event. What stands in fields comes from whoever is watched: escape it before it reaches a terminal. */
    public String print(Event event) {
        Extraction fields = new Extraction(slots);
        fields.begin(event);
        StringBuilder text = new StringBuilder();
        for (Piece piece : pieces) {
            text.append(piece.text);
            if (piece.slot >= 0) {
                append(fields.value(piece.slot).toString(), piece.width, text);
            }
        }
        return text.toString();
    }

    private static void append(String value, int width, StringBuilder text) {
        if (width == 0) {
            text.append(value);
            return;
        }
        text.append(value, 0, Math.min(width, value.length())).repeat(' ', Math.max(0, width - value.length()));
    }

    /**
     * The fields by the names with which they are written, with their values of their own types, the absent ones included. Before what
     * transformers make of fields come the fields themselves.
     */
    public Map<String, Value> fields(Event event) {
        Extraction fields = new Extraction(slots);
        fields.begin(event);
        Map<String, Value> values = new LinkedHashMap<>();
        told.forEach((name, slot) -> {
            Value value = new Value();
            if (isTime(name)) {
                value.set(event.time());
            } else {
                value.set(fields.value(slot));
            }
            values.put(name, value);
        });
        return values;
    }

    /** Whether the field is a time as a text, which is a number among fields. */
    private static boolean isTime(String name) {
        return name.startsWith("evt.time") || name.startsWith("evt.datetime") || name.equals("evt.outputtime");
    }
}
