package dev.holdfast.reach.policy;

import dev.holdfast.manifest.kubernetes.LabelSelector;
import dev.holdfast.reach.space.Block;
import java.util.List;
import java.util.Set;

/** Whom a rule is about. */
public sealed interface Peer {
    /**
     * Pods by their labels, in namespaces.
     *
     * @param sparesHostNetwork whether pods in their node's network are none of them, as cluster-wide policies have it
     */
    record Pods(Namespaces namespaces, LabelSelector selector, boolean sparesHostNetwork) implements Peer {}

    /** Addresses; also those of pods, where they are known. */
    record Addresses(Block block, List<Block> except) implements Peer {
        public Addresses {
            except = List.copyOf(except);
        }
    }

    /** Nodes: by their addresses, and the pods in their network. */
    record Nodes(Set<String> names, List<Block> addresses) implements Peer {
        public Nodes {
            names = Set.copyOf(names);
            addresses = List.copyOf(addresses);
        }
    }

    /** Everybody, inside and outside. */
    record Everybody() implements Peer {}

    /** Nobody that could be told: a name of the DNS, or something of a later version. */
    record Nobody() implements Peer {}
}
