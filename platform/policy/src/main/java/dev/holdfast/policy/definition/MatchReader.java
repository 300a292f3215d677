package dev.holdfast.policy.definition;

import dev.holdfast.core.text.GoText;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.policy.definition.Refusal.Cause;
import dev.holdfast.policy.request.Selector;
import dev.holdfast.policy.request.Selector.Operator;
import dev.holdfast.policy.request.Selector.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what policies and bindings match: rules about resources, and selectors. What the server would refuse is told as its causes. */
final class MatchReader {
    private MatchReader() {}

    /** What is matched: {@code matchConstraints} of a policy, {@code matchResources} of a binding. */
    static MatchResources resources(Node node, String field, List<Cause> causes) {
        return new MatchResources(
                rules(node, "resourceRules", field, causes),
                rules(node, "excludeResourceRules", field, causes),
                node.get("namespaceSelector")
                        .map(selector -> selector(selector, field + ".namespaceSelector", causes))
                        .orElse(Selector.ALL),
                node.get("objectSelector")
                        .map(selector -> selector(selector, field + ".objectSelector", causes))
                        .orElse(Selector.ALL),
                isExact(node, field, causes));
    }

    private static boolean isExact(Node node, String field, List<Cause> causes) {
        String word = node.textAt("matchPolicy").orElse("Equivalent");
        if (!word.equals("Exact") && !word.equals("Equivalent")) {
            causes.add(Cause.unsupported(field + ".matchPolicy", word, "\"Equivalent\", \"Exact\""));
        }
        return word.equals("Exact");
    }

    private static List<MatchResources.Rule> rules(Node node, String key, String field, List<Cause> causes) {
        List<MatchResources.Rule> rules = new ArrayList<>();
        for (Node rule : Parts.list(node, key)) {
            String at = field + "." + key + "[" + rules.size() + "]";
            for (String wanted : List.of("apiGroups", "apiVersions", "operations", "resources")) {
                if (Parts.texts(rule, wanted).isEmpty()) {
                    causes.add(Cause.required(at + "." + wanted, ""));
                }
            }
            for (int i = 0; i < Parts.texts(rule, "operations").size(); i++) {
                String operation = Parts.texts(rule, "operations").get(i);
                if (!List.of("*", "CREATE", "UPDATE", "DELETE", "CONNECT").contains(operation)) {
                    causes.add(Cause.unsupported(
                            at + ".operations[" + i + "]",
                            operation,
                            "\"*\", \"CONNECT\", \"CREATE\", \"DELETE\", \"UPDATE\""));
                }
            }
            rules.add(new MatchResources.Rule(
                    Parts.texts(rule, "apiGroups"),
                    Parts.texts(rule, "apiVersions"),
                    Parts.texts(rule, "operations"),
                    Parts.texts(rule, "resources"),
                    Parts.texts(rule, "resourceNames"),
                    rule.textAt("scope").orElse("*")));
        }
        return rules;
    }

    /** A selector of labels. */
    static Selector selector(Node node, String field, List<Cause> causes) {
        List<Requirement> requirements = new ArrayList<>();
        for (Node.Entry label : node.get("matchLabels").map(Node::entries).orElse(List.of())) {
            requirements.add(new Requirement(
                    label.key().text(),
                    Operator.IN,
                    List.of(label.value().textAt().orElse(""))));
        }
        int place = 0;
        for (Node expression : Parts.list(node, "matchExpressions")) {
            String word = Parts.text(expression, "operator");
            Optional<Operator> operator = switch (word) {
                case "In" -> Optional.of(Operator.IN);
                case "NotIn" -> Optional.of(Operator.NOT_IN);
                case "Exists" -> Optional.of(Operator.EXISTS);
                case "DoesNotExist" -> Optional.of(Operator.DOES_NOT_EXIST);
                default -> Optional.empty();
            };
            if (operator.isPresent()) {
                requirements.add(new Requirement(
                        Parts.text(expression, "key"), operator.get(), Parts.texts(expression, "values")));
            } else {
                causes.add(Cause.invalid(
                        field + ".matchExpressions[" + place + "].operator",
                        GoText.quoted(word),
                        "not a valid selector operator"));
            }
            place++;
        }
        return new Selector(requirements);
    }
}
