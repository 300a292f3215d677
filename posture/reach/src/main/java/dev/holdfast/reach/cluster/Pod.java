package dev.holdfast.reach.cluster;

import dev.holdfast.reach.space.Block;
import dev.holdfast.reach.space.Protocol;
import java.util.List;
import java.util.Map;

/**
 * A pod, or what a workload's template will make.
 *
 * @param addresses those that are known, of a pod that runs
 * @param node that it runs on; empty when that is not known
 * @param isOnHostNetwork whether it has its node's network instead of one of its own
 */
public record Pod(
        String namespace,
        Map<String, String> labels,
        List<NamedPort> ports,
        List<Block> addresses,
        String node,
        boolean isOnHostNetwork) {
    public Pod {
        labels = Map.copyOf(labels);
        ports = List.copyOf(ports);
        addresses = List.copyOf(addresses);
    }

    /** A port of a container that has a name, by which policies and services may mean it. */
    public record NamedPort(String name, Protocol protocol, int number) {}
}
