package dev.holdfast.core.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import java.io.ByteArrayInputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks a JSON document forward without building it, and may stop anywhere. For documents of which little is wanted, or much that is
 * nested. A value must be consumed, by one of {@link #enterObject}, {@link #enterArray}, {@link #value}, {@link #text}, {@link #isTrue} or
 * {@link #skip}, before the next member or element is asked for:
 *
 * <pre>
 *   if (cursor.enterObject()) {
 *       while (cursor.nextMember()) {
 *           switch (cursor.name()) {
 *               case "version" -> version = cursor.text();
 *               default -> cursor.skip();
 *           }
 *       }
 *   }
 * </pre>
 */
public final class JsonCursor implements AutoCloseable {
    private final JsonParser parser;
    private String name = "";
    private int line;

    private JsonCursor(JsonParser parser) {
        this.parser = parser;
    }

    /** Stands on the document's only value. */
    public static JsonCursor open(byte[] document, Limits limits) throws InputException, IOException {
        return open(new ByteArrayInputStream(document), limits);
    }

    /** Stands on the first value of a document that is read as it is walked; the stream stays open for its owner. */
    public static JsonCursor open(InputStream document, Limits limits) throws InputException, IOException {
        JsonCursor cursor = new JsonCursor(parser(document, limits));
        cursor.advance();
        return cursor;
    }

    /** The parser looks at the first bytes at once, for the encoding. */
    private static JsonParser parser(InputStream document, Limits limits) throws InputException, IOException {
        try {
            return Json.open(document, limits);
        } catch (CharConversionException wrong) {
            throw Json.malformed(wrong);
        }
    }

    /** Stands inside of the document's only value, which must be an object. */
    public static JsonCursor openObject(byte[] document, Limits limits) throws InputException, IOException {
        JsonCursor cursor = open(document, limits);
        if (!cursor.enterObject()) {
            throw new InputException(InputException.Code.MALFORMED, "expected a JSON object");
        }
        return cursor;
    }

    /**
     * As {@link #open}, for the relaxed JSON that some tools write for people: with comments, and commas after the last member or
     * element.
     */
    public static JsonCursor openRelaxed(byte[] document, Limits limits) throws InputException, IOException {
        JsonParser parser = parser(new ByteArrayInputStream(document), limits);
        parser.enable(JsonReadFeature.ALLOW_JAVA_COMMENTS.mappedFeature());
        parser.enable(JsonReadFeature.ALLOW_TRAILING_COMMA.mappedFeature());
        JsonCursor cursor = new JsonCursor(parser);
        cursor.advance();
        return cursor;
    }

    /** Steps inside when the value is an object, and past it when it is anything else. */
    public boolean enterObject() throws InputException, IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            return true;
        }
        skip();
        return false;
    }

    /** Steps inside when the value is an array, and past it when it is anything else. */
    public boolean enterArray() throws InputException, IOException {
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            return true;
        }
        skip();
        return false;
    }

    /** Goes to the next element of the array that was entered last; false at its end, which leaves it. */
    public boolean nextElement() throws InputException, IOException {
        JsonToken token = advance();
        if (token == null) {
            throw new InputException(InputException.Code.TRUNCATED, "the JSON document ends early");
        }
        line = parser.currentLocation().getLineNr();
        return token != JsonToken.END_ARRAY;
    }

    /** Builds the value at hand, whatever it is. */
    public JsonValue value() throws InputException, IOException {
        try {
            return Json.value(parser);
        } catch (JsonProcessingException | CharConversionException wrong) {
            throw Json.malformed(wrong);
        }
    }

    /** Whether the document ends behind the value that was consumed last. */
    public boolean isAtEnd() throws InputException, IOException {
        return advance() == null;
    }

    /** Goes to the next member of the object that was entered last; false at its end, which leaves it. */
    public boolean nextMember() throws InputException, IOException {
        JsonToken token = advance();
        if (token == null) {
            throw new InputException(InputException.Code.TRUNCATED, "the JSON document ends early");
        }
        if (token != JsonToken.FIELD_NAME) {
            return false;
        }
        name = parser.currentName();
        line = parser.currentLocation().getLineNr();
        advance();
        return true;
    }

    /** Whether the value is an array; it is not consumed. */
    public boolean isArray() {
        return parser.currentToken() == JsonToken.START_ARRAY;
    }

    /** The name of the member at hand. */
    public String name() {
        return name;
    }

    /** The line on which the name of the member, or the beginning of the element, at hand stands, from 1. */
    public int line() {
        return line;
    }

    /** The text of a string; empty for anything else, which is skipped. */
    public Optional<String> text() throws InputException, IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            try {
                return Optional.of(parser.getText());
            } catch (JsonProcessingException | CharConversionException wrong) {
                throw Json.malformed(wrong);
            }
        }
        skip();
        return Optional.empty();
    }

    /** Whether this is the boolean {@code true}; anything else is skipped. */
    public boolean isTrue() throws InputException, IOException {
        boolean isTrue = parser.currentToken() == JsonToken.VALUE_TRUE;
        skip();
        return isTrue;
    }

    /** Passes over the value. */
    public void skip() throws InputException, IOException {
        try {
            parser.skipChildren();
        } catch (JsonProcessingException | CharConversionException wrong) {
            throw Json.malformed(wrong);
        }
    }

    private @Nullable JsonToken advance() throws InputException, IOException {
        try {
            return parser.nextToken();
        } catch (JsonProcessingException | CharConversionException wrong) {
            throw Json.malformed(wrong);
        }
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
