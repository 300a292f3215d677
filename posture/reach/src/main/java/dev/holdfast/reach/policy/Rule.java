package dev.holdfast.reach.policy;

import dev.holdfast.manifest.kubernetes.Origin;
import dev.holdfast.reach.cluster.Pod;
import dev.holdfast.reach.space.Connections;
import java.util.List;

/**
 * A rule of a policy.
 *
 * @param name its own, or its number in its list, {@code #1}
 * @param peers one of them is enough
 * @param ports one of them is enough; none for all connections
 */
public record Rule(String name, Action action, List<Peer> peers, List<PortRule> ports, Origin origin) {
    public Rule {
        peers = List.copyOf(peers);
        ports = List.copyOf(ports);
    }

    /** The connections to a destination that it is about. */
    public Connections connections(List<Pod.NamedPort> destination) {
        if (ports.isEmpty()) {
            return Connections.ALL;
        }
        Connections all = Connections.NONE;
        for (PortRule port : ports) {
            all = all.plus(port.at(destination));
        }
        return all;
    }
}
