package dev.holdfast.manifest.helm;

import dev.holdfast.core.Gap;
import dev.holdfast.manifest.helm.functions.TreeValues;
import dev.holdfast.manifest.template.Sized;
import dev.holdfast.manifest.template.Values;
import dev.holdfast.manifest.tree.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds values against a chart's {@code values.schema.json}. Helm refuses a release whose values do not fit; here that is told as a gap, and the
 * chart is rendered all the same. Asked are types, required and additional properties, enumerations, bounds, items, {@code allOf},
 * {@code anyOf}, {@code oneOf}, {@code not} and references inside of the schema; patterns and formats, which nobody hardens by, are not.
 */
final class ValueSchema {
    private static final int DEEPEST = 60;

    /** Schemas that refer to themselves can branch without end. */
    private static final int MOST_STEPS = 200_000;

    private final Node root;
    private final String folder;
    private int steps;

    ValueSchema(Node root, String folder) {
        this.root = root;
        this.folder = folder;
    }

    void check(Map<String, Object> values, List<Gap> gaps) {
        problem(root, values, "(root)", 0)
                .ifPresent(problem -> gaps.add(new Gap(
                        Gap.Code.UNREADABLE,
                        folder + "values.schema.json",
                        "helm: the values do not fit the schema, so Helm refuses to install: " + problem)));
    }

    /** The first thing that does not fit. */
    private Optional<String> problem(Node schema, @Nullable Object value, String path, int depth) {
        if (depth > DEEPEST || ++steps > MOST_STEPS) {
            return Optional.empty();
        }
        if (schema.isFalse()) {
            return Optional.of(path + " is not allowed");
        }
        Optional<Node> target = schema.textAt("$ref").flatMap(this::referred);
        if (target.isPresent()) {
            return problem(target.get(), value, path, depth + 1);
        }
        return type(schema, value, path)
                .or(() -> choice(schema, value, path))
                .or(() -> bounds(schema, value, path))
                .or(() -> properties(schema, value, path, depth))
                .or(() -> items(schema, value, path, depth))
                .or(() -> combined(schema, value, path, depth));
    }

    private Optional<Node> referred(String reference) {
        if (!reference.startsWith("#")) {
            return Optional.empty();
        }
        Node at = root;
        for (String step : reference.substring(1).split("/")) {
            String key = step.replace("~1", "/").replace("~0", "~");
            if (!key.isEmpty()) {
                Optional<Node> next = at.get(key);
                if (next.isEmpty()) {
                    return Optional.empty();
                }
                at = next.get();
            }
        }
        return Optional.of(at);
    }

    private static Optional<String> type(Node schema, @Nullable Object value, String path) {
        Optional<Node> type = schema.get("type");
        if (type.isEmpty()) {
            return Optional.empty();
        }
        List<Node> allowed = type.get().elements().isEmpty()
                ? List.of(type.get())
                : type.get().elements();
        for (Node each : allowed) {
            if (isOf(each.textAt().orElse(""), value)) {
                return Optional.empty();
            }
        }
        String names = String.join(
                " or ", allowed.stream().map(each -> each.textAt().orElse("")).toList());
        return Optional.of(path + " must be " + names + ", and is " + Values.typeName(value));
    }

    private static boolean isOf(String type, @Nullable Object value) {
        return switch (type) {
            case "object" -> value instanceof Map<?, ?>;
            case "array" -> value instanceof List<?>;
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "null" -> value == null;
            case "number" -> value instanceof Double || Values.isWhole(value);
            case "integer" -> Values.isWhole(value) || value instanceof Double number && number == Math.rint(number);
            default -> true;
        };
    }

    private static boolean isSame(Node wanted, @Nullable Object value) {
        Object other = TreeValues.of(wanted);
        Object known = value instanceof Sized number ? (Object) (double) number.value() : value;
        return Values.areEqual(other, known);
    }

    private static Optional<String> choice(Node schema, @Nullable Object value, String path) {
        Optional<Node> allowed = schema.get("enum");
        boolean isAllowed =
                allowed.isEmpty() || allowed.get().elements().stream().anyMatch(each -> isSame(each, value));
        boolean isConstant =
                schema.get("const").map(each -> isSame(each, value)).orElse(true);
        return isAllowed && isConstant ? Optional.empty() : Optional.of(path + " is none of the allowed values");
    }

    private static Optional<String> bounds(Node schema, @Nullable Object value, String path) {
        double size;
        String least;
        String most;
        switch (value) {
            case String text -> {
                size = text.codePointCount(0, text.length());
                least = "minLength";
                most = "maxLength";
            }
            case List<?> list -> {
                size = list.size();
                least = "minItems";
                most = "maxItems";
            }
            case Double number -> {
                size = number;
                least = "minimum";
                most = "maximum";
            }
            case null, default -> {
                return Optional.empty();
            }
        }
        boolean isInside = size >= number(schema, least, Double.NEGATIVE_INFINITY)
                && size <= number(schema, most, Double.POSITIVE_INFINITY);
        return isInside ? Optional.empty() : Optional.of(path + " is out of bounds");
    }

    private static double number(Node schema, String key, double otherwise) {
        return schema.get(key)
                .map(TreeValues::of)
                .filter(Double.class::isInstance)
                .map(Double.class::cast)
                .orElse(otherwise);
    }

    private Optional<String> properties(Node schema, @Nullable Object value, String path, int depth) {
        if (!(value instanceof Map<?, ?> map)) {
            return Optional.empty();
        }
        for (Node required : schema.get("required").map(Node::elements).orElse(List.of())) {
            if (!map.containsKey(required.textAt().orElse(""))) {
                return Optional.of(path + ": " + required.textAt().orElse("") + " is required");
            }
        }
        Optional<Node> properties = schema.get("properties");
        Optional<Node> others = schema.get("additionalProperties");
        boolean hasPatterns = schema.get("patternProperties").isPresent();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String key = String.valueOf(entry.getKey());
            Optional<Node> own = properties.flatMap(each -> each.get(key));
            Optional<Node> asked = own.or(() -> hasPatterns ? Optional.empty() : others);
            Optional<String> problem =
                    asked.flatMap(each -> problem(each, entry.getValue(), path + "." + key, depth + 1));
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private Optional<String> items(Node schema, @Nullable Object value, String path, int depth) {
        Optional<Node> items = schema.get("items");
        if (items.isEmpty() || items.get() instanceof Node.Sequence || !(value instanceof List<?> list)) {
            return Optional.empty();
        }
        for (int i = 0; i < list.size(); i++) {
            Optional<String> problem = problem(items.get(), list.get(i), path + "." + i, depth + 1);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private Optional<String> combined(Node schema, @Nullable Object value, String path, int depth) {
        for (Node each : schema.get("allOf").map(Node::elements).orElse(List.of())) {
            Optional<String> problem = problem(each, value, path, depth + 1);
            if (problem.isPresent()) {
                return problem;
            }
        }
        Optional<Node> any = schema.get("anyOf");
        if (any.isPresent() && fitting(any.get(), value, depth) == 0) {
            return Optional.of(path + " fits none of the allowed forms");
        }
        Optional<Node> one = schema.get("oneOf");
        if (one.isPresent() && fitting(one.get(), value, depth) != 1) {
            return Optional.of(path + " does not fit exactly one of the allowed forms");
        }
        Optional<Node> not = schema.get("not");
        return not.isPresent() && problem(not.get(), value, path, depth + 1).isEmpty()
                ? Optional.of(path + " has a form that is not allowed")
                : Optional.empty();
    }

    private long fitting(Node forms, @Nullable Object value, int depth) {
        return forms.elements().stream()
                .filter(each -> problem(each, value, "", depth + 1).isEmpty())
                .count();
    }
}
