package dev.holdfast.core.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Collection;

/**
 * Writes our own JSON: keys in the order of the calls, two spaces of indentation, {@code \n} line ends, UTF-8. What is absent is left
 * out, never {@code null}. The same calls give the same bytes on every platform.
 */
public final class JsonWriter implements AutoCloseable {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonGenerator out;

    public JsonWriter(OutputStream stream) {
        this(stream, true);
    }

    private JsonWriter(OutputStream stream, boolean isIndented) {
        try {
            out = FACTORY.createGenerator(stream);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        if (isIndented) {
            indent();
        }
    }

    /** Writes a document as one line, without blanks. */
    public static JsonWriter oneLine(OutputStream stream) {
        return new JsonWriter(stream, false);
    }

    private void indent() {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        out.setPrettyPrinter(new DefaultPrettyPrinter(Separators.createDefaultInstance()
                        .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                        .withObjectEmptySeparator("")
                        .withArrayEmptySeparator(""))
                .withObjectIndenter(indenter)
                .withArrayIndenter(indenter));
    }

    /** Runs the body inside braces. */
    public JsonWriter object(Runnable body) {
        return around(out::writeStartObject, body, out::writeEndObject);
    }

    /** Runs the body inside braces, as the member of that name. */
    public JsonWriter object(String name, Runnable body) {
        return name(name).object(body);
    }

    /** Runs the body inside brackets, as the member of that name. */
    public JsonWriter array(String name, Runnable body) {
        return name(name).around(out::writeStartArray, body, out::writeEndArray);
    }

    /** Writes a member whose value is a list of strings, an empty list included. */
    public JsonWriter texts(String name, Collection<String> values) {
        return array(name, () -> values.forEach(this::element));
    }

    public JsonWriter text(String name, String value) {
        return name(name).element(value);
    }

    public JsonWriter number(String name, long value) {
        return name(name).write(() -> out.writeNumber(value));
    }

    public JsonWriter number(String name, double value) {
        return name(name).write(() -> out.writeNumber(value));
    }

    public JsonWriter flag(String name, boolean value) {
        return name(name).write(() -> out.writeBoolean(value));
    }

    /** Writes a string as an element of the array that is open. */
    public JsonWriter element(String value) {
        return write(() -> out.writeString(value));
    }

    /** Ends the document with a line feed and flushes; the stream stays open for its owner. */
    @Override
    public void close() {
        write(() -> {
            out.writeRaw('\n');
            out.close();
        });
    }

    private JsonWriter name(String name) {
        return write(() -> out.writeFieldName(name));
    }

    private JsonWriter around(Step open, Runnable body, Step close) {
        write(open);
        body.run();
        return write(close);
    }

    private JsonWriter write(Step step) {
        try {
            step.run();
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private interface Step {
        void run() throws IOException;
    }
}
