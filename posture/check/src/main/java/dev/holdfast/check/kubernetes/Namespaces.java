package dev.holdfast.check.kubernetes;

import static dev.holdfast.core.Severity.LOW;
import static dev.holdfast.core.Severity.MEDIUM;
import static dev.holdfast.manifest.InputKind.KUBERNETES;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Repair;
import dev.holdfast.check.Rule;
import dev.holdfast.manifest.kubernetes.KubernetesObject;
import dev.holdfast.manifest.kubernetes.PodForm;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Place;
import java.util.List;
import java.util.Optional;

/** Namespaces, and what is put into which; volumes that are made for all; budgets that block. */
final class Namespaces implements ObjectCheck {
    private static final String LABEL = "pod-security.kubernetes.io/enforce";

    private static final Rule NO_STANDARD = Rule.of(
            "namespace-no-psa-label",
            LOW,
            "a namespace that takes any pod",
            "unless the cluster sets a default, privileged pods are admitted there",
            KUBERNETES);
    private static final Rule WEAK_STANDARD = Rule.of(
            "namespace-psa-privileged",
            MEDIUM,
            "a namespace that takes any pod on purpose",
            "whoever may make pods there owns the nodes",
            KUBERNETES);
    private static final Rule DEFAULT_NAMESPACE = Rule.of(
                    "namespace-default",
                    LOW,
                    "is put into the default namespace",
                    "it shares names, rights and policies with everything that nobody placed",
                    KUBERNETES)
            .strict();
    private static final Rule HOST_VOLUME = Rule.of(
            "pv-host-path",
            MEDIUM,
            "a persistent volume on a node's own disk",
            "who claims it has that folder of the node, and it is lost with the node",
            KUBERNETES);
    private static final Rule NO_EVICTION = Rule.of(
            "pdb-forbids-eviction",
            LOW,
            "a budget that forbids every eviction",
            "nodes cannot be emptied, so they are not patched",
            KUBERNETES);

    @Override
    public List<Rule> rules() {
        return List.of(NO_STANDARD, WEAK_STANDARD, DEFAULT_NAMESPACE, HOST_VOLUME, NO_EVICTION);
    }

    @Override
    public void check(KubernetesObject object, Findings out) {
        switch (object.kind()) {
            case "Namespace" -> namespace(object, out);
            case "PersistentVolume" -> volume(object, out);
            case "PodDisruptionBudget" -> budget(object, out);
            default -> {}
        }
        Optional<Node> space = object.root().at("metadata", "namespace");
        if (PodForm.of(object).isPresent()) {
            WrongPlace.tell(
                    DEFAULT_NAMESPACE,
                    object,
                    space.filter(node -> node.textAt().orElse("").equals("default"))
                            .map(Node::place),
                    object.title() + " has namespace: default",
                    "a namespace of its own",
                    out);
        }
    }

    private static void namespace(KubernetesObject object, Findings out) {
        Optional<String> level = object.label(LABEL);
        Optional<Node> labels = object.root().at("metadata", "labels");
        Place place =
                labels.or(() -> object.root().get("metadata")).map(Node::place).orElse(object.place());
        if (level.isPresent()) {
            out.pass(NO_STANDARD, object.title(), object.place());
        } else {
            out.fail(NO_STANDARD, object.title(), place)
                    .says(object.title() + " has no label " + LABEL + "; " + NO_STANDARD.why())
                    .fix(
                            "the label " + LABEL + ": baseline, or restricted",
                            new Repair.SetValue(object.root(), List.of("metadata", "labels", LABEL), "baseline"))
                    .add();
        }
        boolean isSystem = object.name().startsWith("kube-");
        WrongPlace.tell(
                WEAK_STANDARD,
                object,
                level.filter("privileged"::equals).isPresent() && !isSystem ? Optional.of(place) : Optional.empty(),
                object.title() + " has the label " + LABEL + ": privileged",
                LABEL + ": baseline, and the few pods that need more in a namespace of their own",
                out);
    }

    private static void volume(KubernetesObject object, Findings out) {
        WrongPlace.tell(
                HOST_VOLUME,
                object,
                object.root().at("spec", "hostPath").map(Node::place),
                object.title() + " is a hostPath",
                "a volume of a storage class",
                out);
    }

    private static void budget(KubernetesObject object, Findings out) {
        Optional<Node> most = object.root()
                .at("spec", "maxUnavailable")
                .filter(node -> List.of("0", "0%").contains(node.textAt().orElse("")));
        Optional<Node> least = object.root()
                .at("spec", "minAvailable")
                .filter(node -> node.textAt().orElse("").equals("100%"));
        WrongPlace.tell(
                NO_EVICTION,
                object,
                most.or(() -> least).map(Node::place),
                object.title() + " lets no pod be evicted",
                "maxUnavailable: 1",
                out);
    }
}
