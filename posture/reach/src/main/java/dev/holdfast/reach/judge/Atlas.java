package dev.holdfast.reach.judge;

import dev.holdfast.reach.cluster.Entrance;
import dev.holdfast.reach.cluster.Pod;
import dev.holdfast.reach.cluster.Service;
import dev.holdfast.reach.cluster.Workload;
import dev.holdfast.reach.policy.Direction;
import dev.holdfast.reach.policy.Peer;
import dev.holdfast.reach.policy.Policy;
import dev.holdfast.reach.policy.Rule;
import dev.holdfast.reach.space.AddressSpace;
import dev.holdfast.reach.space.Block;
import dev.holdfast.reach.space.Connections;
import dev.holdfast.reach.space.PortSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who may talk to whom in a network. Pods that no label, port, block and namespace tells apart are decided once, and so are addresses between the
 * edges of all blocks that some policy names.
 */
public final class Atlas {
    private final Network network;
    private final Judge judge;
    private final List<End.Outside> outside;

    /** The workloads in the order in which they were given. */
    private final List<Site> sites = new ArrayList<>();

    /** What each pod may say to each, as far as it has been asked; by the numbers of both. */
    private final @Nullable Connections[][] known;

    private Atlas(Network network, Collection<Block> edges) {
        this.network = network;
        this.judge = new Judge(network);
        Set<Block> blocks = new HashSet<>(edges);
        blocks.addAll(blocks(network));
        this.outside = AddressSpace.cut(blocks).stream().map(End.Outside::new).toList();
        Map<Likeness, End.Inside> alike = new HashMap<>();
        for (Workload workload : network.workloads()) {
            Map<Integer, End.Inside> own = new LinkedHashMap<>();
            for (Pod pod : workload.pods()) {
                End.Inside end =
                        alike.computeIfAbsent(Likeness.of(pod, blocks), none -> judge.inside(alike.size(), pod));
                own.put(end.number(), end);
            }
            sites.add(new Site(workload, new Place.At(workload.title()), List.copyOf(own.values())));
        }
        this.known = new Connections[alike.size()][];
    }

    /** A workload with the ends that its pods are. */
    private record Site(Workload workload, Place.At place, List<End.Inside> ends) {}

    /** What tells pods apart: of their addresses only in which blocks they lie, of their node only for those in its network. */
    private record Likeness(
            String namespace, Map<String, String> labels, List<Pod.NamedPort> ports, Set<Block> blocks, String node) {
        static Likeness of(Pod pod, Set<Block> blocks) {
            Set<Block> holding = new HashSet<>();
            for (Block block : blocks) {
                if (pod.addresses().stream().anyMatch(block::holds)) {
                    holding.add(block);
                }
            }
            String node = pod.isOnHostNetwork() ? "node " + pod.node() : "";
            return new Likeness(pod.namespace(), pod.labels(), pod.ports(), holding, node);
        }
    }

    /**
     * Draws it.
     *
     * @param edges where addresses are to be cut, beside what policies name
     */
    public static Atlas of(Network network, Collection<Block> edges) {
        return new Atlas(network, edges);
    }

    /** All blocks that some policy names. */
    public static Set<Block> blocks(Network network) {
        Set<Block> blocks = new HashSet<>();
        for (Policy policy : network.policies()) {
            for (Direction direction : Direction.values()) {
                for (Rule rule : policy.rules(direction)) {
                    for (Peer peer : rule.peers()) {
                        if (peer instanceof Peer.Addresses addresses) {
                            blocks.add(addresses.block());
                            blocks.addAll(addresses.except());
                        } else if (peer instanceof Peer.Nodes nodes) {
                            blocks.addAll(nodes.addresses());
                        }
                    }
                }
            }
        }
        return blocks;
    }

    /** Every connection that is allowed, addresses cut at all edges; not of a workload with itself. */
    public List<Connection> connections() {
        List<Connection> connections = new ArrayList<>();
        Place controller = new Place.Controller();
        for (Site site : sites) {
            for (End.Outside other : outside) {
                Place there = new Place.Outside(List.of(other.block()));
                add(there, site.place, joined(site.ends, end -> judge.allowed(other, end)), connections);
                add(site.place, there, joined(site.ends, end -> judge.allowed(end, other)), connections);
            }
            for (Site other : sites) {
                if (!site.place.equals(other.place)) {
                    add(site.place, other.place, between(site.ends, other.ends), connections);
                }
            }
            add(controller, site.place, joined(site.ends, this::entering), connections);
        }
        return connections;
    }

    private static void add(Place from, Place to, Connections by, List<Connection> connections) {
        if (!by.isEmpty()) {
            connections.add(new Connection(from, to, by));
        }
    }

    /** What some pods may, taken together. */
    private static Connections joined(List<End.Inside> pods, Function<End.Inside, Connections> of) {
        return pods.stream().map(of).reduce(Connections.NONE, Connections::plus);
    }

    private Connections between(List<End.Inside> some, List<End.Inside> others) {
        Connections all = Connections.NONE;
        for (End.Inside from : some) {
            for (End.Inside to : others) {
                all = all.plus(between(from, to));
            }
        }
        return all;
    }

    private Connections between(End.Inside from, End.Inside to) {
        @Nullable Connections[] row = known[from.number()];
        if (row == null) {
            row = new Connections[known.length];
            known[from.number()] = row;
        }
        Connections found = row[to.number()];
        if (found == null) {
            found = judge.allowed(from, to);
            row[to.number()] = found;
        }
        return found;
    }

    /** What the controller of Ingresses and Routes may say to a pod: by the ports that they lead to. */
    private Connections entering(End.Inside end) {
        Connections led = led(end.pod());
        return led.isEmpty() ? led : led.and(judge.allowed(new End.Controller(), end));
    }

    private Connections led(Pod pod) {
        Connections led = Connections.NONE;
        for (Entrance entrance : network.entrances()) {
            led = led.plus(led(entrance, pod));
        }
        return led;
    }

    private Connections led(Entrance entrance, Pod pod) {
        Connections led = Connections.NONE;
        for (Service service : network.services()) {
            boolean isMeant = service.namespace().equals(entrance.namespace())
                    && service.name().equals(entrance.service())
                    && service.chooses(pod);
            for (Service.Port port : isMeant ? service.ports() : List.<Service.Port>of()) {
                if (entrance.means(port)) {
                    led = led.plus(port.of(pod)
                            .map(number -> Connections.of(port.protocol(), PortSet.of(number, number)))
                            .orElse(Connections.NONE));
                }
            }
        }
        return led;
    }

    /** Why one place may talk to another, or may not. */
    public List<Verdict> why(Place from, Place to) {
        List<Verdict> all = new ArrayList<>();
        for (End one : ends(from)) {
            for (End other : ends(to)) {
                List<Verdict> verdicts = judge.why(one, other);
                all.addAll(
                        one instanceof End.Controller && other instanceof End.Inside inside
                                ? entering(verdicts, inside.pod())
                                : verdicts);
            }
        }
        return Judge.joined(all);
    }

    private List<? extends End> ends(Place place) {
        return switch (place) {
            case Place.At at ->
                sites.stream()
                        .filter(site -> site.place.equals(at))
                        .flatMap(site -> site.ends.stream())
                        .toList();
            case Place.Outside addresses ->
                outside.stream()
                        .filter(piece -> addresses.blocks().stream().anyMatch(block -> block.holds(piece.block())))
                        .toList();
            case Place.Controller() -> List.of(new End.Controller());
        };
    }

    /** Where no Ingress leads, the controller does not talk, whatever the policies say. */
    private List<Verdict> entering(List<Verdict> verdicts, Pod pod) {
        List<Verdict> entering = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            Connections rest = verdict.connections();
            for (Entrance entrance : network.entrances()) {
                Connections led = led(entrance, pod).and(rest);
                if (!led.isEmpty()) {
                    List<Cause> causes = new ArrayList<>(verdict.causes());
                    causes.add(new Cause(Direction.INGRESS, entrance.title(), "", entrance.origin()));
                    entering.add(new Verdict(verdict.isAllowed(), led, causes));
                    rest = rest.minus(led);
                }
            }
            if (!rest.isEmpty()) {
                entering.add(new Verdict(false, rest, List.of()));
            }
        }
        return entering;
    }

    /** The workloads that no policy is about in a direction. */
    public List<Workload> open(Direction direction) {
        return sites.stream()
                .filter(site -> site.ends.stream()
                        .allMatch(end -> end.policies().stream()
                                .noneMatch(policy -> policy.directions().contains(direction))))
                .map(Site::workload)
                .toList();
    }
}
