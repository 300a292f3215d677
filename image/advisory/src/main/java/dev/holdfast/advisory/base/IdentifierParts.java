package dev.holdfast.advisory.base;

import dev.holdfast.advisory.base.Layout.Part;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lays out what is known of identifiers: records, classes, ratings, and where statements under them are. */
final class IdentifierParts {
    static final int CLASS = 1;
    static final int LINKS = 2;
    static final int BULLETINS = 4;
    static final int RECORDS = 8;
    static final int GROUPS = 16;

    static final int WITHDRAWN = 1 << 3;
    static final int PUBLISHED = 1 << 4;
    static final int MODIFIED = 1 << 5;
    static final int RATINGS = 1 << 6;
    static final int WEAKNESSES = 1 << 7;

    private static final int FIRST_LIST = 6;

    private final Compilation facts;
    private final Ranking.Texts texts;
    private final Ranking.Texts ids;
    private final int[] layerRank;
    private final int size;
    private final List<List<Tuple>> records;
    private final List<Ints> bulletins;
    private final List<Ints> localLinks;

    IdentifierParts(Compilation facts, Ranking.Texts texts, Ranking.Texts ids, int[] layerRank) {
        this.facts = facts;
        this.texts = texts;
        this.ids = ids;
        this.layerRank = layerRank;
        this.size = ids.sorted().size();
        this.records = new ArrayList<>(size);
        this.bulletins = new ArrayList<>(size);
        this.localLinks = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            records.add(new ArrayList<>(1));
            bulletins.add(new Ints());
            localLinks.add(new Ints());
        }
        for (Tuple record : facts.records) {
            int id = ids.rank()[record.get(0)];
            records.get(id).add(record);
            for (int bundled : list(record, 1, ids.rank())) {
                bulletins.get(bundled).add(id);
            }
        }
    }

    /** The numbers of one of a record's four lists, as places, ascending. */
    private static int[] list(Tuple record, int which, int[] rank) {
        int at = FIRST_LIST;
        for (int i = 0; i < which; i++) {
            at += record.get(at) + 1;
        }
        int[] numbers = new int[record.get(at)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = rank[record.get(at + 1 + i)];
        }
        return Ints.sortedSet(numbers);
    }

    List<Encoded> encode(int[][] groupsOfIds) {
        AliasClasses classes = classes();
        int[] classOffset = new int[size];
        Arrays.fill(classOffset, -1);
        Output classBytes = new Output();
        int classCount = 0;
        for (int[] members : classes.classes()) {
            for (int member : members) {
                classOffset[member] = classBytes.size();
            }
            classBytes.ascending(members);
            classCount++;
        }
        Ranking.Packed ratings = ratings();
        Output out = new Output(1 << 16);
        Output starts = new Output(size * 4 + 4);
        for (int id = 0; id < size; id++) {
            starts.u32(out.size());
            int[] local = localLinks.get(id).toSortedSet();
            int[] links = local.length > 0 ? local : classes.links(id);
            identifier(out, id, classOffset[id], links, groupsOfIds[id], ratings.offset());
        }
        starts.u32(out.size());
        return List.of(
                new Encoded(Part.IDENTIFIERS, size, out.toBytes()),
                new Encoded(Part.IDENTIFIER_STARTS, size, starts.toBytes()),
                new Encoded(Part.CLASSES, classCount, classBytes.toBytes()),
                new Encoded(Part.RATINGS, ratings.count(), ratings.bytes()));
    }

    private AliasClasses classes() {
        boolean[] isCve = new boolean[size];
        boolean[] isWithdrawn = new boolean[size];
        boolean[] isLocal = new boolean[size];
        for (int id = 0; id < size; id++) {
            String text = new String(ids.sorted().get(id), StandardCharsets.UTF_8);
            isCve[id] = Cve.number(text) >= 0;
            isLocal[id] = AliasClasses.isLocal(text);
            isWithdrawn[id] = !records.get(id).isEmpty();
            for (Tuple record : records.get(id)) {
                isWithdrawn[id] &= record.get(3) == 1;
            }
        }
        List<int[]> edges = new ArrayList<>();
        for (int id = 0; id < size; id++) {
            for (Tuple record : records.get(id)) {
                for (int alias : list(record, 0, ids.rank())) {
                    if (isLocal[id] != isLocal[alias]) {
                        addLocal(isLocal[id] ? id : alias, isLocal[id] ? alias : id);
                    } else if (!isLocal[id]) {
                        edges.add(new int[] {id, alias});
                    }
                }
            }
        }
        return new AliasClasses(isCve, isWithdrawn, edges);
    }

    /** A local identifier is linked to the flaw, and found under it as a bulletin is. */
    private void addLocal(int local, int flaw) {
        localLinks.get(local).add(flaw);
        bulletins.get(flaw).add(local);
    }

    private Ranking.Packed ratings() {
        int[] uses = new int[facts.ratings.size()];
        int[] identity = new int[uses.length];
        for (int i = 0; i < uses.length; i++) {
            identity[i] = i;
        }
        for (Tuple record : facts.records) {
            for (int rating : list(record, 2, identity)) {
                uses[rating]++;
            }
        }
        List<byte[]> encoded = new ArrayList<>(uses.length);
        for (Tuple rating : facts.ratings.all()) {
            Output out = new Output(9);
            for (int i = 0; i < rating.length(); i++) {
                out.v(texts.rank()[rating.get(i)]);
            }
            encoded.add(out.toBytes());
        }
        return Ranking.packed(encoded, uses);
    }

    private void identifier(Output out, int id, int classOffset, int[] links, int[] groups, int[] ratingOffset) {
        int[] closedBy = bulletins.get(id).toSortedSet();
        List<Tuple> its = records.get(id);
        out.u8((classOffset >= 0 ? CLASS : 0)
                | (links.length > 0 ? LINKS : 0)
                | (closedBy.length > 0 ? BULLETINS : 0)
                | (its.isEmpty() ? 0 : RECORDS)
                | (groups.length > 0 ? GROUPS : 0));
        if (classOffset >= 0) {
            out.v(classOffset);
        }
        if (links.length > 0) {
            out.ascending(links);
        }
        if (closedBy.length > 0) {
            out.ascending(closedBy);
        }
        if (!its.isEmpty()) {
            List<byte[]> encoded = new ArrayList<>(its.size());
            for (Tuple record : its) {
                encoded.add(record(record, ratingOffset));
            }
            encoded.sort(Arrays::compareUnsigned);
            out.v(encoded.size());
            encoded.forEach(out::bytes);
        }
        if (groups.length > 0) {
            out.ascending(groups);
        }
    }

    private byte[] record(Tuple record, int[] ratingOffset) {
        int published = record.get(4);
        int modified = record.get(5);
        int[] ratings = list(record, 2, ratingOffset);
        int[] weaknesses = list(record, 3, texts.rank());
        Output out = new Output(32);
        out.v(layerRank[record.get(1)]);
        out.u8(record.get(2)
                | record.get(3) * WITHDRAWN
                | (published > 0 ? PUBLISHED : 0)
                | (modified > 0 ? MODIFIED : 0)
                | (ratings.length > 0 ? RATINGS : 0)
                | (weaknesses.length > 0 ? WEAKNESSES : 0));
        if (published > 0) {
            out.u16(published);
        }
        if (modified > 0) {
            out.u16(modified);
        }
        out.ascending(list(record, 0, ids.rank())).ascending(list(record, 1, ids.rank()));
        if (ratings.length > 0) {
            out.ascending(ratings);
        }
        if (weaknesses.length > 0) {
            out.ascending(weaknesses);
        }
        return out.toBytes();
    }
}
