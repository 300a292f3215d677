package dev.holdfast.manifest.helm.functions;

import dev.holdfast.manifest.template.GoFormat;
import dev.holdfast.manifest.template.TemplateFault;
import dev.holdfast.manifest.template.Values;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arguments of a function as what it expects. */
final class Given {
    private Given() {}

    static String text(List<@Nullable Object> arguments, int index) {
        return String.valueOf(arguments.get(index));
    }

    static int number(List<@Nullable Object> arguments, int index) {
        Object value = arguments.get(index);
        return value instanceof Long number ? Math.clamp(number, Integer.MIN_VALUE, Integer.MAX_VALUE) : 0;
    }

    /** A map, to be changed in place; a nil is an empty one. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> map(List<@Nullable Object> arguments, int index) {
        return arguments.get(index) instanceof Map<?, ?> map ? (Map<String, Object>) map : Values.map();
    }

    /** A list; anything else is refused in sprig's words. */
    @SuppressWarnings("unchecked")
    static List<Object> list(List<@Nullable Object> arguments, int index, String refusal) throws TemplateFault {
        Object value = arguments.get(index);
        return switch (value) {
            case List<?> list -> (List<Object>) list;
            case byte[] bytes -> {
                List<Object> list = new ArrayList<>();
                for (byte each : bytes) {
                    list.add((long) (each & 0xFF));
                }
                yield list;
            }
            case null -> throw TemplateFault.of("runtime error: invalid memory address or nil pointer dereference");
            default -> throw TemplateFault.of(refusal + " " + Values.kindName(value));
        };
    }

    /** A value as a text, as sprig converts it. */
    static String words(@Nullable Object value) {
        return switch (value) {
            case String text -> text;
            case byte[] bytes -> new String(bytes, StandardCharsets.UTF_8);
            case null, default -> GoFormat.text(value);
        };
    }

    /** A value as texts: the elements of a list without nils, or the value alone. */
    static List<String> allWords(@Nullable Object value) {
        List<String> words = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (Object element : list) {
                if (element != null) {
                    words.add(words(element));
                }
            }
        } else if (value != null) {
            words.add(words(value));
        }
        return words;
    }
}
