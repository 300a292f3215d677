package dev.holdfast.reach;

import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.reach.ReachReport.Difference;
import dev.holdfast.reach.ReachReport.Overview;
import dev.holdfast.reach.ReachReport.Reason;
import dev.holdfast.reach.cluster.Workload;
import dev.holdfast.reach.judge.Atlas;
import dev.holdfast.reach.judge.Connection;
import dev.holdfast.reach.judge.Network;
import dev.holdfast.reach.judge.Place;
import dev.holdfast.reach.policy.Direction;
import dev.holdfast.reach.read.NetworkReader;
import dev.holdfast.reach.space.Block;
import dev.holdfast.reach.space.Connections;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Draws who may talk to whom by the policies of a cluster, compares two states of it, and tells why. */
public final class Cartographer {
    /** More of them are not told one by one. */
    private static final int MOST_NAMED = 10;

    private final Network network;
    private final List<Gap> gaps;

    /** @param objects everything that was given */
    public Cartographer(NetworkReader objects) {
        this.network = objects.network();
        this.gaps = objects.gaps();
    }

    /** Every connection that is allowed. */
    public ReachReport map() {
        Atlas atlas = Atlas.of(network, List.of());
        return new ReachReport(
                new Overview(
                        grouped(atlas.connections()),
                        network.workloads().size(),
                        network.policies().size(),
                        titles(atlas.open(Direction.INGRESS)),
                        titles(atlas.open(Direction.EGRESS))),
                gaps);
    }

    private static List<String> titles(List<Workload> workloads) {
        return workloads.stream().map(Workload::title).distinct().sorted().toList();
    }

    /** What a later state allows that this one does not, and the other way round. */
    public ReachReport diff(Cartographer later) {
        Set<Block> edges = new HashSet<>(Atlas.blocks(network));
        edges.addAll(Atlas.blocks(later.network));
        List<Connection> before = Atlas.of(network, edges).connections();
        List<Connection> after = Atlas.of(later.network, edges).connections();
        List<Gap> all = new ArrayList<>(gaps);
        all.addAll(later.gaps);
        return new ReachReport(
                new Difference(grouped(without(after, before)), grouped(without(before, after))),
                all.stream().distinct().sorted().toList());
    }

    private record Pair(Place from, Place to) {}

    private static List<Connection> without(List<Connection> some, List<Connection> others) {
        Map<Pair, Connections> taken = new LinkedHashMap<>();
        others.forEach(other -> taken.merge(new Pair(other.from(), other.to()), other.by(), Connections::plus));
        List<Connection> left = new ArrayList<>();
        for (Connection each : some) {
            Connections rest = each.by().minus(taken.getOrDefault(new Pair(each.from(), each.to()), Connections.NONE));
            if (!rest.isEmpty()) {
                left.add(new Connection(each.from(), each.to(), rest));
            }
        }
        return left;
    }

    /** Addresses that are treated alike are told together; in the order of the names. */
    private static List<Connection> grouped(List<Connection> fine) {
        record Alike(Place inside, boolean isFromOutside, Connections by) {}
        List<Connection> grouped = new ArrayList<>();
        Map<Alike, List<Block>> blocks = new LinkedHashMap<>();
        for (Connection each : fine) {
            if (each.from() instanceof Place.Outside from) {
                blocks.computeIfAbsent(new Alike(each.to(), true, each.by()), none -> new ArrayList<>())
                        .addAll(from.blocks());
            } else if (each.to() instanceof Place.Outside to) {
                blocks.computeIfAbsent(new Alike(each.from(), false, each.by()), none -> new ArrayList<>())
                        .addAll(to.blocks());
            } else {
                grouped.add(each);
            }
        }
        blocks.forEach((alike, pieces) -> {
            Place outside = new Place.Outside(pieces);
            grouped.add(
                    alike.isFromOutside()
                            ? new Connection(outside, alike.inside(), alike.by())
                            : new Connection(alike.inside(), outside, alike.by()));
        });
        grouped.sort(Comparator.comparing((Connection each) -> each.from().toString())
                .thenComparing(each -> each.to().toString()));
        return List.copyOf(grouped);
    }

    /**
     * Why one may talk to another, or may not.
     *
     * @param from and {@code to}: {@code NAMESPACE/NAME[KIND]}, {@code NAMESPACE/NAME}, a name that only one workload has, an address or a block,
     *     {@code external}, or {@code ingress-controller}
     * @throws InputException when nothing is called so, or several are
     */
    public ReachReport why(String from, String to) throws InputException {
        Place one = place(from);
        Place other = place(to);
        if (!(one instanceof Place.At) && !(other instanceof Place.At)) {
            throw new InputException(
                    InputException.Code.USAGE, "one of " + from + " and " + to + " has to be a workload");
        }
        List<Block> edges = new ArrayList<>();
        for (Place place : List.of(one, other)) {
            if (place instanceof Place.Outside outside) {
                edges.addAll(outside.blocks());
            }
        }
        return new ReachReport(new Reason(one, other, Atlas.of(network, edges).why(one, other)), gaps);
    }

    private Place place(String word) throws InputException {
        if (word.equals(Place.EXTERNAL)) {
            return new Place.Outside(List.of(Block.ALL_4, Block.ALL_6));
        }
        if (word.equals(Place.CONTROLLER)) {
            return new Place.Controller();
        }
        Optional<Block> block = Block.parse(word).or(() -> Block.address(word));
        if (block.isPresent()) {
            return new Place.Outside(List.of(block.get()));
        }
        List<String> meant = network.workloads().stream()
                .filter(workload -> word.equals(workload.title())
                        || word.equals(workload.namespace() + "/" + workload.name())
                        || word.equals(workload.name()))
                .map(Workload::title)
                .distinct()
                .sorted()
                .toList();
        if (meant.size() > 1) {
            throw new InputException(InputException.Code.USAGE, word + " may mean " + String.join(" or ", some(meant)));
        }
        if (meant.isEmpty()) {
            throw new InputException(
                    InputException.Code.NOT_FOUND,
                    word + ": no workload is called so; there are "
                            + (network.workloads().isEmpty()
                                    ? "none at all"
                                    : String.join(", ", some(titles(network.workloads())))));
        }
        return new Place.At(meant.getFirst());
    }

    private static List<String> some(List<String> titles) {
        if (titles.size() <= MOST_NAMED) {
            return titles;
        }
        List<String> some = new ArrayList<>(titles.subList(0, MOST_NAMED));
        some.add("and " + (titles.size() - MOST_NAMED) + " more");
        return some;
    }
}
