package dev.holdfast.core.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.JsonValue.JsonArray;
import dev.holdfast.core.json.JsonValue.JsonBoolean;
import dev.holdfast.core.json.JsonValue.JsonNull;
import dev.holdfast.core.json.JsonValue.JsonNumber;
import dev.holdfast.core.json.JsonValue.JsonObject;
import dev.holdfast.core.json.JsonValue.JsonString;
import java.io.ByteArrayInputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads JSON (RFC 8259, UTF-8 with or without byte-order mark). Nesting is bounded by {@link Limits#depth()}, a string by
 * {@link Limits#fileBytes()}. What is wrong is an {@link InputException} with line and column.
 */
public final class Json {
    private static final JsonFactory DEFAULT = factory(Limits.DEFAULT);

    /** How the parser quotes a second place, such as where an object began. */
    private static final Pattern SOURCE = Pattern.compile("\\[Source: [^;]*; line: (\\d+), column: (\\d+)\\]");

    private Json() {}

    /**
     * Lets the parser's classes be made ready on a thread of their own, for programs that will need them in a moment: the library
     * initialises {@link java.math.BigDecimal}, whose tables take 16 ms.
     */
    public static void prepare() {
        Thread.ofPlatform().daemon().name("json").start(() -> {
            try {
                parse("{}", Limits.DEFAULT);
            } catch (InputException impossible) {
                throw new IllegalStateException(impossible);
            }
        });
    }

    /** One member of a streamed object, or one element of a streamed array (then the name is empty). */
    @FunctionalInterface
    public interface Visitor {
        void visit(String name, JsonValue value) throws InputException, IOException;
    }

    /** Reads a whole document. Anything but white space after it is an error. */
    public static JsonValue parse(byte[] document, Limits limits) throws InputException {
        try {
            return parse(new ByteArrayInputStream(document), limits);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible); // a byte array does not fail
        }
    }

    /** Reads a whole document but for the members of these names, wherever they stand. */
    public static JsonValue parse(byte[] document, Limits limits, Set<String> skipped) throws InputException {
        try {
            return parse(new ByteArrayInputStream(document), limits, skipped);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible); // a byte array does not fail
        }
    }

    public static JsonValue parse(String document, Limits limits) throws InputException {
        return parse(document.getBytes(StandardCharsets.UTF_8), limits);
    }

    public static JsonValue parse(InputStream document, Limits limits) throws InputException, IOException {
        return parse(document, limits, Set.of());
    }

    private static JsonValue parse(InputStream document, Limits limits, Set<String> skipped)
            throws InputException, IOException {
        try (JsonParser parser = open(document, limits)) {
            parser.nextToken();
            JsonValue value = value(parser, skipped);
            if (parser.nextToken() != null) {
                throw new InputException(
                        InputException.Code.MALFORMED, "text after the end of the JSON document" + place(parser));
            }
            return value;
        } catch (JsonProcessingException | CharConversionException wrong) {
            throw malformed(wrong);
        }
    }

    /**
     * Reads a document too large to hold: hands over, one at a time, the members or elements of the object or array found at the end of
     * {@code path} (no path: the document itself). What stands beside the path is skipped.
     */
    public static void stream(InputStream document, Limits limits, List<String> path, Visitor visitor)
            throws InputException, IOException {
        try (JsonParser parser = open(document, limits)) {
            parser.nextToken();
            for (String name : path) {
                if (!descend(parser, name)) {
                    return;
                }
            }
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    visitor.visit(name, value(parser));
                }
            } else if (parser.currentToken() == JsonToken.START_ARRAY) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    visitor.visit("", value(parser));
                }
            }
        } catch (JsonProcessingException | CharConversionException wrong) {
            throw malformed(wrong);
        }
    }

    /**
     * Reads an object too large to hold: hands over its members in order, but of those named in {@code streamed}, when they are arrays,
     * one element at a time under the array's name.
     */
    public static void streamMembers(InputStream document, Limits limits, Set<String> streamed, Visitor visitor)
            throws InputException, IOException {
        try (JsonParser parser = open(document, limits)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new InputException(
                        InputException.Code.MALFORMED, "the JSON document is no object, or empty" + place(parser));
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (parser.nextToken() == JsonToken.START_ARRAY && streamed.contains(name)) {
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        visitor.visit(name, value(parser));
                    }
                } else {
                    visitor.visit(name, value(parser));
                }
            }
            if (parser.currentToken() != JsonToken.END_OBJECT) {
                throw new InputException(InputException.Code.TRUNCATED, "the JSON document ends early" + place(parser));
            }
        } catch (JsonProcessingException | CharConversionException wrong) {
            throw malformed(wrong);
        }
    }

    private static boolean descend(JsonParser parser, String name) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return false;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean found = name.equals(parser.currentName());
            parser.nextToken();
            if (found) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }

    static JsonParser open(InputStream document, Limits limits) throws IOException {
        boolean isDefault =
                limits.depth() == Limits.DEFAULT.depth() && limits.fileBytes() == Limits.DEFAULT.fileBytes();
        return (isDefault ? DEFAULT : factory(limits)).createParser(document);
    }

    private static JsonFactory factory(Limits limits) {
        return JsonFactory.builder()
                .configure(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION, false)
                .configure(StreamReadFeature.AUTO_CLOSE_SOURCE, false)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depth())
                        .maxStringLength((int) Math.min(Integer.MAX_VALUE - 8, limits.fileBytes()))
                        .maxNumberLength(1_000)
                        .maxNameLength(1 << 20)
                        .build())
                .build();
    }

    static JsonValue value(JsonParser parser) throws IOException, InputException {
        return value(parser, Set.of());
    }

    private static JsonValue value(JsonParser parser, Set<String> skipped) throws IOException, InputException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new InputException(InputException.Code.TRUNCATED, "the JSON document is empty or ends early");
        }
        return switch (token) {
            case START_OBJECT -> object(parser, skipped);
            case START_ARRAY -> array(parser, skipped);
            case VALUE_STRING -> new JsonString(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(parser.getText());
            case VALUE_TRUE -> new JsonBoolean(true);
            case VALUE_FALSE -> new JsonBoolean(false);
            case VALUE_NULL -> JsonNull.NULL;
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new InputException(InputException.Code.MALFORMED, "unexpected " + token + place(parser));
        };
    }

    private static JsonValue object(JsonParser parser, Set<String> skipped) throws IOException, InputException {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (skipped.contains(name)) {
                parser.skipChildren();
            } else {
                members.put(name, value(parser, skipped));
            }
        }
        return new JsonObject(members);
    }

    private static JsonValue array(JsonParser parser, Set<String> skipped) throws IOException, InputException {
        List<JsonValue> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(parser, skipped));
        }
        return new JsonArray(elements);
    }

    private static String place(JsonParser parser) {
        return " at line " + parser.currentLocation().getLineNr() + ", column "
                + parser.currentLocation().getColumnNr();
    }

    static InputException malformed(IOException wrong) {
        return wrong instanceof JsonProcessingException located
                ? malformedAt(located)
                // The parser takes UTF-16 and UTF-32 for JSON too, and may find them broken.
                : new InputException(InputException.Code.MALFORMED, "not valid JSON: the text is not UTF-8", wrong);
    }

    private static InputException malformedAt(JsonProcessingException wrong) {
        String place = wrong.getLocation() == null
                ? ""
                : " at line " + wrong.getLocation().getLineNr() + ", column "
                        + wrong.getLocation().getColumnNr();
        String reason = wrong.getOriginalMessage() == null ? "malformed" : wrong.getOriginalMessage();
        reason = SOURCE.matcher(reason).replaceAll("line $1, column $2");
        int firstLine = reason.indexOf('\n');
        return new InputException(
                InputException.Code.MALFORMED,
                "not valid JSON" + place + ": " + (firstLine < 0 ? reason : reason.substring(0, firstLine)),
                wrong);
    }
}
