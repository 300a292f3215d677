package dev.holdfast.reach.read;

import dev.holdfast.manifest.kubernetes.LabelSelector;
import dev.holdfast.manifest.kubernetes.Origin;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.reach.policy.Action;
import dev.holdfast.reach.policy.Direction;
import dev.holdfast.reach.policy.Namespaces;
import dev.holdfast.reach.policy.Peer;
import dev.holdfast.reach.policy.Policy;
import dev.holdfast.reach.policy.PortRule;
import dev.holdfast.reach.policy.Rule;
import dev.holdfast.reach.policy.Tier;
import dev.holdfast.reach.space.Block;
import dev.holdfast.reach.space.Connections;
import dev.holdfast.reach.space.PortSet;
import dev.holdfast.reach.space.Protocol;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a NetworkPolicy ({@code networking.k8s.io/v1}).
 *
 * <pre>
 * spec  podSelector, policyTypes (left out: Ingress, and Egress where egress is written), ingress, egress
 * rule  from | to (left out or empty: everybody), ports (left out or empty: all)
 * peer  podSelector (alone: in the policy's namespace), namespaceSelector, or ipBlock { cidr, except }
 * port  protocol (TCP), port (a number, a name, or left out: all of the protocol), endPort
 * </pre>
 */
final class NetworkPolicies {
    private final String namespace;
    private final Node root;
    private final String file;

    private NetworkPolicies(String file, String namespace, Node root) {
        this.file = file;
        this.namespace = namespace;
        this.root = root;
    }

    static Policy read(String file, String namespace, Node root) throws Refusal {
        return new NetworkPolicies(file, namespace, root).policy();
    }

    private Policy policy() throws Refusal {
        Node spec = root.get("spec").orElseThrow(() -> new Refusal(root, "it has no spec"));
        Optional<Node> selector = spec.get("podSelector");
        return new Policy(
                Tier.NETWORK,
                "NetworkPolicy " + namespace + "/"
                        + root.textAt("metadata", "name").orElse(""),
                0,
                new Namespaces.Own(namespace),
                selector.isPresent() ? Parts.selector(selector.get()) : LabelSelector.EVERYTHING,
                false,
                directions(spec),
                rules(spec, "ingress", "from"),
                rules(spec, "egress", "to"),
                origin(root));
    }

    private Origin origin(Node node) {
        return new Origin(file, node.place().line());
    }

    private static Set<Direction> directions(Node spec) throws Refusal {
        Set<Direction> directions = EnumSet.noneOf(Direction.class);
        List<Node> types = Parts.list(spec, "policyTypes");
        for (Node type : types) {
            switch (type.textAt().orElse("")) {
                case "Ingress" -> directions.add(Direction.INGRESS);
                case "Egress" -> directions.add(Direction.EGRESS);
                default -> throw new Refusal(type, "a policyType is Ingress or Egress");
            }
        }
        if (types.isEmpty()) {
            directions.add(Direction.INGRESS);
            if (!Parts.list(spec, "egress").isEmpty()) {
                directions.add(Direction.EGRESS);
            }
        }
        return directions;
    }

    private List<Rule> rules(Node spec, String list, String peers) throws Refusal {
        List<Rule> rules = new ArrayList<>();
        for (Node rule : Parts.list(spec, list)) {
            rules.add(new Rule(
                    "#" + (rules.size() + 1), Action.ALLOW, peers(Parts.list(rule, peers)), ports(rule), origin(rule)));
        }
        return rules;
    }

    private List<Peer> peers(List<Node> written) throws Refusal {
        List<Peer> peers = new ArrayList<>();
        for (Node peer : written) {
            peers.add(peer(peer));
        }
        return peers.isEmpty() ? List.of(new Peer.Everybody()) : peers;
    }

    private Peer peer(Node peer) throws Refusal {
        Optional<Node> pods = peer.get("podSelector");
        Optional<Node> namespaces = peer.get("namespaceSelector");
        Optional<Node> block = peer.get("ipBlock");
        if (block.isPresent()) {
            if (pods.isPresent() || namespaces.isPresent()) {
                throw new Refusal(peer, "an ipBlock stands alone, without selectors");
            }
            return addresses(block.get());
        }
        if (pods.isEmpty() && namespaces.isEmpty()) {
            throw new Refusal(peer, "a peer needs podSelector, namespaceSelector or ipBlock");
        }
        return new Peer.Pods(
                namespaces.isPresent()
                        ? new Namespaces.Labelled(Parts.selector(namespaces.get()))
                        : new Namespaces.Own(namespace),
                pods.isPresent() ? Parts.selector(pods.get()) : LabelSelector.EVERYTHING,
                false);
    }

    private static Peer addresses(Node block) throws Refusal {
        Block cidr = Parts.block(block.get("cidr").orElseThrow(() -> new Refusal(block, "an ipBlock needs a cidr")));
        List<Block> excepts = new ArrayList<>();
        for (Node except : Parts.list(block, "except")) {
            excepts.add(Parts.block(except));
        }
        return new Peer.Addresses(cidr, excepts);
    }

    private static List<PortRule> ports(Node rule) throws Refusal {
        List<PortRule> ports = new ArrayList<>();
        for (Node port : Parts.list(rule, "ports")) {
            Protocol protocol = Parts.protocol(port, "protocol");
            Optional<Node> value = port.get("port");
            boolean isNumber = value.flatMap(Node::wholeNumber).isPresent();
            boolean hasEnd = port.get("endPort").isPresent();
            if (hasEnd && !isNumber) {
                throw new Refusal(port, "endPort needs a port that is a number");
            }
            if (value.isEmpty()) {
                ports.add(new PortRule.Numbers(Connections.of(protocol, PortSet.ALL)));
            } else if (isNumber) {
                int first = Parts.port(port, "port");
                int last = hasEnd ? Parts.port(port, "endPort") : first;
                ports.add(new PortRule.Numbers(Parts.ports(port, protocol, first, last)));
            } else {
                ports.add(new PortRule.Named(value.get().textAt().orElse(""), Optional.of(protocol)));
            }
        }
        return ports;
    }
}
