package dev.holdfast.check.kubernetes;

import static dev.holdfast.core.Severity.MEDIUM;
import static dev.holdfast.manifest.InputKind.KUBERNETES;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Rule;
import dev.holdfast.manifest.kubernetes.KubernetesObject;
import dev.holdfast.manifest.kubernetes.PodForm;
import dev.holdfast.manifest.tree.Node;
import java.util.List;
import java.util.Optional;

/** Whether a workload selects the pods that it makes. */
final class Selectors implements ObjectCheck {
    private static final Rule MISMATCH = Rule.of(
            "selector-mismatch",
            MEDIUM,
            "a selector that does not match its own template",
            "the server refuses the object",
            KUBERNETES);

    @Override
    public List<Rule> rules() {
        return List.of(MISMATCH);
    }

    @Override
    public void check(KubernetesObject object, Findings out) {
        Optional<PodForm> pod = PodForm.isBuiltIn(object) ? PodForm.of(object) : Optional.empty();
        boolean isOld = object.kind().equals("ReplicationController");
        Optional<Node> wanted =
                isOld ? object.root().at("spec", "selector") : object.root().at("spec", "selector", "matchLabels");
        if (pod.isEmpty() || wanted.isEmpty()) {
            return;
        }
        for (Node.Entry label : wanted.get().entries()) {
            String value = label.value().textAt().orElse("");
            String actual = label(pod.get(), label.key().text());
            if (!value.equals(actual)) {
                out.fail(MISMATCH, object.title(), label.key().place())
                        .says(object.title() + " selects pods with "
                                + label.key().text() + ": " + value
                                + ", and its template " + (actual.isEmpty() ? "has no such label" : "says " + actual)
                                + "; " + MISMATCH.why())
                        .fix("the same labels in both")
                        .add();
                return;
            }
        }
        out.pass(MISMATCH, object.title(), object.place());
    }

    private static String label(PodForm pod, String name) {
        for (Node.Entry label :
                pod.template().at("metadata", "labels").map(Node::entries).orElse(List.of())) {
            if (label.key().text().equals(name)) {
                return label.value().textAt().orElse("");
            }
        }
        return "";
    }
}
