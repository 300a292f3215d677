package dev.holdfast.reach.policy;

import dev.holdfast.reach.cluster.Pod;
import dev.holdfast.reach.space.Connections;
import dev.holdfast.reach.space.PortSet;
import dev.holdfast.reach.space.Protocol;
import java.util.List;
import java.util.Optional;

/** Which connections a rule is about. */
public sealed interface PortRule {
    /** Ports that are written as numbers. */
    record Numbers(Connections connections) implements PortRule {}

    /**
     * A name of a port of the destination, which may be another number for each of them.
     *
     * @param protocol that the port must have; empty for whichever it has
     */
    record Named(String name, Optional<Protocol> protocol) implements PortRule {}

    /**
     * What it comes to.
     *
     * @param destination the ports that its pod names; none for an address
     */
    default Connections at(List<Pod.NamedPort> destination) {
        return switch (this) {
            case Numbers numbers -> numbers.connections();
            case Named named -> {
                Connections found = Connections.NONE;
                for (Pod.NamedPort port : destination) {
                    boolean isMeant = port.name().equals(named.name())
                            && named.protocol().map(port.protocol()::equals).orElse(true);
                    if (isMeant) {
                        found = found.plus(Connections.of(port.protocol(), PortSet.of(port.number(), port.number())));
                    }
                }
                yield found;
            }
        };
    }
}
