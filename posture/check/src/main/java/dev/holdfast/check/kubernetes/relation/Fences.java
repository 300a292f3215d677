package dev.holdfast.check.kubernetes.relation;

import static dev.holdfast.core.Severity.LOW;
import static dev.holdfast.core.Severity.MEDIUM;
import static dev.holdfast.manifest.InputKind.KUBERNETES;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Rule;
import dev.holdfast.manifest.kubernetes.KubernetesObject;
import dev.holdfast.manifest.kubernetes.PodForm;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Network policies, and budgets, with the pods that they are about. */
final class Fences implements Relation {
    private static final Rule NO_POLICY = Rule.of(
            "network-policy-missing",
            MEDIUM,
            "pods that no network policy selects",
            "everything in the cluster may talk to them, though others of their namespace are fenced",
            KUBERNETES);
    private static final Rule DANGLING = Rule.of(
            "network-policy-dangling",
            LOW,
            "a network policy that selects no pod",
            "what it was to fence is open",
            KUBERNETES);
    private static final Rule NO_BUDGET = Rule.of(
            "pdb-selects-nothing",
            LOW,
            "a disruption budget that selects no pod",
            "what it was to keep up can be evicted all at once",
            KUBERNETES);

    /** Kinds of other makers that fence pods too; what they say is for reachability to judge. */
    private static final List<String> OTHER_FENCES = List.of(
            "CiliumNetworkPolicy",
            "CiliumClusterwideNetworkPolicy",
            "GlobalNetworkPolicy",
            "ClusterNetworkPolicy",
            "AdminNetworkPolicy",
            "BaselineAdminNetworkPolicy",
            "AuthorizationPolicy");

    private static final int MOST_NAMED = 3;

    /** Policies times pods: about a second. */
    private static final long MOST_PAIRS = 5_000_000;

    @Override
    public List<Rule> rules() {
        return List.of(NO_POLICY, DANGLING, NO_BUDGET);
    }

    @Override
    public void judge(Given given, Findings out) {
        List<KubernetesObject> policies = given.ofKind("NetworkPolicy").stream()
                .filter(policy -> policy.group().equals("networking.k8s.io")
                        || policy.group().equals("extensions"))
                .toList();
        policies.forEach(policy -> selects(DANGLING, policy, "podSelector", given, out.in(policy.path())));
        given.ofKind("PodDisruptionBudget")
                .forEach(budget -> selects(NO_BUDGET, budget, "selector", given, out.in(budget.path())));
        if (!given.pods().isEmpty()) {
            unfenced(policies, given, out);
        }
    }

    private static void selects(Rule rule, KubernetesObject object, String field, Given given, Findings out) {
        Optional<Node> node = object.root().at("spec", field);
        Selector selector = Selector.of(node);
        Place place = node.map(Node::place).orElse(object.place());
        if (node.isEmpty() || selector.terms().isEmpty()) {
            return; // all pods of the namespace, whichever they are
        }
        if (!given.selected(selector, object).isEmpty()) {
            out.pass(rule, object.title(), place);
        } else if (given.isWhole(object) && given.keepsPods(object)) {
            out.fail(rule, object.title(), place)
                    .says(object.title() + " selects " + selector + ", and no workload here makes such pods; "
                            + rule.why())
                    .fix("the labels of the pods that are meant")
                    .add();
        } else {
            out.notAssessed(rule, object.title(), place, "what it selects is not among what is given");
        }
    }

    /** Where some pods of a namespace are fenced, the others are told of together; where none are, the fence may be elsewhere. */
    private static void unfenced(List<KubernetesObject> policies, Given given, Findings out) {
        boolean hasOthers =
                OTHER_FENCES.stream().anyMatch(kind -> !given.ofKind(kind).isEmpty());
        boolean isTooMuch = (long) policies.size() * given.pods().size() > MOST_PAIRS;
        List<PodForm> open = hasOthers || isTooMuch ? List.of() : open(policies, given);
        KubernetesObject first = given.pods().getFirst().owner();
        if (open.isEmpty()) {
            String unknown = policies.isEmpty()
                    ? "no network policy is among what is given; it may be kept elsewhere"
                    : hasOthers
                            ? "policies of another kind are among what is given; see holdfast reach"
                            : isTooMuch
                                    ? "too many policies and pods to compare them all; check the folders one by one"
                                    : "";
            if (!unknown.isEmpty()) {
                out.in(first.path()).notAssessed(NO_POLICY, "network policies", first.place(), unknown);
            }
            return;
        }
        KubernetesObject one = open.getFirst().owner();
        List<String> names =
                open.stream().limit(MOST_NAMED).map(pod -> pod.owner().title()).toList();
        out.in(one.path())
                .fail(NO_POLICY, one.title(), one.place())
                .says(String.join(", ", names)
                        + (open.size() > MOST_NAMED ? " and " + (open.size() - MOST_NAMED) + " more" : "")
                        + (open.size() == 1 ? " is" : " are") + " selected by no network policy; " + NO_POLICY.why())
                .fix("a network policy with podSelector: {} that denies, and one for each that may be reached")
                .add();
    }

    /** The pods that none of the policies selects, though some are kept beside them. */
    private static List<PodForm> open(List<KubernetesObject> policies, Given given) {
        List<Fence> fences = policies.stream()
                .map(policy ->
                        new Fence(policy, Selector.of(policy.root().at("spec", "podSelector")), given.isWhole(policy)))
                .toList();
        List<PodForm> open = new ArrayList<>();
        for (PodForm pod : given.pods()) {
            String folder = Given.folder(pod.owner().path());
            boolean isFenced = false;
            boolean isMeant = false;
            for (Fence fence : fences) {
                if (Given.shareNamespace(fence.policy(), pod.owner())) {
                    isFenced |= fence.selector().matches(given.labels(pod));
                    isMeant |= fence.isWhole()
                            && Given.folder(fence.policy().path()).equals(folder);
                }
            }
            boolean isOnHost =
                    pod.spec().get("hostNetwork").filter(Node::isTrue).isPresent();
            if (!isFenced && isMeant && !isOnHost) {
                open.add(pod);
            }
        }
        return open;
    }

    /** A policy with what it selects. */
    private record Fence(KubernetesObject policy, Selector selector, boolean isWhole) {}
}
