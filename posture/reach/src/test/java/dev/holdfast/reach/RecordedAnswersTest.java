package dev.holdfast.reach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.InputException;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.reach.judge.Atlas;
import dev.holdfast.reach.judge.Connection;
import dev.holdfast.reach.judge.Network;
import dev.holdfast.reach.judge.Place;
import dev.holdfast.reach.space.AddressSpace;
import dev.holdfast.reach.space.Block;
import dev.holdfast.reach.space.Connections;
import dev.holdfast.reach.space.PortSet;
import dev.holdfast.reach.space.Protocol;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What other analysers and the conformance tests of the API answer, as sets of (from, to, protocol, port): addresses are cut at every edge of both
 * answers and compared piece by piece. Cases that need what we do not read are left out, by the word that names it.
 */
class RecordedAnswersTest {
    private static final Set<String> NOT_READ =
            Set.of("calico", "istio", "multi-network", "exposure", "routing-model", "other-protocols", "layer7");

    private final RecordedCases cases = new RecordedCases();

    RecordedAnswersTest() throws InputException, IOException {}

    private static boolean isRead(JsonValue one) {
        return one.get("needs").texts().stream().noneMatch(NOT_READ::contains);
    }

    private static boolean needs(JsonValue one, String word) {
        return one.get("needs").texts().contains(word);
    }

    /** Connections by "from > to". */
    private static Map<String, Connections> table(List<Connection> connections, JsonValue one) {
        Map<String, Connections> table = new TreeMap<>();
        for (Connection each : connections) {
            boolean isIpv6 = isIpv6(each.from()) || isIpv6(each.to());
            boolean isController = each.from() instanceof Place.Controller;
            if (!(isIpv6 && !needs(one, "ipv6")) && !(isController && !needs(one, "ingress-controller"))) {
                table.merge(each.from() + " > " + each.to(), each.by(), Connections::plus);
            }
        }
        return table;
    }

    private static boolean isIpv6(Place place) {
        return place instanceof Place.Outside outside
                && outside.blocks().getFirst().isIpv6();
    }

    private static Optional<List<Block>> blocks(String end) {
        if (!end.startsWith("cidr:")) {
            return Optional.empty();
        }
        List<Block> blocks = new ArrayList<>();
        for (String each : end.substring("cidr:".length()).split(",")) {
            blocks.add(Block.parse(each).orElseThrow());
        }
        return Optional.of(blocks);
    }

    private static void addBlocks(JsonValue connections, Collection<Block> edges) {
        for (JsonValue each : connections.elements()) {
            blocks(each.get("from").text().orElseThrow()).ifPresent(edges::addAll);
            blocks(each.get("to").text().orElseThrow()).ifPresent(edges::addAll);
        }
    }

    /** The expected connections, cut as ours are. */
    private static Map<String, Connections> expected(JsonValue connections, Collection<Block> edges) {
        List<Block> pieces = AddressSpace.cut(edges);
        Map<String, Connections> table = new TreeMap<>();
        for (JsonValue each : connections.elements()) {
            for (String from : ends(each.get("from").text().orElseThrow(), pieces)) {
                for (String to : ends(each.get("to").text().orElseThrow(), pieces)) {
                    if (!from.equals(to)) {
                        table.merge(from + " > " + to, by(each), Connections::plus);
                    }
                }
            }
        }
        return table;
    }

    private static List<String> ends(String end, List<Block> pieces) {
        Optional<List<Block>> blocks = blocks(end);
        if (blocks.isEmpty()) {
            return List.of(end);
        }
        return pieces.stream()
                .filter(piece -> blocks.get().stream().anyMatch(block -> block.holds(piece)))
                .map(piece -> new Place.Outside(List.of(piece)).toString())
                .toList();
    }

    private static Connections by(JsonValue connection) {
        PortSet ports = PortSet.NONE;
        for (String range : connection.get("ports").texts()) {
            String[] ends = range.split("-");
            ports = ports.plus(PortSet.of(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1])));
        }
        String protocol = connection.get("protocol").text().orElseThrow();
        if (protocol.equals("ANY")) {
            return new Connections(ports, ports, ports);
        }
        return Connections.of(Protocol.of(protocol).orElseThrow(), ports);
    }

    private static void compare(
            JsonValue one, Map<String, Connections> expected, Map<String, Connections> ours, List<String> differences) {
        Set<String> keys = new HashSet<>(expected.keySet());
        keys.addAll(ours.keySet());
        List<String> lines = new ArrayList<>();
        for (String key : keys) {
            Connections wanted = expected.getOrDefault(key, Connections.NONE);
            Connections found = ours.getOrDefault(key, Connections.NONE);
            if (!wanted.equals(found)) {
                lines.add(key + ": expected " + wanted + ", found " + found);
            }
        }
        if (!lines.isEmpty()) {
            differences.add(one.get("id").text().orElse("") + " "
                    + one.get("needs").texts() + ": " + lines.size() + " of " + keys.size() + ", " + lines.getFirst());
        }
    }

    /** A case may ask about a part of the map. */
    private static Map<String, Connections> restricted(Map<String, Connections> table, JsonValue restrict) {
        if (restrict.isAbsent()) {
            return table;
        }
        List<String> workloads = restrict.get("workloads").texts();
        List<String> peers = restrict.get("peers").texts();
        String direction = restrict.get("direction").text().orElse("");
        Map<String, Connections> kept = new TreeMap<>();
        table.forEach((key, by) -> {
            String[] ends = key.split(" > ");
            boolean isOut = isOne(ends[0], workloads) && isPeer(ends[1], peers) && !direction.equals("ingress");
            boolean isIn = isOne(ends[1], workloads) && isPeer(ends[0], peers) && !direction.equals("egress");
            if (workloads.isEmpty() || isOut || isIn) {
                kept.put(key, by);
            }
        });
        return kept;
    }

    private static boolean isPeer(String end, List<String> peers) {
        return peers.isEmpty() || isOne(end, peers);
    }

    private static boolean isOne(String end, List<String> names) {
        return names.stream()
                .anyMatch(name -> end.equals(name) || end.startsWith(name + "[") || end.contains("/" + name + "["));
    }

    @Test
    void mapsAsOthersDo() throws InputException, IOException {
        List<String> differences = new ArrayList<>();
        int asked = 0;
        for (JsonValue one : cases.of("map")) {
            if (!isRead(one)) {
                continue;
            }
            asked++;
            JsonValue connections = one.at("expected", "connections");
            Network network =
                    cases.objects(one.get("input").text().orElseThrow()).network();
            Set<Block> edges = new HashSet<>(Atlas.blocks(network));
            addBlocks(connections, edges);
            compare(
                    one,
                    expected(connections, edges),
                    restricted(table(Atlas.of(network, edges).connections(), one), one.get("restrict")),
                    differences);
        }
        assertThat(differences).isEmpty();
        assertThat(asked).isPositive();
    }

    @Test
    void tellsTheDifferenceAsOthersDo() throws InputException, IOException {
        List<String> differences = new ArrayList<>();
        int asked = 0;
        for (JsonValue one : cases.of("diff")) {
            if (!isRead(one)) {
                continue;
            }
            asked++;
            Network before = cases.objects(one.get("old").text().orElseThrow()).network();
            Network after = cases.objects(one.get("new").text().orElseThrow()).network();
            Set<Block> edges = new HashSet<>(Atlas.blocks(before));
            edges.addAll(Atlas.blocks(after));
            for (String part : List.of("added", "removed")) {
                addBlocks(one.at("expected", part), edges);
            }
            Map<String, Connections> old = table(Atlas.of(before, edges).connections(), one);
            Map<String, Connections> now = table(Atlas.of(after, edges).connections(), one);
            compare(one, expected(one.at("expected", "added"), edges), without(now, old), differences);
            compare(one, expected(one.at("expected", "removed"), edges), without(old, now), differences);
        }
        assertThat(differences).isEmpty();
        assertThat(asked).isPositive();
    }

    private static Map<String, Connections> without(Map<String, Connections> some, Map<String, Connections> others) {
        Map<String, Connections> left = new TreeMap<>();
        some.forEach((key, by) -> {
            Connections rest = by.minus(others.getOrDefault(key, Connections.NONE));
            if (!rest.isEmpty()) {
                left.put(key, rest);
            }
        });
        return left;
    }

    @Test
    void letsThroughWhatProbesSaw() throws InputException, IOException {
        List<String> differences = new ArrayList<>();
        int asked = 0;
        for (JsonValue one : cases.of("probes")) {
            if (!isRead(one)) {
                continue;
            }
            Network network =
                    cases.objects(one.get("input").text().orElseThrow()).network();
            Map<String, Connections> ours = new TreeMap<>();
            Atlas.of(network, List.of())
                    .connections()
                    .forEach(each -> ours.put(each.from() + " > " + each.to(), each.by()));
            for (JsonValue probe : one.at("expected", "probes").elements()) {
                asked++;
                String key = probe.get("from").text().orElseThrow() + " > "
                        + probe.get("to").text().orElseThrow();
                check(one, key, probe, probe.get("port"), probe.get("allowed").isTrue(), ours, differences);
            }
            asked += matrices(one, ours, differences);
        }
        assertThat(differences).isEmpty();
        assertThat(asked).isPositive();
    }

    private static int matrices(JsonValue one, Map<String, Connections> ours, List<String> differences) {
        List<String> pods = one.get("pods").texts();
        int asked = 0;
        for (JsonValue matrix : one.at("expected", "matrices").elements()) {
            List<String> rows = matrix.get("matrix").texts();
            for (int i = 0; i < rows.size(); i++) {
                for (int j = 0; j < rows.get(i).length(); j++) {
                    char cell = rows.get(i).charAt(j);
                    if (cell != '-') {
                        asked++;
                        check(
                                one,
                                pods.get(i) + " > " + pods.get(j),
                                matrix,
                                matrix.get("port"),
                                cell == '.',
                                ours,
                                differences);
                    }
                }
            }
        }
        return asked;
    }

    private static void check(
            JsonValue one,
            String pair,
            JsonValue probe,
            JsonValue port,
            boolean isAllowed,
            Map<String, Connections> ours,
            List<String> differences) {
        Protocol protocol =
                Protocol.of(probe.get("protocol").text().orElseThrow()).orElseThrow();
        int number = port.integer().orElseThrow().intValue();
        Connections asked = Connections.of(protocol, PortSet.of(number, number));
        boolean isFound = !ours.getOrDefault(pair, Connections.NONE).and(asked).isEmpty();
        if (isFound != isAllowed) {
            differences.add(
                    one.get("id").text().orElse("") + " " + one.get("needs").texts() + " " + pair + " " + protocol + " "
                            + number + ": expected " + isAllowed);
        }
    }

    @Test
    void relatesAsOthersDo() throws InputException, IOException {
        List<String> differences = new ArrayList<>();
        int asked = 0;
        for (JsonValue one : cases.of("relation")) {
            if (!isRead(one)) {
                continue;
            }
            asked++;
            String relation = one.at("expected", "relation").text().orElseThrow();
            Network here = cases.objects(one.get("input").text().orElseThrow()).network();
            Network there = one.get("new").isAbsent()
                    ? new Network(here.workloads(), Map.of(), List.of(), List.of(), List.of())
                    : cases.objects(one.get("new").text().orElseThrow()).network();
            Set<Block> edges = new HashSet<>(Atlas.blocks(here));
            edges.addAll(Atlas.blocks(there));
            Map<String, Connections> first = table(Atlas.of(here, edges).connections(), one);
            Map<String, Connections> second = table(Atlas.of(there, edges).connections(), one);
            boolean holds = switch (relation) {
                case "equal", "default" -> first.equals(second);
                case "different", "not-default" -> !first.equals(second);
                case "contains" -> without(second, first).isEmpty();
                case "does-not-contain" -> !without(second, first).isEmpty();
                default -> throw new AssertionError(relation);
            };
            if (!holds) {
                differences.add(
                        one.get("id").text().orElse("") + " " + one.get("needs").texts() + ": not " + relation);
            }
        }
        assertThat(differences).isEmpty();
        assertThat(asked).isPositive();
    }

    /** The allowed and the denied part of every pair that is explained; a pair without policies has no reasons. */
    @Test
    void explainsAsOthersDo() throws InputException, IOException {
        List<String> differences = new ArrayList<>();
        int asked = 0;
        for (JsonValue one : cases.of("explain")) {
            if (!isRead(one)
                    || !one.get("restrict").get("only").isAbsent()
                    || !one.get("restrict").get("connection").isAbsent()) {
                continue;
            }
            Cartographer cartographer =
                    new Cartographer(cases.objects(one.get("input").text().orElseThrow()));
            for (JsonValue pair : one.at("expected", "pairs").elements()) {
                asked += explain(one, cartographer, pair, differences);
            }
        }
        assertThat(differences).isEmpty();
        assertThat(asked).isPositive();
    }

    private static int explain(JsonValue one, Cartographer cartographer, JsonValue pair, List<String> differences)
            throws InputException {
        String from = pair.get("from").text().orElseThrow();
        String to = pair.get("to").text().orElseThrow();
        boolean isWhole = blocks(from).orElse(blocks(to).orElse(List.of())).size() <= 1;
        if (!isWhole) {
            return 0; // asked of one block at a time
        }
        ReachReport.Reason reason =
                (ReachReport.Reason) cartographer.why(plain(from), plain(to)).content();
        Map<String, Connections> expected = new TreeMap<>();
        for (JsonValue verdict : pair.get("verdicts").elements()) {
            Connections by = Connections.NONE;
            for (Protocol protocol : Protocol.values()) {
                for (String range : verdict.at("ports", protocol.name()).texts()) {
                    String[] ends = range.split("-");
                    by = by.plus(Connections.of(
                            protocol, PortSet.of(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]))));
                }
            }
            expected.merge(verdict.get("verdict").text().orElseThrow(), by, Connections::plus);
        }
        Map<String, Connections> found = new TreeMap<>();
        reason.verdicts()
                .forEach(verdict -> found.merge(
                        verdict.isAllowed() ? "allowed" : "denied", verdict.connections(), Connections::plus));
        Map<String, Connections> asked = new TreeMap<>(found);
        asked.keySet().retainAll(expected.keySet());
        if (!expected.equals(asked)) {
            differences.add(one.get("id").text().orElse("") + " " + from + " > " + to + ": expected " + expected
                    + ", found " + found);
        }
        return 1;
    }

    private static String plain(String end) {
        return end.startsWith("cidr:") ? end.substring("cidr:".length()) : end;
    }

    /** What others stop at is told by us, and costs nothing else its answer. */
    @Test
    void saysWhatIsWrong() throws InputException, IOException {
        List<String> silent = new ArrayList<>();
        int asked = 0;
        for (JsonValue one : cases.of("bad-input")) {
            if (one.get("notes").texts().stream().anyMatch(note -> note.contains("are legal"))) {
                continue; // pods of one owner with other labels, which others cannot tell of
            }
            asked++;
            Cartographer cartographer =
                    new Cartographer(cases.objects(one.get("input").text().orElseThrow()));
            if (cartographer.map().gaps().isEmpty()) {
                silent.add(one.get("id").text().orElse("") + ": "
                        + one.at("expected", "problem").text().orElse("") + " "
                        + one.get("notes").texts());
            }
        }
        assertThat(silent).isEmpty();
        assertThat(asked).isPositive();
    }
}
