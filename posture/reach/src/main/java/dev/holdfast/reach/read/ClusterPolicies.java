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
import dev.holdfast.reach.space.Connections;
import dev.holdfast.reach.space.PortSet;
import dev.holdfast.reach.space.Protocol;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the policies of a whole cluster: ClusterNetworkPolicy ({@code policy.networking.k8s.io/v1alpha2}), and AdminNetworkPolicy and
 * BaselineAdminNetworkPolicy ({@code v1alpha1}), from which it came.
 *
 * <pre>
 * spec      tier (Admin, Baseline), priority, subject, ingress, egress
 * subject   namespaces: SELECTOR, or pods: { namespaceSelector, podSelector }
 * rule      name, action (Accept, Deny, Pass; Allow before), from | to, protocols (ports before)
 * peer      as the subject; outwards also nodes: SELECTOR, networks: [ CIDR ], domainNames
 * protocol  tcp | udp | sctp: { destinationPort: { number } or { range: { start, end } } }, or destinationNamedPort
 * port      portNumber: { protocol, port }, portRange: { protocol, start, end }, or namedPort
 * </pre>
 *
 * <p>A peer that is not known allows nobody, and denies everybody, as the API asks of its implementations.
 */
final class ClusterPolicies {
    private static final String[] PEERS = {"namespaces", "pods", "nodes", "networks", "domainNames"};
    private static final int LAST_PORT = 65_535;
    private static final int LAST_PRIORITY = 1_000;

    private final String file;
    private final Node root;
    private final String kind;
    private final KnownNodes nodes;

    private ClusterPolicies(String file, Node root, KnownNodes nodes) {
        this.file = file;
        this.root = root;
        this.kind = root.textAt("kind").orElse("");
        this.nodes = nodes;
    }

    static Policy read(String file, Node root, KnownNodes nodes) throws Refusal {
        return new ClusterPolicies(file, root, nodes).policy();
    }

    private Policy policy() throws Refusal {
        if (kind.startsWith("Baseline")
                && !root.textAt("metadata", "name").orElse("").equals("default")) {
            throw new Refusal(root, "the one that a cluster may have is called default");
        }
        Node spec = root.get("spec").orElseThrow(() -> new Refusal(root, "it has no spec"));
        Node subject = spec.get("subject").orElseThrow(() -> new Refusal(spec, "it has no subject"));
        Peer.Pods about =
                pods(subject).orElseThrow(() -> new Refusal(subject, "a subject is one of namespaces and pods"));
        return new Policy(
                tier(spec),
                kind + " " + root.textAt("metadata", "name").orElse(""),
                kind.startsWith("Baseline") ? 0 : priority(spec),
                about.namespaces(),
                about.selector(),
                about.sparesHostNetwork(),
                directions(spec),
                rules(spec, "ingress", "from"),
                rules(spec, "egress", "to"),
                origin(root));
    }

    private Tier tier(Node spec) throws Refusal {
        if (!isNew()) {
            return kind.startsWith("Baseline") ? Tier.BASELINE : Tier.ADMIN;
        }
        return switch (spec.textAt("tier").orElse("")) {
            case "Admin" -> Tier.ADMIN;
            case "Baseline" -> Tier.BASELINE;
            default -> throw new Refusal(spec, "its tier is Admin or Baseline");
        };
    }

    private boolean isNew() {
        return kind.equals("ClusterNetworkPolicy");
    }

    private static int priority(Node spec) throws Refusal {
        long priority = spec.get("priority").flatMap(Node::wholeNumber).orElse(-1L);
        if (priority < 0 || priority > LAST_PRIORITY) {
            throw new Refusal(spec, "its priority is a number from 0 to " + LAST_PRIORITY);
        }
        return (int) priority;
    }

    private static Set<Direction> directions(Node spec) {
        Set<Direction> directions = EnumSet.noneOf(Direction.class);
        spec.get("ingress").ifPresent(rules -> directions.add(Direction.INGRESS));
        spec.get("egress").ifPresent(rules -> directions.add(Direction.EGRESS));
        return directions;
    }

    private Origin origin(Node node) {
        return new Origin(file, node.place().line());
    }

    private List<Rule> rules(Node spec, String list, String peers) throws Refusal {
        List<Rule> rules = new ArrayList<>();
        for (Node rule : Parts.list(spec, list)) {
            String number = "#" + (rules.size() + 1);
            List<Node> written = Parts.list(rule, peers);
            if (written.isEmpty()) {
                throw new Refusal(rule, "a rule needs " + peers);
            }
            Action action = action(rule);
            boolean isUnknown = written.stream().anyMatch(peer -> !isKnown(peer));
            rules.add(new Rule(
                    rule.textAt("name").filter(name -> !name.isEmpty()).orElse(number),
                    isUnknown && action == Action.PASS ? Action.DENY : action,
                    isUnknown && action != Action.ALLOW ? List.of(new Peer.Everybody()) : peers(written),
                    ports(rule),
                    origin(rule)));
        }
        return rules;
    }

    private Action action(Node rule) throws Refusal {
        String word = rule.textAt("action").orElse("");
        boolean isAllowing = word.equals(isNew() ? "Accept" : "Allow");
        if (isAllowing) {
            return Action.ALLOW;
        }
        return switch (word) {
            case "Deny" -> Action.DENY;
            case "Pass" -> {
                if (kind.startsWith("Baseline")) {
                    throw new Refusal(rule, "behind the baseline nothing comes to which a rule could pass");
                }
                yield Action.PASS;
            }
            default ->
                throw new Refusal(
                        rule,
                        "the action \"" + word + "\" is none; " + (isNew() ? "Accept" : "Allow")
                                + ", Deny and Pass are");
        };
    }

    private static boolean isKnown(Node peer) {
        return peer.entries().stream().map(entry -> entry.key().text()).anyMatch(Set.of(PEERS)::contains);
    }

    private List<Peer> peers(List<Node> written) throws Refusal {
        List<Peer> peers = new ArrayList<>();
        for (Node peer : written) {
            Optional<Peer.Pods> pods = pods(peer);
            if (pods.isPresent()) {
                peers.add(pods.get());
            } else if (peer.get("nodes").isPresent()) {
                peers.add(nodes.chosen(Parts.selector(peer.get("nodes").get())));
            } else if (peer.get("networks").isPresent()) {
                for (Node network : Parts.list(peer, "networks")) {
                    peers.add(new Peer.Addresses(Parts.block(network), List.of()));
                }
            } else {
                peers.add(new Peer.Nobody());
            }
        }
        return peers;
    }

    /** Pods by one of the two ways to name them; empty for another kind of peer. */
    private Optional<Peer.Pods> pods(Node node) throws Refusal {
        Parts.only(node, PEERS);
        Optional<Node> namespaces = node.get("namespaces");
        Optional<Node> pods = node.get("pods");
        if (namespaces.isPresent()) {
            return Optional.of(new Peer.Pods(
                    new Namespaces.Labelled(Parts.selector(namespaces.get())), LabelSelector.EVERYTHING, isNew()));
        }
        if (pods.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Peer.Pods(
                new Namespaces.Labelled(selector(pods.get(), "namespaceSelector")),
                selector(pods.get(), "podSelector"),
                isNew()));
    }

    /** A selector that is left empty chooses everything. */
    private static LabelSelector selector(Node pods, String key) throws Refusal {
        Optional<Node> selector = pods.get(key);
        return selector.isPresent() ? Parts.selector(selector.get()) : LabelSelector.EVERYTHING;
    }

    private List<PortRule> ports(Node rule) throws Refusal {
        List<PortRule> ports = new ArrayList<>();
        for (Node protocol : Parts.list(rule, "protocols")) {
            ports.add(protocol(protocol));
        }
        for (Node port : Parts.list(rule, "ports")) {
            ports.add(port(port));
        }
        return ports;
    }

    private static PortRule protocol(Node node) throws Refusal {
        Parts.only(node, "tcp", "udp", "sctp", "destinationNamedPort");
        Optional<String> named = node.textAt("destinationNamedPort");
        if (named.isPresent()) {
            return new PortRule.Named(named.get(), Optional.empty());
        }
        for (Protocol protocol : Protocol.values()) {
            Optional<Node> written = node.get(protocol.name().toLowerCase(Locale.ROOT));
            if (written.isPresent()) {
                return destination(written.get(), protocol);
            }
        }
        throw new Refusal(node, "a protocol is tcp, udp, sctp or destinationNamedPort");
    }

    private static PortRule destination(Node written, Protocol protocol) throws Refusal {
        Optional<Node> port = written.get("destinationPort");
        if (port.isEmpty()) {
            return new PortRule.Numbers(Connections.of(protocol, PortSet.ALL));
        }
        Optional<Node> range = port.get().get("range");
        if (range.isEmpty()) {
            int number = Parts.port(port.get(), "number");
            return new PortRule.Numbers(Parts.ports(port.get(), protocol, number, number));
        }
        return new PortRule.Numbers(
                Parts.ports(range.get(), protocol, Parts.port(range.get(), "start"), Parts.port(range.get(), "end")));
    }

    private static PortRule port(Node node) throws Refusal {
        Parts.only(node, "portNumber", "portRange", "namedPort");
        Optional<Node> number = node.get("portNumber");
        Optional<Node> range = node.get("portRange");
        Optional<String> named = node.textAt("namedPort");
        if (number.isPresent()) {
            int port = Parts.port(number.get(), "port");
            return new PortRule.Numbers(
                    Parts.ports(number.get(), Parts.protocol(number.get(), "protocol"), port, port));
        }
        if (range.isPresent()) {
            int first = range.get().get("start").isPresent() ? Parts.port(range.get(), "start") : 1;
            int last = range.get().get("end").isPresent() ? Parts.port(range.get(), "end") : LAST_PORT;
            return new PortRule.Numbers(Parts.ports(range.get(), Parts.protocol(range.get(), "protocol"), first, last));
        }
        if (named.isPresent()) {
            return new PortRule.Named(named.get(), Optional.empty());
        }
        throw new Refusal(node, "a port is one of portNumber, portRange and namedPort");
    }
}
