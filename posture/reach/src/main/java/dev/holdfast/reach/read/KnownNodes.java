package dev.holdfast.reach.read;

import dev.holdfast.manifest.kubernetes.LabelSelector;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.reach.policy.Peer;
import dev.holdfast.reach.space.Block;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The nodes of a cluster, by which cluster-wide policies may name destinations. */
final class KnownNodes {
    private record Known(Map<String, String> labels, List<Block> addresses) {}

    private final Map<String, Known> nodes = new LinkedHashMap<>();

    void add(Node node) {
        List<Block> addresses = new ArrayList<>();
        for (Node address : node.at("status", "addresses").map(Node::elements).orElse(List.of())) {
            address.textAt("address").flatMap(Block::address).ifPresent(addresses::add);
        }
        nodes.put(
                node.textAt("metadata", "name").orElse(""),
                new Known(LabelSelector.labels(node, "metadata", "labels"), addresses));
    }

    Peer chosen(LabelSelector selector) {
        Set<String> names = new HashSet<>();
        List<Block> addresses = new ArrayList<>();
        nodes.forEach((name, known) -> {
            if (selector.matches(known.labels())) {
                names.add(name);
                addresses.addAll(known.addresses());
            }
        });
        return new Peer.Nodes(names, addresses);
    }
}
