package dev.holdfast.watch.audit;

import dev.holdfast.core.json.JsonEscapes;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.core.json.JsonValue.JsonArray;
import dev.holdfast.core.json.JsonValue.JsonBoolean;
import dev.holdfast.core.json.JsonValue.JsonNull;
import dev.holdfast.core.json.JsonValue.JsonNumber;
import dev.holdfast.core.json.JsonValue.JsonObject;
import dev.holdfast.core.json.JsonValue.JsonString;
import java.util.Map;

/** Writes a JSON value as one line without spaces, as rules compare the parts of audit events. */
public final class CompactJson {
    private CompactJson() {}

    public static String of(JsonValue value) {
        StringBuilder out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    /** A string as its own text, everything else as JSON. */
    static String text(JsonValue value) {
        return value instanceof JsonString string ? string.value() : of(value);
    }

    private static void write(JsonValue value, StringBuilder out) {
        switch (value) {
            case JsonObject object -> {
                out.append('{');
                String separator = "";
                for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
                    out.append(separator);
                    quote(member.getKey(), out);
                    out.append(':');
                    write(member.getValue(), out);
                    separator = ",";
                }
                out.append('}');
            }
            case JsonArray array -> {
                out.append('[');
                String separator = "";
                for (JsonValue element : array.elements()) {
                    out.append(separator);
                    write(element, out);
                    separator = ",";
                }
                out.append(']');
            }
            case JsonString string -> quote(string.value(), out);
            case JsonNumber number -> out.append(number.literal());
            case JsonBoolean bool -> out.append(bool.value());
            case JsonNull none -> out.append("null");
        }
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        JsonEscapes.append(text, out, "");
        out.append('"');
    }
}
