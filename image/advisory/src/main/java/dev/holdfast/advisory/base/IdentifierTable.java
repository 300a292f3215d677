package dev.holdfast.advisory.base;

import dev.holdfast.advisory.KnownAdvisory;
import dev.holdfast.advisory.Source;
import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.Advisory.Kind;
import dev.holdfast.advisory.fact.Rating;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** Reads what is known of identifiers. */
final class IdentifierTable {
    private static final Comparator<Rating> BY_RATER =
            Comparator.comparing(Rating::by).thenComparing(Rating::vector).thenComparing(Rating::word);

    private final List<Source> sources;
    private final NameTable texts;
    private final NameTable ids;
    private final Section identifiers;
    private final Section starts;
    private final Section classes;
    private final Section ratings;

    IdentifierTable(
            List<Source> sources,
            NameTable texts,
            NameTable ids,
            Section identifiers,
            Section starts,
            Section classes,
            Section ratings) {
        this.sources = sources;
        this.texts = texts;
        this.ids = ids;
        this.identifiers = identifiers;
        this.starts = starts;
        this.classes = classes;
        this.ratings = ratings;
    }

    /** What stands at an identifier, but for its groups; lists that are not there are empty. */
    private record Entry(int[] members, int[] links, int[] bulletins, List<Stored> records) {}

    /** One source's record. */
    private record Stored(
            int source,
            int head,
            int published,
            int modified,
            int[] aliases,
            int[] bundled,
            int[] ratings,
            int[] weak) {}

    private Cursor at(int id) {
        if (id >= identifiers.count()) {
            throw identifiers.corrupt("identifier " + id + " of " + identifiers.count());
        }
        return identifiers.at(starts.u31(id * 4L));
    }

    private Entry entry(int id) {
        Cursor cursor = at(id);
        return entry(cursor.u8(), cursor);
    }

    /** Reads up to the groups. */
    private Entry entry(int head, Cursor cursor) {
        int[] members = {};
        if ((head & IdentifierParts.CLASS) != 0) {
            members = classes.at(cursor.v()).ascending(ids.count());
        }
        int[] links = (head & IdentifierParts.LINKS) == 0 ? new int[0] : cursor.ascending(ids.count());
        int[] bulletins = (head & IdentifierParts.BULLETINS) == 0 ? new int[0] : cursor.ascending(ids.count());
        List<Stored> records = (head & IdentifierParts.RECORDS) == 0 ? List.of() : records(cursor);
        return new Entry(members, links, bulletins, records);
    }

    private List<Stored> records(Cursor cursor) {
        int count = cursor.count(4);
        List<Stored> records = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int source = cursor.below(sources.size());
            int head = cursor.u8();
            records.add(new Stored(
                    source,
                    head,
                    (head & IdentifierParts.PUBLISHED) == 0 ? 0 : cursor.u16(),
                    (head & IdentifierParts.MODIFIED) == 0 ? 0 : cursor.u16(),
                    cursor.ascending(ids.count()),
                    cursor.ascending(ids.count()),
                    (head & IdentifierParts.RATINGS) == 0 ? new int[0] : cursor.ascending(Integer.MAX_VALUE),
                    (head & IdentifierParts.WEAKNESSES) == 0 ? new int[0] : cursor.ascending(texts.count())));
        }
        return records;
    }

    /** The groups with a statement under an identifier, ascending. */
    int[] groups(int id, int groupLimit) {
        Cursor cursor = at(id);
        int head = cursor.u8();
        if ((head & IdentifierParts.GROUPS) == 0) {
            return new int[0];
        }
        entry(head, cursor);
        return cursor.ascending(groupLimit);
    }

    /** The identifier itself and all that name the same flaw or are linked to it, ascending. */
    private int[] same(int id, Entry entry) {
        Ints all = new Ints();
        all.add(id);
        addAll(all, entry.members());
        for (int member : all.toSortedSet()) {
            for (int link : entry(member).links()) {
                all.add(link);
                // A plural identifier is linked to whole classes; the members of one are the same flaw as the link.
                addAll(all, entry.members().length == 0 ? entry(link).members() : new int[0]);
            }
        }
        return all.toSortedSet();
    }

    /** The identifier, all that name the same flaw, and the bulletins that close it, ascending. */
    int[] sameAndBulletins(int id) {
        Ints all = new Ints();
        for (int same : same(id, entry(id))) {
            all.add(same);
            addAll(all, entry(same).bulletins());
        }
        return all.toSortedSet();
    }

    private static void addAll(Ints all, int[] more) {
        for (int one : more) {
            all.add(one);
        }
    }

    KnownAdvisory advisory(int id) {
        Entry own = entry(id);
        boolean withdrawn = !own.records().isEmpty();
        Kind kind = Kind.VULNERABILITY;
        TreeSet<String> bundled = new TreeSet<>();
        for (Stored record : own.records()) {
            withdrawn &= (record.head() & IdentifierParts.WITHDRAWN) != 0;
            kind = kind == Kind.VULNERABILITY ? kind(record) : kind;
            for (int one : record.bundled()) {
                bundled.add(ids.get(one));
            }
        }
        int[] same = same(id, own);
        List<String> aliases = new ArrayList<>(same.length);
        Summary summary = new Summary();
        for (int one : same) {
            if (one != id) {
                aliases.add(ids.get(one));
            }
            entry(one).records().forEach(summary::add);
        }
        return new KnownAdvisory(
                ids.get(id),
                kind,
                aliases,
                List.copyOf(bundled),
                Day.text(summary.published),
                Day.text(summary.modified),
                withdrawn,
                List.copyOf(summary.given),
                List.copyOf(summary.weak));
    }

    /** What the records of a class say together. */
    private final class Summary {
        private int published;
        private int modified;
        private final TreeSet<Rating> given = new TreeSet<>(BY_RATER);
        private final TreeSet<String> weak = new TreeSet<>();

        void add(Stored record) {
            if (record.published() > 0 && (published == 0 || record.published() < published)) {
                published = record.published();
            }
            modified = Math.max(modified, record.modified());
            for (int rating : record.ratings()) {
                given.add(rating(rating));
            }
            for (int weakness : record.weak()) {
                weak.add(texts.get(weakness));
            }
        }
    }

    private Kind kind(Stored record) {
        return Codes.kind(record.head() & Codes.MASK, identifiers);
    }

    private Rating rating(int offset) {
        Cursor cursor = ratings.at(offset);
        return new Rating(texts.get(cursor.v()), texts.get(cursor.v()), texts.get(cursor.v()));
    }

    /** Reads everything there is about every identifier. */
    void verify() {
        for (int id = 0; id < identifiers.count(); id++) {
            advisory(id);
        }
    }

    /** Hands over every record as the fact it was made of, with the number of its source. */
    void replay(BiConsumer<Integer, Advisory> to) {
        for (int id = 0; id < identifiers.count(); id++) {
            for (Stored record : entry(id).records()) {
                to.accept(record.source(), fact(id, record));
            }
        }
    }

    private Advisory fact(int id, Stored record) {
        List<Rating> given = new ArrayList<>();
        for (int rating : record.ratings()) {
            given.add(rating(rating));
        }
        return new Advisory(
                ids.get(id),
                kind(record),
                names(ids, record.aliases()),
                names(ids, record.bundled()),
                Day.text(record.published()),
                Day.text(record.modified()),
                (record.head() & IdentifierParts.WITHDRAWN) != 0,
                given,
                names(texts, record.weak()));
    }

    private static List<String> names(NameTable table, int[] numbers) {
        List<String> names = new ArrayList<>(numbers.length);
        for (int number : numbers) {
            names.add(table.get(number));
        }
        return names;
    }
}
