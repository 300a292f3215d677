package dev.holdfast.check.kubernetes.relation;

import dev.holdfast.manifest.tree.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A label selector: {@code matchLabels} and {@code matchExpressions} with In, NotIn, Exists and DoesNotExist. One without either matches
 * everything.
 */
record Selector(List<Term> terms) {
    /** Labels that controllers put on pods; a template does not have them. */
    private static final Set<String> OF_CONTROLLERS = Set.of(
            "statefulset.kubernetes.io/pod-name",
            "apps.kubernetes.io/pod-index",
            "pod-template-hash",
            "controller-revision-hash",
            "controller-uid",
            "batch.kubernetes.io/controller-uid",
            "job-name",
            "batch.kubernetes.io/job-name",
            "batch.kubernetes.io/job-completion-index");

    /** One condition. */
    record Term(String key, String operator, List<String> values) {
        boolean matches(Map<String, String> labels) {
            if (OF_CONTROLLERS.contains(key)) {
                return true;
            }
            boolean isThere = labels.containsKey(key);
            boolean isAmong = isThere && values.contains(labels.getOrDefault(key, ""));
            return switch (operator) {
                case "In" -> isAmong;
                case "NotIn" -> !isAmong;
                case "Exists" -> isThere;
                case "DoesNotExist" -> !isThere;
                default -> true; // the server refuses it; nothing is claimed
            };
        }
    }

    Selector {
        terms = List.copyOf(terms);
    }

    /** A map of labels, as services and old controllers have it. */
    static Selector ofLabels(Optional<Node> labels) {
        List<Term> terms = new ArrayList<>();
        for (Node.Entry label : labels.map(Node::entries).orElse(List.of())) {
            terms.add(new Term(
                    label.key().text(), "In", List.of(label.value().textAt().orElse(""))));
        }
        return new Selector(terms);
    }

    static Selector of(Optional<Node> selector) {
        List<Term> terms = new ArrayList<>(
                ofLabels(selector.flatMap(node -> node.get("matchLabels"))).terms());
        for (Node one : selector.flatMap(node -> node.get("matchExpressions"))
                .map(Node::elements)
                .orElse(List.of())) {
            List<String> values = new ArrayList<>();
            one.get("values")
                    .map(Node::elements)
                    .orElse(List.of())
                    .forEach(value -> values.add(value.textAt().orElse("")));
            terms.add(new Term(
                    one.textAt("key").orElse(""), one.textAt("operator").orElse(""), values));
        }
        return new Selector(terms);
    }

    boolean matches(Map<String, String> labels) {
        return terms.stream().allMatch(term -> term.matches(labels));
    }

    /** A label with its value that everything it matches has: {@code app=web}. */
    Optional<String> exactLabel() {
        return terms.stream()
                .filter(term -> term.operator().equals("In")
                        && term.values().size() == 1
                        && !OF_CONTROLLERS.contains(term.key()))
                .map(term -> term.key() + "=" + term.values().getFirst())
                .findFirst();
    }

    /** As people write it: {@code app=web,tier}. */
    @Override
    public String toString() {
        List<String> words = new ArrayList<>();
        for (Term term : terms) {
            words.add(
                    term.operator().equals("In") && term.values().size() == 1
                            ? term.key() + "=" + term.values().getFirst()
                            : term.key() + " " + term.operator());
        }
        return words.isEmpty() ? "everything" : String.join(",", words);
    }
}
