package dev.holdfast.reach.judge;

import dev.holdfast.reach.cluster.Pod;
import dev.holdfast.reach.policy.Direction;
import dev.holdfast.reach.policy.Peer;
import dev.holdfast.reach.policy.Policy;
import dev.holdfast.reach.policy.Rule;
import dev.holdfast.reach.policy.Tier;
import dev.holdfast.reach.space.Block;
import dev.holdfast.reach.space.Connections;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Decides one connection as the documents of the API say: at each end that is a pod the administrators' policies are asked first, by priority and
 * in the order of their rules; what they leave open is decided by the NetworkPolicies that are about the pod, all of them together; if there
 * are none, by the baseline; and what nobody decides is allowed. Both ends must allow it, and answers need no permission.
 */
final class Judge {
    private final Network network;

    Judge(Network network) {
        this.network = network;
    }

    /**
     * A pod with what is about it.
     *
     * @param number of the end
     */
    End.Inside inside(int number, Pod pod) {
        Map<String, String> namespace = network.labelsOf(pod.namespace());
        return new End.Inside(
                number,
                pod,
                namespace,
                network.policies().stream()
                        .filter(policy -> isAbout(policy, pod, namespace))
                        .toList());
    }

    private static boolean isAbout(Policy policy, Pod pod, Map<String, String> namespace) {
        return !(policy.sparesHostNetwork() && pod.isOnHostNetwork())
                && policy.namespaces().hold(pod.namespace(), namespace)
                && policy.selector().matches(pod.labels());
    }

    /** What one end may say to another. */
    Connections allowed(End from, End to) {
        Rulings.Allowed egress = new Rulings.Allowed();
        decide(Direction.EGRESS, from, to, to.ports(), egress);
        if (egress.connections().isEmpty()) {
            return Connections.NONE;
        }
        Rulings.Allowed ingress = new Rulings.Allowed();
        decide(Direction.INGRESS, to, from, to.ports(), ingress);
        return egress.connections().and(ingress.connections());
    }

    /** The same, with the reasons. */
    List<Verdict> why(End from, End to) {
        Rulings.Explained egress = new Rulings.Explained();
        decide(Direction.EGRESS, from, to, to.ports(), egress);
        Rulings.Explained ingress = new Rulings.Explained();
        decide(Direction.INGRESS, to, from, to.ports(), ingress);
        List<Verdict> both = new ArrayList<>();
        for (Verdict out : egress.verdicts()) {
            for (Verdict in : ingress.verdicts()) {
                Connections connections = out.connections().and(in.connections());
                if (!connections.isEmpty()) {
                    both.add(new Verdict(out.isAllowed() && in.isAllowed(), connections, causes(out, in)));
                }
            }
        }
        return joined(both);
    }

    /** Why something is allowed is told by both ends, why it is denied by those that deny it. */
    private static List<Cause> causes(Verdict out, Verdict in) {
        boolean isAllowed = out.isAllowed() && in.isAllowed();
        List<Cause> causes = new ArrayList<>();
        if (isAllowed || !out.isAllowed()) {
            causes.addAll(out.causes());
        }
        if (isAllowed || !in.isAllowed()) {
            causes.addAll(in.causes());
        }
        return causes;
    }

    /** Connections with the same fate for the same reasons are told together. */
    static List<Verdict> joined(List<Verdict> verdicts) {
        List<Verdict> joined = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            boolean isNew = true;
            for (int i = 0; i < joined.size(); i++) {
                Verdict other = joined.get(i);
                if (other.isAllowed() == verdict.isAllowed() && other.causes().equals(verdict.causes())) {
                    joined.set(
                            i,
                            new Verdict(
                                    other.isAllowed(),
                                    other.connections().plus(verdict.connections()),
                                    other.causes()));
                    isNew = false;
                }
            }
            if (isNew) {
                joined.add(verdict);
            }
        }
        return List.copyOf(joined);
    }

    /**
     * What is decided at one end about the other one.
     *
     * @param ports that have a name at the destination
     */
    private void decide(Direction direction, End here, End other, List<Pod.NamedPort> ports, Rulings rulings) {
        if (!(here instanceof End.Inside inside)) {
            rulings.allow(Connections.ALL, List.of());
            return;
        }
        Connections open = ordered(Tier.ADMIN, direction, inside, other, ports, Connections.ALL, rulings);
        if (open.isEmpty() || isIsolated(direction, inside, other, ports, open, rulings)) {
            return;
        }
        Connections left = ordered(Tier.BASELINE, direction, inside, other, ports, open, rulings);
        if (!left.isEmpty()) {
            rulings.allow(left, List.of());
        }
    }

    /** Rules of which the first that fits counts; returns what none of them decides, and what they leave to those behind them. */
    private static Connections ordered(
            Tier tier,
            Direction direction,
            End.Inside here,
            End other,
            List<Pod.NamedPort> ports,
            Connections all,
            Rulings rulings) {
        Connections open = all;
        Connections passed = Connections.NONE;
        for (Policy policy : here.policies()) {
            if (policy.tier() != tier || !policy.directions().contains(direction)) {
                continue;
            }
            for (Rule rule : policy.rules(direction)) {
                Connections meant =
                        concerns(rule, other) ? rule.connections(ports).and(open) : Connections.NONE;
                if (meant.isEmpty()) {
                    continue;
                }
                open = open.minus(meant);
                List<Cause> causes = List.of(cause(direction, policy, rule));
                switch (rule.action()) {
                    case ALLOW -> rulings.allow(meant, causes);
                    case DENY -> rulings.deny(meant, causes);
                    case PASS -> passed = passed.plus(meant);
                }
            }
        }
        return open.plus(passed);
    }

    /** Whether NetworkPolicies are about the pod; then they decide everything that is open. */
    private static boolean isIsolated(
            Direction direction,
            End.Inside here,
            End other,
            List<Pod.NamedPort> ports,
            Connections open,
            Rulings rulings) {
        Connections denied = open;
        List<Cause> isolating = new ArrayList<>();
        for (Policy policy : here.policies()) {
            if (policy.tier() != Tier.NETWORK || !policy.directions().contains(direction)) {
                continue;
            }
            isolating.add(new Cause(direction, policy.title(), "", policy.origin()));
            for (Rule rule : policy.rules(direction)) {
                Connections meant =
                        concerns(rule, other) ? rule.connections(ports).and(open) : Connections.NONE;
                if (!meant.isEmpty()) {
                    rulings.allow(meant, List.of(cause(direction, policy, rule)));
                    denied = denied.minus(meant);
                }
            }
        }
        if (!isolating.isEmpty() && !denied.isEmpty()) {
            rulings.deny(denied, isolating);
        }
        return !isolating.isEmpty();
    }

    private static Cause cause(Direction direction, Policy policy, Rule rule) {
        return new Cause(direction, policy.title(), rule.name(), rule.origin());
    }

    private static boolean concerns(Rule rule, End other) {
        for (Peer peer : rule.peers()) {
            if (isOne(peer, other)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOne(Peer peer, End end) {
        return switch (peer) {
            case Peer.Everybody() -> true;
            case Peer.Nobody() -> false;
            case Peer.Pods pods -> isOne(pods, end);
            case Peer.Addresses addresses ->
                switch (end) {
                    case End.Inside inside ->
                        inside.pod().addresses().stream().anyMatch(address -> holds(addresses, address));
                    case End.Outside outside -> holds(addresses, outside.block());
                    case End.Controller() -> false;
                };
            case Peer.Nodes nodes ->
                switch (end) {
                    case End.Inside inside ->
                        inside.pod().isOnHostNetwork()
                                && nodes.names().contains(inside.pod().node());
                    case End.Outside outside ->
                        nodes.addresses().stream().anyMatch(node -> node.holds(outside.block()));
                    case End.Controller() -> false;
                };
        };
    }

    private static boolean isOne(Peer.Pods pods, End end) {
        return switch (end) {
            case End.Inside inside ->
                !(pods.sparesHostNetwork() && inside.pod().isOnHostNetwork())
                        && pods.namespaces().hold(inside.pod().namespace(), inside.namespace())
                        && pods.selector().matches(inside.pod().labels());
            case End.Outside _ -> false;
            case End.Controller() ->
                pods.namespaces().hold("", Map.of()) && pods.selector().matches(Map.of());
        };
    }

    private static boolean holds(Peer.Addresses addresses, Block block) {
        return addresses.block().holds(block) && addresses.except().stream().noneMatch(except -> except.holds(block));
    }
}
