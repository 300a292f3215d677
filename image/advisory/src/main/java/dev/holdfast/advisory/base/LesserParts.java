package dev.holdfast.advisory.base;

import dev.holdfast.advisory.base.Compilation.Edition;
import dev.holdfast.advisory.base.Compilation.Layer;
import dev.holdfast.advisory.base.Layout.Part;
import dev.holdfast.advisory.fact.Exploited;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Lays out the smaller lists: exploited, scores, life cycles, VEX claims. */
final class LesserParts {
    private final Compilation facts;
    private final Ranking.Texts texts;
    private final Ranking.Texts ids;
    private final int[] layerRank;

    /** By layer (of arrival): how many facts it gave. */
    private final int[] perLayer;

    LesserParts(Compilation facts, Ranking.Texts texts, Ranking.Texts ids, int[] layerRank) {
        this.facts = facts;
        this.texts = texts;
        this.ids = ids;
        this.layerRank = layerRank;
        this.perLayer = new int[facts.layers.size()];
    }

    int[] perLayer() {
        return perLayer;
    }

    List<Encoded> encode() {
        List<Encoded> parts = new ArrayList<>();
        parts.add(exploited());
        parts.add(scores());
        parts.add(lifecycles());
        claims(parts);
        return parts;
    }

    private Encoded exploited() {
        List<byte[]> rows = new ArrayList<>();
        for (int layer = 0; layer < facts.layers.size(); layer++) {
            Layer its = facts.layers.get(layer);
            if (its.exploited.isEmpty()) {
                continue;
            }
            TreeMap<Integer, byte[]> byId = new TreeMap<>();
            for (Exploited fact : its.exploited.get().rows()) {
                int id = ids.rank()[facts.ids.find(fact.id())];
                byte[] row = new Output(8)
                        .u32(id)
                        .u16(Day.number(fact.since()))
                        .u8(fact.ransomware() ? 1 : 0)
                        .u8(layerRank[layer])
                        .toBytes();
                byId.merge(id, row, (a, b) -> Arrays.compareUnsigned(a, b) <= 0 ? a : b);
            }
            perLayer[layer] += byId.size();
            rows.addAll(byId.values());
        }
        rows.sort((a, b) -> {
            int byId = Integer.compare(id(a), id(b));
            return byId != 0 ? byId : Integer.compare(a[7] & 0xff, b[7] & 0xff);
        });
        return new Encoded(Part.EXPLOITED, rows.size(), joined(rows));
    }

    private static int id(byte[] row) {
        return row[0] & 0xff | (row[1] & 0xff) << 8 | (row[2] & 0xff) << 16 | row[3] << 24;
    }

    private static byte[] joined(List<byte[]> rows) {
        Output out = new Output();
        rows.forEach(out::bytes);
        return out.toBytes();
    }

    private Encoded scores() {
        TreeMap<Integer, byte[]> runs = new TreeMap<>();
        int count = 0;
        for (int layer = 0; layer < facts.layers.size(); layer++) {
            Layer its = facts.layers.get(layer);
            if (its.scores.isPresent()) {
                List<long[]> rows = distinct(its.scores.get());
                runs.put(layerRank[layer], run(layerRank[layer], rows));
                perLayer[layer] += rows.size();
                count += rows.size();
            }
        }
        Output out = new Output().u32(runs.size());
        runs.values().forEach(out::bytes);
        return new Encoded(Part.SCORES, count, out.toBytes());
    }

    /** By CVE, the higher score where a list names one twice. */
    private static List<long[]> distinct(Edition<long[]> edition) {
        List<long[]> sorted = new ArrayList<>(edition.rows());
        sorted.sort((a, b) -> a[0] != b[0] ? Long.compare(a[0], b[0]) : Long.compare(b[1], a[1]));
        List<long[]> kept = new ArrayList<>(sorted.size());
        for (long[] row : sorted) {
            if (kept.isEmpty() || kept.getLast()[0] != row[0]) {
                kept.add(row);
            }
        }
        return kept;
    }

    private static byte[] run(int source, List<long[]> rows) {
        int blocks = (rows.size() + Layout.SCORES_IN_BLOCK - 1) / Layout.SCORES_IN_BLOCK;
        int front = 12 + blocks * 12;
        Output index = new Output(front).u32(source).u32(rows.size()).u32(blocks);
        Output body = new Output(rows.size() * 6);
        long before = 0;
        for (int i = 0; i < rows.size(); i++) {
            long[] row = rows.get(i);
            if (i % Layout.SCORES_IN_BLOCK == 0) {
                index.u64(row[0]).u32(front + body.size());
                before = row[0];
            }
            body.v((int) Math.min(Integer.MAX_VALUE, row[0] - before));
            body.u32((int) row[1]).u8((int) (row[1] >>> 32));
            before = row[0];
        }
        return index.bytes(body.toBytes()).toBytes();
    }

    private Encoded lifecycles() {
        TreeMap<Integer, List<Tuple>> byProduct = new TreeMap<>();
        for (Tuple row : facts.lifecycles) {
            perLayer[row.get(0)]++;
            byProduct
                    .computeIfAbsent(texts.rank()[row.get(1)], product -> new ArrayList<>())
                    .add(placed(row));
        }
        Output index = new Output().u32(byProduct.size());
        Output body = new Output();
        int front = 4 + byProduct.size() * 8;
        byProduct.forEach((product, rows) -> {
            index.u32(product).u32(front + body.size());
            rows.sort(LesserParts::inOrder);
            body.v(rows.size());
            for (Tuple row : rows) {
                for (int i = 0; i < row.length(); i++) {
                    body.v(row.get(i));
                }
            }
        });
        return new Encoded(
                Part.LIFECYCLES,
                facts.lifecycles.size(),
                index.bytes(body.toBytes()).toBytes());
    }

    private Tuple placed(Tuple row) {
        int[] numbers = new int[6];
        for (int i = 0; i < 5; i++) {
            numbers[i] = texts.rank()[row.get(2 + i)];
        }
        numbers[5] = layerRank[row.get(0)];
        return new Tuple(numbers);
    }

    /** By release, then source, then the rest. */
    private static int inOrder(Tuple a, Tuple b) {
        int byRelease = Integer.compare(a.get(0), b.get(0));
        int bySource = byRelease != 0 ? byRelease : Integer.compare(a.get(5), b.get(5));
        for (int i = 1; bySource == 0 && i < 5; i++) {
            bySource = Integer.compare(a.get(i), b.get(i));
        }
        return bySource;
    }

    private void claims(List<Encoded> parts) {
        Ranking.Packed kinds = claimKinds();
        List<List<Tuple>> byPair = new ArrayList<>();
        for (int i = 0; i < facts.claimPairs.size(); i++) {
            byPair.add(new ArrayList<>());
        }
        for (Tuple claim : facts.claims) {
            perLayer[facts.claimKinds.get(claim.get(2)).get(0)]++;
            byPair.get(claim.get(0)).add(claim);
        }
        List<byte[]> lists = new ArrayList<>();
        int[] uses = new int[byPair.size()];
        for (List<Tuple> claims : byPair) {
            uses[lists.size()] = 1;
            lists.add(claimList(claims, kinds.offset()));
        }
        Ranking.Packed packed = Ranking.packed(lists, uses);
        int[] order = pairOrder();
        parts.add(claimNames(order));
        Output pairs = new Output(order.length * 12);
        for (int pair : order) {
            Tuple its = facts.claimPairs.get(pair);
            pairs.u32(texts.rank()[its.get(0)])
                    .u32(its.get(1) == 0 ? 0 : texts.rank()[its.get(1) - 1] + 1)
                    .u32(packed.offset()[pair]);
        }
        parts.add(new Encoded(Part.CLAIM_PAIRS, order.length, pairs.toBytes()));
        parts.add(new Encoded(Part.CLAIM_LISTS, packed.count(), packed.bytes()));
        parts.add(new Encoded(Part.CLAIM_KINDS, kinds.count(), kinds.bytes()));
    }

    private Ranking.Packed claimKinds() {
        int[] uses = new int[facts.claimKinds.size()];
        for (Tuple claim : facts.claims) {
            uses[claim.get(2)]++;
        }
        List<byte[]> encoded = new ArrayList<>();
        for (Tuple kind : facts.claimKinds.all()) {
            Output out = new Output(12).v(layerRank[kind.get(0)]);
            for (int i = 1; i < 4; i++) {
                out.v(texts.rank()[kind.get(i)]);
            }
            encoded.add(out.toBytes());
        }
        return Ranking.packed(encoded, uses);
    }

    private byte[] claimList(List<Tuple> claims, int[] kindOffset) {
        long[] rows = new long[claims.size()];
        for (int i = 0; i < rows.length; i++) {
            Tuple claim = claims.get(i);
            rows[i] = (long) ids.rank()[claim.get(1)] << 32 | kindOffset[claim.get(2)];
        }
        Arrays.sort(rows);
        Output out = new Output().v(rows.length);
        int before = 0;
        for (long row : rows) {
            int id = (int) (row >>> 32);
            out.v(id - before).v((int) row);
            before = id;
        }
        return out.toBytes();
    }

    /** Pairs (of arrival) by product, then subcomponent. */
    private int[] pairOrder() {
        long[] keys = new long[facts.claimPairs.size()];
        Integer[] order = new Integer[keys.length];
        for (int i = 0; i < keys.length; i++) {
            Tuple pair = facts.claimPairs.get(i);
            long part = pair.get(1) == 0 ? 0 : texts.rank()[pair.get(1) - 1] + 1L;
            keys[i] = (long) texts.rank()[pair.get(0)] << 32 | part;
            order[i] = i;
        }
        Arrays.sort(order, (a, b) -> Long.compare(keys[a], keys[b]));
        int[] plain = new int[order.length];
        for (int i = 0; i < plain.length; i++) {
            plain[i] = order[i];
        }
        return plain;
    }

    private Encoded claimNames(int[] order) {
        TreeMap<Integer, Ints> pairsOfName = new TreeMap<>();
        for (int place = 0; place < order.length; place++) {
            Tuple pair = facts.claimPairs.get(order[place]);
            name(pairsOfName, pair.get(0)).add(place);
            if (pair.get(1) != 0) {
                name(pairsOfName, pair.get(1) - 1).add(place);
            }
        }
        Output index = new Output().u32(pairsOfName.size());
        Output body = new Output();
        int front = 4 + pairsOfName.size() * 8;
        pairsOfName.forEach((name, pairs) -> {
            index.u32(name).u32(front + body.size());
            body.ascending(pairs.toSortedSet());
        });
        return new Encoded(
                Part.CLAIMS, pairsOfName.size(), index.bytes(body.toBytes()).toBytes());
    }

    private Ints name(Map<Integer, Ints> pairsOfName, int purl) {
        Integer name = facts.purlNames.get(purl);
        if (name == null) {
            throw new IllegalStateException("a package URL without its name: " + facts.texts.get(purl));
        }
        return pairsOfName.computeIfAbsent(texts.rank()[name], unseen -> new Ints());
    }
}
