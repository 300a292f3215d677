package dev.holdfast.advisory.base;

import dev.holdfast.advisory.base.Layout.Part;
import dev.holdfast.advisory.fact.Statement.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lays out statements: bodies, versions, groups and the way to them. */
final class StatementParts {
    /** Entries in a bucket, on average: two keep the bucket table small beside the entries and a search short. */
    private static final int ENTRIES_IN_BUCKET = 2;

    private final Compilation facts;
    private final Ranking.Texts texts;
    private final Ranking.Texts ids;
    private final Ranking.Texts names;
    private final int[] layerRank;

    /** Namespace texts (places) in order. */
    private final int[] namespaces;

    /** Groups (of arrival) in order of package, then namespace. */
    private final Integer[] groupOrder;

    /** By place of the group: its distinct statements, id place × 2^32 + body (of arrival), ascending. */
    private final long[][] statements;

    private final int[] perLayer;

    StatementParts(Compilation facts, Ranking.Texts texts, Ranking.Texts ids, int[] layerRank) {
        this.facts = facts;
        this.texts = texts;
        this.ids = ids;
        this.names = Ranking.texts(facts.packageNames);
        this.layerRank = layerRank;
        this.namespaces = namespaces();
        this.groupOrder = groupOrder();
        this.statements = statements();
        this.perLayer = new int[facts.layers.size()];
    }

    private int[] namespaces() {
        Ints all = new Ints();
        for (Tuple group : facts.groups.all()) {
            all.add(texts.rank()[group.get(0)]);
        }
        return all.toSortedSet();
    }

    private Integer[] groupOrder() {
        Integer[] order = new Integer[facts.groups.size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        Arrays.sort(order, (a, b) -> {
            Tuple one = facts.groups.get(a);
            Tuple other = facts.groups.get(b);
            int byPackage = Integer.compare(names.rank()[one.get(1)], names.rank()[other.get(1)]);
            return byPackage != 0 ? byPackage : Integer.compare(texts.rank()[one.get(0)], texts.rank()[other.get(0)]);
        });
        return order;
    }

    private long[][] statements() {
        int[] place = new int[groupOrder.length];
        for (int i = 0; i < groupOrder.length; i++) {
            place[groupOrder[i]] = i;
        }
        int[] sizes = new int[groupOrder.length];
        for (int i = 0; i < facts.statementGroups.size(); i++) {
            sizes[place[facts.statementGroups.get(i)]]++;
        }
        long[][] all = new long[groupOrder.length][];
        for (int i = 0; i < all.length; i++) {
            all[i] = new long[sizes[i]];
        }
        for (int i = 0; i < facts.statementGroups.size(); i++) {
            int group = place[facts.statementGroups.get(i)];
            int id = ids.rank()[facts.statementIds.get(i)];
            all[group][--sizes[group]] = (long) id << 32 | facts.statementBodies.get(i);
        }
        for (int i = 0; i < all.length; i++) {
            all[i] = sortedSet(all[i]);
        }
        return all;
    }

    private static long[] sortedSet(long[] values) {
        Arrays.sort(values);
        int kept = 0;
        for (int i = 0; i < values.length; i++) {
            if (i == 0 || values[i] != values[i - 1]) {
                values[kept++] = values[i];
            }
        }
        return Arrays.copyOf(values, kept);
    }

    /** By layer (of arrival): how many statements it gave. Known after {@link #encode}. */
    int[] perLayer() {
        return perLayer;
    }

    /** By identifier: the places of the groups with a statement under it. */
    int[][] groupsOfIds() {
        Ints[] groups = new Ints[ids.sorted().size()];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = new Ints();
        }
        for (int group = 0; group < statements.length; group++) {
            for (long statement : statements[group]) {
                groups[(int) (statement >>> 32)].add(group);
            }
        }
        int[][] sets = new int[groups.length][];
        for (int i = 0; i < groups.length; i++) {
            sets[i] = groups[i].toSortedSet();
        }
        return sets;
    }

    List<Encoded> encode() {
        int[] bodyUses = new int[facts.bodies.size()];
        for (long[] group : statements) {
            for (long statement : group) {
                bodyUses[(int) statement]++;
                perLayer[facts.bodies.get((int) statement).get(0)]++;
            }
        }
        Ranking.Packed versions = versions(bodyUses);
        List<byte[]> encoded = new ArrayList<>(bodyUses.length);
        for (int i = 0; i < bodyUses.length; i++) {
            encoded.add(bodyUses[i] == 0 ? new byte[0] : body(facts.bodies.get(i), versions.offset()));
        }
        Ranking.Packed bodies = Ranking.packed(encoded, bodyUses);
        List<Encoded> parts = new ArrayList<>();
        parts.add(new Encoded(Part.VERSIONS, versions.count(), versions.bytes()));
        parts.add(new Encoded(Part.BODIES, bodies.count(), bodies.bytes()));
        Output names = new Output();
        boolean[] tellsUnfixed = tellsUnfixed();
        for (int i = 0; i < namespaces.length; i++) {
            names.u32(namespaces[i]).u32(tellsUnfixed[i] ? 1 : 0);
        }
        parts.add(new Encoded(Part.NAMESPACES, namespaces.length, names.toBytes()));
        groups(parts, bodies.offset());
        parts.add(packages());
        return parts;
    }

    private boolean[] tellsUnfixed() {
        boolean[] tells = new boolean[namespaces.length];
        for (int place = 0; place < statements.length; place++) {
            int namespace = namespaceOf(place);
            for (long statement : statements[place]) {
                int status = facts.bodies.get((int) statement).get(1);
                tells[namespace] |= status != Codes.of(Status.FIXED) && status != Codes.of(Status.NOT_AFFECTED);
            }
        }
        return tells;
    }

    /** The number of the namespace of the group at that place. */
    private int namespaceOf(int place) {
        Tuple group = facts.groups.get(groupOrder[place]);
        return Arrays.binarySearch(namespaces, texts.rank()[group.get(0)]);
    }

    private Ranking.Packed versions(int[] bodyUses) {
        int[] uses = new int[facts.versions.size()];
        for (int i = 0; i < bodyUses.length; i++) {
            if (bodyUses[i] > 0) {
                new BodyNumbers(facts.bodies.get(i)).eachVersion(version -> uses[version]++);
            }
        }
        List<byte[]> encoded = new ArrayList<>(uses.length);
        for (StatementBodies.VersionText version : facts.versions.all()) {
            byte[] key =
                    version.key().isEmpty() ? new byte[0] : version.key().get().bytes();
            byte[] text = version.text().getBytes(StandardCharsets.UTF_8);
            encoded.add(new Output(2 + key.length + text.length)
                    .v(key.length)
                    .bytes(key)
                    .v(text.length)
                    .bytes(text)
                    .toBytes());
        }
        return Ranking.packed(encoded, uses);
    }

    private byte[] body(Tuple body, int[] versionOffset) {
        BodyNumbers numbers = new BodyNumbers(body);
        Output out = new Output(32);
        out.u8(numbers.head()).v(layerRank[body.get(0)]);
        numbers.write(out, versionOffset, texts.rank());
        return out.toBytes();
    }

    private void groups(List<Encoded> parts, int[] bodyOffset) {
        Output groups = new Output(1 << 16);
        Output starts = new Output();
        int[] nameOffset = names(parts);
        for (int place = 0; place < groupOrder.length; place++) {
            starts.u32(groups.size());
            Tuple group = facts.groups.get(groupOrder[place]);
            long[] placed = new long[statements[place].length];
            for (int i = 0; i < placed.length; i++) {
                long statement = statements[place][i];
                placed[i] = statement & ~0xffff_ffffL | bodyOffset[(int) statement];
            }
            long[] sorted = sortedSet(placed);
            groups.v(namespaceOf(place));
            groups.v(nameOffset[names.rank()[group.get(1)]]).v(sorted.length);
            int before = 0;
            for (long statement : sorted) {
                int id = (int) (statement >>> 32);
                groups.v(id - before).v((int) statement);
                before = id;
            }
        }
        starts.u32(groups.size());
        parts.add(new Encoded(Part.GROUPS, groupOrder.length, groups.toBytes()));
        parts.add(new Encoded(Part.GROUP_STARTS, groupOrder.length, starts.toBytes()));
    }

    /** Lays out the package names. Returns where each is, by place. */
    private int[] names(List<Encoded> parts) {
        Output out = new Output();
        int[] offset = new int[names.sorted().size()];
        for (int i = 0; i < offset.length; i++) {
            offset[i] = out.size();
            byte[] name = names.sorted().get(i);
            out.v(name.length).bytes(name);
        }
        parts.add(new Encoded(Part.NAMES, offset.length, out.toBytes()));
        return offset;
    }

    private Encoded packages() {
        int count = groupOrder.length;
        long[] entries = new long[count];
        for (int place = 0; place < count; place++) {
            Tuple group = facts.groups.get(groupOrder[place]);
            int hash = Layout.hash(namespaceOf(place), facts.packageNames.get(group.get(1)));
            entries[place] = (long) hash << 32 | place;
        }
        // Unsigned order of the hash: the upper bits are the bucket.
        for (int i = 0; i < count; i++) {
            entries[i] ^= Long.MIN_VALUE;
        }
        Arrays.sort(entries);
        int bits = Math.max(1, 32 - Integer.numberOfLeadingZeros(count / ENTRIES_IN_BUCKET));
        int[] starts = new int[(1 << bits) + 1];
        for (long entry : entries) {
            starts[(int) ((entry ^ Long.MIN_VALUE) >>> (64 - bits)) + 1]++;
        }
        Output out = new Output(4 + starts.length * 4 + count * 8);
        out.u32(bits);
        int sum = 0;
        for (int start : starts) {
            sum += start;
            out.u32(sum);
        }
        for (long entry : entries) {
            out.u32((int) ((entry ^ Long.MIN_VALUE) >>> 32)).u32((int) entry);
        }
        return new Encoded(Part.PACKAGES, count, out.toBytes());
    }
}
