package dev.holdfast.check.kubernetes;

import static dev.holdfast.check.ContainerRules.NO_CPU_LIMIT;
import static dev.holdfast.check.ContainerRules.NO_MEMORY_LIMIT;
import static dev.holdfast.core.Severity.LOW;
import static dev.holdfast.manifest.InputKind.KUBERNETES;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Rule;
import dev.holdfast.manifest.kubernetes.Container;
import dev.holdfast.manifest.kubernetes.PodForm;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Place;
import java.util.List;
import java.util.Optional;

/** What a pod may take of the node. A limit is the request too where none is written, and limits of the pod or of a LimitRange hold for its containers. */
final class Resources implements PodCheck {
    private static final Rule NO_MEMORY_REQUEST = Rule.of(
                    "memory-request-missing",
                    LOW,
                    "asks for no memory",
                    "it is placed where there may be none, and is the first to be ended",
                    KUBERNETES)
            .strict();
    private static final Rule NO_CPU_REQUEST = Rule.of(
                    "cpu-request-missing",
                    LOW,
                    "asks for no processor time",
                    "it is placed where there may be none",
                    KUBERNETES)
            .strict();
    private static final Rule NO_STORAGE_LIMIT = Rule.of(
                    "ephemeral-storage-limit-missing",
                    LOW,
                    "no limit of the node's disk",
                    "what it writes can fill the node's disk and evict its neighbours",
                    KUBERNETES)
            .strict();

    private final LimitDefaults defaults;

    /** @param defaults what containers get that write nothing */
    Resources(LimitDefaults defaults) {
        this.defaults = defaults;
    }

    @Override
    public List<Rule> rules() {
        return List.of(NO_MEMORY_LIMIT, NO_CPU_LIMIT, NO_MEMORY_REQUEST, NO_CPU_REQUEST, NO_STORAGE_LIMIT);
    }

    @Override
    public void check(PodForm pod, Findings out) {
        lacking(pod, NO_MEMORY_LIMIT, "memory", false, out);
        lacking(pod, NO_CPU_LIMIT, "cpu", false, out);
        lacking(pod, NO_MEMORY_REQUEST, "memory", true, out);
        lacking(pod, NO_CPU_REQUEST, "cpu", true, out);
        lacking(pod, NO_STORAGE_LIMIT, "ephemeral-storage", false, out);
    }

    private void lacking(PodForm pod, Rule rule, String resource, boolean mayBeRequest, Findings out) {
        if (!out.asks(rule)) {
            return;
        }
        String list = mayBeRequest ? "requests" : "limits";
        if (defaults.give(pod.owner().namespace(), list, resource)) {
            return;
        }
        Lacking lacking = new Lacking(rule, pod);
        for (Container container : pod.containers()) {
            boolean isAsked = container.role() == Container.Role.MAIN || container.isSidecar();
            boolean isSet = isSet(container.node(), "limits", resource)
                    || isSet(pod.spec(), "limits", resource)
                    || mayBeRequest
                            && (isSet(container.node(), "requests", resource)
                                    || isSet(pod.spec(), "requests", resource));
            if (isAsked && !isSet) {
                lacking.add(container, place(container, list));
            }
        }
        String field = "resources." + list + "." + resource;
        lacking.tell(
                out,
                "has no " + field + "; " + rule.why(),
                field + ": what it needs at its busiest" + (resource.equals("memory") ? ", such as 256Mi" : ""));
    }

    private static boolean isSet(Node.Mapping node, String list, String resource) {
        return node.at("resources", list, resource).isPresent();
    }

    private static Place place(Container container, String list) {
        Optional<Node.Entry> resources = container
                .node()
                .entry("resources")
                .filter(entry -> !entry.value().isNull());
        Optional<Node.Entry> inner = resources.flatMap(entry -> entry.value() instanceof Node.Mapping mapping
                ? mapping.entry(list).filter(each -> !each.value().isNull())
                : Optional.empty());
        return inner.or(() -> resources).map(entry -> entry.key().place()).orElse(container.place());
    }
}
