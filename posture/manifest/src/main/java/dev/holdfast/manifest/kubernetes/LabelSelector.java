package dev.holdfast.manifest.kubernetes;

import dev.holdfast.manifest.tree.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which labels an object must have; an empty one chooses every object. */
public record LabelSelector(Map<String, String> matchLabels, List<Requirement> matchExpressions) {
    public static final LabelSelector EVERYTHING = new LabelSelector(Map.of(), List.of());

    public LabelSelector {
        matchLabels = Map.copyOf(matchLabels);
        matchExpressions = List.copyOf(matchExpressions);
    }

    /**
     * One expression.
     *
     * @param operator In, NotIn, Exists or DoesNotExist; any other one is refused by the server, and chooses nothing here
     */
    public record Requirement(String key, String operator, List<String> values) {
        public Requirement {
            values = List.copyOf(values);
        }

        private boolean matches(Map<String, String> labels) {
            String value = labels.get(key);
            return switch (operator) {
                case "In" -> value != null && values.contains(value);
                case "NotIn" -> value == null || !values.contains(value);
                case "Exists" -> value != null;
                case "DoesNotExist" -> value == null;
                default -> false;
            };
        }
    }

    /** A selector as it is written, with {@code matchLabels} and {@code matchExpressions}. */
    public static LabelSelector of(Node selector) {
        List<Requirement> requirements = new ArrayList<>();
        for (Node expression :
                selector.get("matchExpressions").map(Node::elements).orElse(List.of())) {
            List<String> values = new ArrayList<>();
            expression
                    .get("values")
                    .map(Node::elements)
                    .orElse(List.of())
                    .forEach(value -> value.textAt().ifPresent(values::add));
            requirements.add(new Requirement(
                    expression.textAt("key").orElse(""),
                    expression.textAt("operator").orElse(""),
                    values));
        }
        return new LabelSelector(labels(selector, "matchLabels"), requirements);
    }

    /** The labels at the end of a path of keys. */
    public static Map<String, String> labels(Node node, String... keys) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (Node.Entry entry : node.at(keys).map(Node::entries).orElse(List.of())) {
            labels.put(entry.key().text(), entry.value().textAt().orElse(""));
        }
        return labels;
    }

    public boolean matches(Map<String, String> labels) {
        for (Map.Entry<String, String> wanted : matchLabels.entrySet()) {
            if (!wanted.getValue().equals(labels.get(wanted.getKey()))) {
                return false;
            }
        }
        for (Requirement wanted : matchExpressions) {
            if (!wanted.matches(labels)) {
                return false;
            }
        }
        return true;
    }
}
