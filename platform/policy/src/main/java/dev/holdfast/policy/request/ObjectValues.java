package dev.holdfast.policy.request;

import dev.holdfast.core.json.JsonValue;
import dev.holdfast.core.json.JsonValue.JsonArray;
import dev.holdfast.core.json.JsonValue.JsonBoolean;
import dev.holdfast.core.json.JsonValue.JsonNull;
import dev.holdfast.core.json.JsonValue.JsonNumber;
import dev.holdfast.core.json.JsonValue.JsonObject;
import dev.holdfast.core.json.JsonValue.JsonString;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Node.Kind;
import dev.holdfast.manifest.tree.Node.Mapping;
import dev.holdfast.manifest.tree.Node.Scalar;
import dev.holdfast.manifest.tree.Node.Sequence;
import dev.holdfast.policy.cel.value.Null;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Objects as expressions see them. A field that is null is left out, as the API server leaves it out of what it stores. */
public final class ObjectValues {
    private static final int OCTAL = 8;
    /** More digits may not fit into 64 bits. */
    private static final int MOST_PLAIN = 18;

    private ObjectValues() {}

    /** The object of a manifest; empty when it is no map. */
    public static Optional<Map<String, Object>> object(Node node) {
        return node instanceof Mapping mapping ? Optional.of(map(mapping)) : Optional.empty();
    }

    private static Map<String, Object> map(Mapping mapping) {
        Map<String, Object> map =
                LinkedHashMap.newLinkedHashMap(mapping.entries().size());
        for (Node.Entry entry : mapping.entries()) {
            if (entry.value().isNull()) {
                map.remove(entry.key().text());
            } else {
                map.put(entry.key().text(), value(entry.value()));
            }
        }
        return map;
    }

    private static Object value(Node node) {
        return switch (node) {
            case Mapping mapping -> map(mapping);
            case Sequence sequence -> {
                List<Object> list = new ArrayList<>(sequence.elements().size());
                for (Node element : sequence.elements()) {
                    list.add(value(element));
                }
                yield list;
            }
            case Scalar scalar -> scalar(scalar);
        };
    }

    private static Object scalar(Scalar scalar) {
        return switch (scalar.kind()) {
            case TEXT -> scalar.text();
            case BOOLEAN -> scalar.isTrue();
            case NULL -> Null.NULL;
            case INTEGER, DECIMAL -> number(scalar);
        };
    }

    private static Object number(Scalar scalar) {
        if (scalar.kind() == Kind.INTEGER && isPlain(scalar.text())) {
            return Long.parseLong(scalar.text());
        }
        String text = scalar.text().replace("_", "").replaceFirst("^\\+", "");
        try {
            if (scalar.kind() == Kind.DECIMAL) {
                return decimal(text);
            }
            boolean isNegative = text.startsWith("-");
            String digits = isNegative ? text.substring(1) : text;
            int radix = radix(digits);
            String bare = digits.startsWith("0x") || digits.startsWith("0o") || digits.startsWith("0b")
                    ? digits.substring(2)
                    : digits;
            return Long.parseLong((isNegative ? "-" : "") + bare, radix);
        } catch (NumberFormatException tooLarge) {
            return Double.parseDouble(text.matches("-?[0-9.]+([eE][-+]?[0-9]+)?") ? text : "NaN");
        }
    }

    /** Digits as JSON writes them, and few enough: what nearly every number is. */
    private static boolean isPlain(String text) {
        if (text.isEmpty() || text.length() > MOST_PLAIN || text.length() > 1 && text.charAt(0) == '0') {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static int radix(String digits) {
        if (digits.startsWith("0x")) {
            return 16;
        }
        if (digits.startsWith("0b")) {
            return 2;
        }
        return digits.length() > 1 && digits.startsWith("0") ? OCTAL : 10;
    }

    private static Object decimal(String text) {
        String lower = text.toLowerCase(java.util.Locale.ROOT);
        if (lower.endsWith(".inf")) {
            return lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return lower.endsWith(".nan") ? Double.NaN : (Object) Double.parseDouble(text);
    }

    /** The object of a JSON document; empty when it is none. */
    public static Optional<Map<String, Object>> object(JsonValue value) {
        return value instanceof JsonObject object ? Optional.of(map(object)) : Optional.empty();
    }

    private static Map<String, Object> map(JsonObject object) {
        Map<String, Object> map =
                LinkedHashMap.newLinkedHashMap(object.members().size());
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            if (!(member.getValue() instanceof JsonNull)) {
                map.put(member.getKey(), value(member.getValue()));
            }
        }
        return map;
    }

    private static Object value(JsonValue value) {
        return switch (value) {
            case JsonObject object -> map(object);
            case JsonArray array -> {
                List<Object> list = new ArrayList<>(array.elements().size());
                for (JsonValue element : array.elements()) {
                    list.add(value(element));
                }
                yield list;
            }
            case JsonString text -> text.value();
            case JsonBoolean bool -> bool.value();
            case JsonNull _ -> Null.NULL;
            case JsonNumber number -> number(number.literal());
        };
    }

    private static Object number(String literal) {
        try {
            return Long.parseLong(literal);
        } catch (NumberFormatException fraction) {
            return Double.parseDouble(literal);
        }
    }
}
