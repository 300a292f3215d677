package dev.holdfast.manifest.tree;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.tree.Node.Entry;
import dev.holdfast.manifest.tree.Node.Kind;
import dev.holdfast.manifest.tree.Node.Mapping;
import dev.holdfast.manifest.tree.Node.Scalar;
import dev.holdfast.manifest.tree.Node.Sequence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one JSON value (RFC 8259) into the trees that {@link YamlReader} makes, some ten times faster, and with tabs, which YAML refuses.
 * Nesting is bounded by {@link Limits#depth()}, a text by {@link Limits#fileBytes()}.
 */
public final class JsonReader {
    /** Longer names are no keys of people. */
    private static final int LONGEST_NAME = 1 << 16;

    private static final int LONGEST_NUMBER = 1_000;

    private static final Place NOWHERE = new Place(1, 1, 1, 1);

    private final JsonFactory factory;
    private final boolean hasPlaces;

    public JsonReader(Limits limits) {
        this(limits, true);
    }

    /** A reader for texts that no person wrote: every value stands in the first line, which halves the work. */
    public static JsonReader withoutPlaces(Limits limits) {
        return new JsonReader(limits, false);
    }

    private JsonReader(Limits limits, boolean hasPlaces) {
        this.hasPlaces = hasPlaces;
        this.factory = JsonFactory.builder()
                .configure(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION, false)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depth())
                        .maxStringLength((int) Math.min(Integer.MAX_VALUE - 8, limits.fileBytes()))
                        .maxNumberLength(LONGEST_NUMBER)
                        .maxNameLength(LONGEST_NAME)
                        .build())
                .build();
    }

    /** The document; one with anything behind its value is broken. */
    public Document read(String text) {
        try (JsonParser parser = factory.createParser(text)) {
            return document(parser);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // a text in memory has none
        }
    }

    /** Values that follow one another, as programs that print one object after the other write them; what is broken ends them. */
    public List<Document> readAll(String text) {
        List<Document> documents = new ArrayList<>();
        try (JsonParser parser = factory.createParser(text)) {
            while (parser.nextToken() != null) {
                Node root = node(parser);
                documents.add(new Document.Read(root, root.place().line()));
            }
        } catch (JsonProcessingException wrong) {
            JsonLocation at = wrong.getLocation() == null ? JsonLocation.NA : wrong.getLocation();
            documents.add(broken(at, sentence(wrong)));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // a text in memory has none
        }
        return documents;
    }

    /** The document of UTF-8 bytes (or UTF-16, UTF-32, as RFC 4627 tells them). */
    public Document read(byte[] bytes) {
        try (JsonParser parser = factory.createParser(bytes)) {
            return document(parser);
        } catch (IOException unreadable) {
            return new Document.Broken(1, 1, "not valid JSON: not a text in UTF-8");
        }
    }

    private Document document(JsonParser parser) throws IOException {
        try {
            if (parser.nextToken() == null) {
                return new Document.Broken(1, 1, "not valid JSON: it is empty");
            }
            Node root = node(parser);
            return parser.nextToken() == null
                    ? new Document.Read(root, root.place().line())
                    : broken(parser.currentTokenLocation(), "there is more behind the value");
        } catch (JsonProcessingException wrong) {
            JsonLocation at = wrong.getLocation() == null ? parser.currentLocation() : wrong.getLocation();
            return broken(at, sentence(wrong));
        }
    }

    /** What the parser says, without its own words about places. */
    private static String sentence(JsonProcessingException wrong) {
        String line =
                String.valueOf(wrong.getOriginalMessage()).lines().findFirst().orElse("");
        int marker = line.indexOf(" (start marker at");
        return marker < 0 ? line : line.substring(0, marker);
    }

    private static Document broken(JsonLocation at, String problem) {
        return new Document.Broken(
                Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()), "not valid JSON: " + problem);
    }

    /** The value at hand; the depth is bounded by the parser. */
    private Node node(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> mapping(parser);
            case START_ARRAY -> sequence(parser);
            case VALUE_STRING -> scalar(parser, Kind.TEXT, false);
            case VALUE_NUMBER_INT -> scalar(parser, Kind.INTEGER, true);
            case VALUE_NUMBER_FLOAT -> scalar(parser, Kind.DECIMAL, true);
            case VALUE_TRUE, VALUE_FALSE -> scalar(parser, Kind.BOOLEAN, true);
            case VALUE_NULL -> scalar(parser, Kind.NULL, true);
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new com.fasterxml.jackson.core.JsonParseException(parser, "it ends early");
        };
    }

    private Mapping mapping(JsonParser parser) throws IOException {
        JsonLocation start = start(parser);
        List<Entry> entries = new ArrayList<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            Scalar key = new Scalar(parser.currentName(), Kind.TEXT, false, place(start(parser), parser));
            parser.nextToken();
            entries.add(new Entry(key, node(parser)));
        }
        return new Mapping(entries, place(start, parser));
    }

    private Sequence sequence(JsonParser parser) throws IOException {
        JsonLocation start = start(parser);
        List<Node> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(node(parser));
        }
        return new Sequence(elements, place(start, parser));
    }

    private Scalar scalar(JsonParser parser, Kind kind, boolean isPlain) throws IOException {
        JsonLocation start = start(parser);
        String text = parser.getText(); // the end of a text is known only when it was read
        return new Scalar(text, kind, isPlain, place(start, parser));
    }

    private JsonLocation start(JsonParser parser) {
        return hasPlaces ? parser.currentTokenLocation() : JsonLocation.NA;
    }

    private Place place(JsonLocation start, JsonParser parser) {
        if (!hasPlaces) {
            return NOWHERE;
        }
        JsonLocation end = parser.currentLocation();
        return new Place(start.getLineNr(), start.getColumnNr(), end.getLineNr(), end.getColumnNr());
    }
}
