package dev.holdfast.manifest.helm.functions;

import dev.holdfast.manifest.template.GoNumbers;
import dev.holdfast.manifest.template.Values;
import dev.holdfast.manifest.tree.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Trees as Go's values: by way of JSON, so every number is a {@code float64} and every key a text. */
public final class TreeValues {
    private TreeValues() {}

    /** The value that a tree says. */
    public static @Nullable Object of(Node node) {
        return switch (node) {
            case Node.Scalar scalar -> scalar(scalar);
            case Node.Sequence sequence -> {
                List<Object> list = new ArrayList<>(sequence.elements().size());
                for (Node element : sequence.elements()) {
                    list.add(of(element));
                }
                yield list;
            }
            case Node.Mapping mapping -> {
                Map<String, Object> map = Values.map();
                for (Node.Entry entry : mapping.entries()) {
                    map.put(key(entry.key()), of(entry.value()));
                }
                yield map;
            }
        };
    }

    private static String key(Node.Scalar key) {
        return switch (key.kind()) {
            case BOOLEAN -> String.valueOf(key.isTrue());
            case INTEGER -> key.wholeNumber().map(String::valueOf).orElse(key.text());
            case DECIMAL, NULL, TEXT -> key.text();
        };
    }

    private static @Nullable Object scalar(Node.Scalar scalar) {
        return switch (scalar.kind()) {
            case TEXT -> scalar.text();
            case NULL -> null;
            case BOOLEAN -> scalar.isTrue();
            case INTEGER -> {
                if (scalar.wholeNumber().isPresent()) {
                    yield (double) scalar.wholeNumber().get();
                }
                yield number(scalar.text());
            }
            case DECIMAL -> number(scalar.text());
        };
    }

    private static Object number(String text) {
        return GoNumbers.decimal(text.replace("_", ""))
                .<Object>map(value -> value)
                .orElse(text);
    }
}
