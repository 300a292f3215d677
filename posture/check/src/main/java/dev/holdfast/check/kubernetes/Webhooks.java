package dev.holdfast.check.kubernetes;

import static dev.holdfast.core.Severity.HIGH;
import static dev.holdfast.core.Severity.LOW;
import static dev.holdfast.core.Severity.MEDIUM;
import static dev.holdfast.manifest.InputKind.KUBERNETES;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Rule;
import dev.holdfast.manifest.kubernetes.KubernetesObject;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Place;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Admission webhooks: whether they are passed when they fail, and whether they can lock the cluster, themselves included. */
public final class Webhooks implements ObjectCheck {
    private static final Rule FAIL_OPEN = Rule.of(
            "webhook-fail-open",
            MEDIUM,
            "a webhook that is passed when it does not answer",
            "who can slow or stop it gets everything admitted; a malformed refusal counts as no answer too",
            KUBERNETES);
    public static final Rule SELF_LOCK = Rule.of(
            "webhook-self-lock",
            HIGH,
            "a webhook that can lock the cluster, itself included",
            "while its pods are down no pod can be made, so they do not come back, nor does what the nodes need",
            KUBERNETES);
    private static final Rule SLOW = Rule.of(
            "webhook-timeout-long",
            LOW,
            "a webhook that may hold requests up for long",
            "every request waits so long when it hangs",
            KUBERNETES);

    /** What must be made again for a webhook's own pods to come back. */
    private static final Set<String> NEEDED = Set.of("*", "*/*", "pods", "pods/*", "replicasets", "leases", "nodes");

    private static final long LONGEST = 10;

    @Override
    public List<Rule> rules() {
        return List.of(FAIL_OPEN, SELF_LOCK, SLOW);
    }

    @Override
    public void check(KubernetesObject object, Findings out) {
        boolean isValidating = object.kind().equals("ValidatingWebhookConfiguration");
        if (!isValidating && !object.kind().equals("MutatingWebhookConfiguration")) {
            return;
        }
        for (Node webhook : object.root().get("webhooks").map(Node::elements).orElse(List.of())) {
            String subject =
                    object.title() + ", webhook " + webhook.textAt("name").orElse("");
            Place place = webhook.get("name").map(Node::place).orElse(webhook.place());
            Optional<Node> policy = webhook.get("failurePolicy");
            boolean isClosed = isClosed(object, webhook);
            Place at = policy.map(Node::place).orElse(place);
            failOpen(subject, isClosed, isValidating, at, out);
            selfLock(subject, webhook, isClosed, at, out);
            slow(subject, webhook, place, out);
        }
    }

    private static void failOpen(String subject, boolean isClosed, boolean isValidating, Place at, Findings out) {
        if (isClosed) {
            out.pass(FAIL_OPEN, subject, at);
            return;
        }
        Findings.Failure failure = out.fail(FAIL_OPEN, subject, at)
                .says(subject + " has failurePolicy: Ignore; " + FAIL_OPEN.why())
                .fix(
                        "failurePolicy: Fail, with namespaceSelector or matchConditions that leave out its own namespace and"
                                + " kube-system");
        (isValidating ? failure : failure.as(LOW, "what a mutating webhook adds is missing when it does not answer"))
                .add();
    }

    /** Whether it refuses when it does not answer, and is asked about what its own pods need, whatever else its namespaces' selector says. */
    public static boolean isClosedForNeeded(KubernetesObject object, Node webhook) {
        boolean isOtherwiseNarrowed = hasAny(webhook, "objectSelector")
                || webhook.get("matchConditions")
                        .map(node -> !node.elements().isEmpty())
                        .orElse(false);
        return isClosed(object, webhook) && needed(webhook).isPresent() && !isOtherwiseNarrowed;
    }

    private static boolean isClosed(KubernetesObject object, Node webhook) {
        String usual = object.apiVersion().endsWith("v1beta1") ? "Ignore" : "Fail";
        return webhook.textAt("failurePolicy").orElse(usual).equals("Fail");
    }

    private static boolean hasAny(Node webhook, String selector) {
        return webhook.get(selector).map(node -> !node.entries().isEmpty()).orElse(false);
    }

    private static void selfLock(String subject, Node webhook, boolean isClosed, Place at, Findings out) {
        boolean isInside = webhook.at("clientConfig", "service").isPresent();
        Optional<Node> rule = needed(webhook);
        if (!isClosed || !isInside || rule.isEmpty() || isNarrowed(webhook)) {
            if (!hasAny(webhook, "namespaceSelector")) {
                out.pass(
                        SELF_LOCK, subject, at); // what a selector leaves out is asked where the namespaces are at hand
            }
            return;
        }
        String space = webhook.textAt("clientConfig", "service", "namespace").orElse("its own namespace");
        out.fail(SELF_LOCK, subject, rule.get().place())
                .says(subject + " refuses when it does not answer, and is asked for "
                        + String.join(", ", texts(rule.get().get("resources"))) + " of every namespace, " + space
                        + " and kube-system included; " + SELF_LOCK.why())
                .fix("namespaceSelector: kubernetes.io/metadata.name NotIn [" + space + ", kube-system]")
                .add();
    }

    /** A rule that covers making what its own pods need. */
    private static Optional<Node> needed(Node webhook) {
        for (Node rule : webhook.get("rules").map(Node::elements).orElse(List.of())) {
            List<String> operations = texts(rule.get("operations"));
            boolean isOnMaking =
                    operations.contains("*") || operations.contains("CREATE") || operations.contains("UPDATE");
            boolean isNeeded = texts(rule.get("resources")).stream().anyMatch(NEEDED::contains);
            boolean isElsewhere = rule.textAt("scope").orElse("*").equals("Cluster")
                    && !texts(rule.get("resources")).contains("nodes");
            if (isOnMaking && isNeeded && !isElsewhere && isCoreGroup(rule)) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }

    private static boolean isCoreGroup(Node rule) {
        List<String> groups = texts(rule.get("apiGroups"));
        return groups.isEmpty()
                || groups.contains("*")
                || groups.contains("")
                || groups.contains("apps")
                || groups.contains("coordination.k8s.io");
    }

    /** A selector, or a condition, that leaves something out may leave out the right thing; what it leaves out is not known here. */
    private static boolean isNarrowed(Node webhook) {
        if (hasAny(webhook, "namespaceSelector") || hasAny(webhook, "objectSelector")) {
            return true;
        }
        return webhook.get("matchConditions")
                .map(node -> !node.elements().isEmpty())
                .orElse(false);
    }

    private static void slow(String subject, Node webhook, Place place, Findings out) {
        Optional<Node> seconds =
                webhook.get("timeoutSeconds").filter(node -> node.wholeNumber().orElse(0L) > LONGEST);
        if (seconds.isEmpty()) {
            out.pass(SLOW, subject, place);
            return;
        }
        out.fail(SLOW, subject, seconds.get().place())
                .says(subject + " has timeoutSeconds: " + seconds.get().textAt().orElse("") + "; " + SLOW.why())
                .fix("timeoutSeconds: 5")
                .add();
    }

    private static List<String> texts(Optional<Node> list) {
        return list.map(Node::elements).orElse(List.of()).stream()
                .map(element -> element.textAt().orElse(""))
                .toList();
    }
}
