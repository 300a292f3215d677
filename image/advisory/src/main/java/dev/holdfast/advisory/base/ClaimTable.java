package dev.holdfast.advisory.base;

import dev.holdfast.advisory.Source;
import dev.holdfast.advisory.fact.Exoneration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Reads VEX statements. A hub has hundreds of thousands, most of which share their lists of advisories. */
final class ClaimTable {
    private static final int PAIR_BYTES = 12;

    private final List<Source> sources;
    private final NameTable texts;
    private final NameTable ids;
    private final Section names;
    private final Section pairs;
    private final Section lists;
    private final Section kinds;

    ClaimTable(
            List<Source> sources,
            NameTable texts,
            NameTable ids,
            Section names,
            Section pairs,
            Section lists,
            Section kinds) {
        this.sources = sources;
        this.texts = texts;
        this.ids = ids;
        this.names = names;
        this.pairs = pairs;
        this.lists = lists;
        this.kinds = kinds;
    }

    /** The statements about a name, by product and subcomponent; all of them, or those under one identifier. */
    List<Exoneration> about(String type, String fullName, String advisory) {
        int only = advisory.isEmpty() ? -1 : ids.find(advisory);
        int[] its = only < 0 && !advisory.isEmpty() ? new int[0] : pairsOf(texts.find(type + "/" + fullName));
        List<Exoneration> found = new ArrayList<>();
        for (int pair : its) {
            addAll(pair, only, (source, claim) -> found.add(claim));
        }
        return found;
    }

    /** Whether there is any statement about a name. */
    boolean speaksOf(String type, String fullName) {
        return pairsOf(texts.find(type + "/" + fullName)).length > 0;
    }

    private int[] pairsOf(int name) {
        int low = 0;
        int high = name < 0 ? -1 : names.u31(0) - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int found = names.u31(4 + middle * 8L);
            if (found == name) {
                return names.at(names.u31(8 + middle * 8L)).ascending(pairs.count());
            }
            if (found < name) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return new int[0];
    }

    private void addAll(int pair, int only, BiConsumer<Integer, Exoneration> to) {
        long at = (long) pair * PAIR_BYTES;
        Cursor cursor = lists.at(pairs.u31(at + 8));
        int id = 0;
        for (int left = cursor.count(2); left > 0; left--) {
            id = cursor.addWithin(id, cursor.v(), ids.count());
            int kind = cursor.v();
            if (only < 0 || only == id) {
                add(at, id, kind, to);
            } else if (id > only) {
                return;
            }
        }
    }

    private void add(long pair, int id, int kind, BiConsumer<Integer, Exoneration> to) {
        int part = pairs.u31(pair + 4);
        Cursor cursor = kinds.at(kind);
        int source = cursor.below(sources.size());
        Exoneration claim = new Exoneration(
                ids.get(id),
                texts.get(pairs.u31(pair)),
                part == 0 ? "" : texts.get(part - 1),
                texts.get(cursor.v()),
                texts.get(cursor.v()),
                texts.get(cursor.v()));
        to.accept(source, claim);
    }

    /** Reads all names; each must be above the one before, and its pairs must exist. */
    void checkNames() {
        int count = names.u31(0);
        int before = -1;
        for (int i = 0; i < count; i++) {
            int name = names.u31(4 + i * 8L);
            if (name <= before) {
                throw names.corrupt("name " + name + " is out of order");
            }
            texts.get(name);
            pairsOf(name);
            before = name;
        }
    }

    void replay(BiConsumer<Integer, Exoneration> to) {
        for (int pair = 0; pair < pairs.count(); pair++) {
            addAll(pair, -1, to);
        }
    }
}
