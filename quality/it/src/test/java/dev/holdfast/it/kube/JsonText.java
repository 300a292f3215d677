package dev.holdfast.it.kube;

import dev.holdfast.core.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes what was read as JSON again. */
final class JsonText {
    private JsonText() {}

    static String of(JsonValue value) {
        return switch (value) {
            case JsonValue.JsonObject object -> {
                List<String> members = new ArrayList<>();
                object.members().forEach((key, member) -> members.add(quoted(key) + ":" + of(member)));
                yield "{" + String.join(",", members) + "}";
            }
            case JsonValue.JsonArray array ->
                "["
                        + String.join(
                                ",", array.elements().stream().map(JsonText::of).toList()) + "]";
            case JsonValue.JsonString string -> quoted(string.value());
            case JsonValue.JsonNumber number -> number.literal();
            case JsonValue.JsonBoolean bool -> String.valueOf(bool.value());
            case JsonValue.JsonNull _ -> "null";
        };
    }

    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
