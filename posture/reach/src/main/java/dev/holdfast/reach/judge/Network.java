package dev.holdfast.reach.judge;

import dev.holdfast.reach.cluster.Entrance;
import dev.holdfast.reach.cluster.Service;
import dev.holdfast.reach.cluster.Workload;
import dev.holdfast.reach.policy.Policy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that decides who talks to whom.
 *
 * @param namespaces their labels
 * @param policies in the order in which they are asked
 */
public record Network(
        List<Workload> workloads,
        Map<String, Map<String, String>> namespaces,
        List<Policy> policies,
        List<Service> services,
        List<Entrance> entrances) {
    /** The server puts it on every namespace. */
    private static final String NAME = "kubernetes.io/metadata.name";

    public Network {
        workloads = List.copyOf(workloads);
        namespaces = Map.copyOf(namespaces);
        policies = List.copyOf(policies);
        services = List.copyOf(services);
        entrances = List.copyOf(entrances);
    }

    /** The labels of a namespace, also of one that was not given. */
    Map<String, String> labelsOf(String namespace) {
        Map<String, String> labels = new HashMap<>(namespaces.getOrDefault(namespace, Map.of()));
        labels.put(NAME, namespace);
        return labels;
    }
}
