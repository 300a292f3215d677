package dev.holdfast.manifest.dockerfile;

import dev.holdfast.manifest.tree.Place;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An option of an instruction, {@code --name=value}.
 *
 * @param name without the dashes
 * @param value what follows the equals sign; empty when none does
 * @param hasValue whether there is an equals sign
 */
public record Flag(String name, String value, boolean hasValue, Place place) {
    /**
     * The comma-separated fields of the value, as {@code --mount} has them: {@code type=secret,id=npm,required}. A field without a value
     * stands with an empty one. Keys are lower case.
     */
    public Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        StringBuilder field = new StringBuilder();
        boolean isQuoted = false;
        for (int i = 0; i <= value.length(); i++) {
            char next = i < value.length() ? value.charAt(i) : ',';
            if (next == '"' && i < value.length()) {
                isQuoted = !isQuoted;
            } else if (next == ',' && (!isQuoted || i == value.length())) {
                int equals = field.indexOf("=");
                String key = equals < 0 ? field.toString() : field.substring(0, equals);
                fields.put(key.toLowerCase(java.util.Locale.ROOT), equals < 0 ? "" : field.substring(equals + 1));
                field.setLength(0);
            } else {
                field.append(next);
            }
        }
        return fields;
    }
}
