package dev.holdfast.jvm.identity;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32C;

/**
 * Compiles the {@linkplain PrintIndex base of class prints}. Libraries are added one after another; the same libraries in the same order
 * give the same bytes.
 *
 * <p>Each class is entered under its {@link ClassPrint#code}. Where two releases of a library have exactly the same code, and their builds
 * still differ in line numbers, those classes are entered under {@link ClassPrint#exact} as well.
 */
public final class PrintIndexWriter {
    /** A library of which so much is also in others, and nowhere near all of it in a single one, is put together from them. */
    private static final double AGGREGATE = 0.8;

    private static final double NOT_A_TWIN = 0.7;
    private static final int KEPT_BITS = 40;

    private final List<Library> libraries = new ArrayList<>();
    /** Prints by their 40 bits, in their order. */
    private final Map<Long, List<Origin.Part>> prints = new TreeMap<>();

    private final Set<String> names = new TreeSet<>();

    /**
     * @param releases oldest first; one without classes is left out
     */
    public void add(String group, String artifact, List<ReleasePrints> releases) {
        List<ReleasePrints> kept = new ArrayList<>();
        List<Library.Release> described = new ArrayList<>();
        for (ReleasePrints release : releases) {
            if (!release.classes().isEmpty()) {
                kept.add(release);
                Set<String> paths = new HashSet<>();
                release.classes().forEach(each -> paths.add(each.path()));
                described.add(new Library.Release(release.version(), paths.size()));
            }
        }
        if (kept.isEmpty()) {
            return;
        }
        Places places = new Places();
        Map<Long, Map<Integer, BitSet>> found = byCode(kept, places);
        addExact(kept, places, found);
        int library = libraries.size();
        found.forEach((print, byPlace) ->
                byPlace.forEach((place, versions) -> prints.computeIfAbsent(print, key -> new ArrayList<>(1))
                        .add(new Origin.Part(library, place, runs(versions)))));
        libraries.add(new Library(group, artifact, false, places.paths(), described));
    }

    private static final class Places {
        private final Map<String, Integer> numbers = new LinkedHashMap<>();

        int number(String path) {
            String place = path.substring(0, Math.max(0, path.lastIndexOf('/')));
            return numbers.computeIfAbsent(place, key -> numbers.size());
        }

        List<String> paths() {
            return List.copyOf(numbers.keySet());
        }
    }

    private Map<Long, Map<Integer, BitSet>> byCode(List<ReleasePrints> releases, Places places) {
        Map<Long, Map<Integer, BitSet>> found = new TreeMap<>();
        for (int version = 0; version < releases.size(); version++) {
            for (ReleasePrints.NamedPrint each : releases.get(version).classes()) {
                enter(found, each.print().code(), places.number(each.path()), version);
                names.add(each.path());
            }
        }
        return found;
    }

    private static void enter(Map<Long, Map<Integer, BitSet>> found, long print, int place, int version) {
        found.computeIfAbsent(shortened(print), key -> new TreeMap<>())
                .computeIfAbsent(place, key -> new BitSet())
                .set(version);
    }

    private static long shortened(long print) {
        return print >>> Long.SIZE - KEPT_BITS;
    }

    /** Releases with the same code are told apart by those builds of a class that not all of them have. */
    private static void addExact(List<ReleasePrints> releases, Places places, Map<Long, Map<Integer, BitSet>> found) {
        Map<Set<Long>, List<Integer>> twins = new LinkedHashMap<>();
        for (int version = 0; version < releases.size(); version++) {
            Set<Long> codes = new HashSet<>();
            releases.get(version)
                    .classes()
                    .forEach(each -> codes.add(each.print().code()));
            twins.computeIfAbsent(codes, key -> new ArrayList<>(1)).add(version);
        }
        Set<Long> telling = new HashSet<>();
        for (List<Integer> versions : twins.values()) {
            if (versions.size() > 1) {
                telling.addAll(notInAll(releases, versions));
            }
        }
        for (int version = 0; version < releases.size(); version++) {
            for (ReleasePrints.NamedPrint each : releases.get(version).classes()) {
                if (telling.contains(each.print().exact())) {
                    enter(found, each.print().exact(), places.number(each.path()), version);
                }
            }
        }
    }

    private static Set<Long> notInAll(List<ReleasePrints> releases, List<Integer> versions) {
        Map<Long, Integer> counts = new HashMap<>();
        for (int version : versions) {
            Set<Long> own = new HashSet<>();
            releases.get(version).classes().forEach(each -> own.add(each.print().exact()));
            own.forEach(print -> counts.merge(print, 1, Integer::sum));
        }
        counts.values().removeIf(count -> count == versions.size());
        return counts.keySet();
    }

    private static List<Origin.Run> runs(BitSet versions) {
        List<Origin.Run> runs = new ArrayList<>(1);
        for (int from = versions.nextSetBit(0); from >= 0; ) {
            int to = versions.nextClearBit(from);
            runs.add(new Origin.Run(from, to));
            from = versions.nextSetBit(to);
        }
        return runs;
    }

    // --- writing ---

    /** The filter of names that goes with the base. */
    public byte[] names() {
        Set<String> known = new TreeSet<>();
        libraries.forEach(library -> known.add(library.name()));
        NameFilter filter = NameFilter.forKeys(2 * names.size(), known);
        names.forEach(filter::add);
        return filter.toBytes();
    }

    /** The base, see {@link PrintIndex}. */
    public byte[] base() {
        Map<Origin, Integer> origins = new LinkedHashMap<>();
        int[] originOf = new int[prints.size()];
        int next = 0;
        for (List<Origin.Part> parts : prints.values()) {
            parts.sort(Comparator.comparingInt(Origin.Part::library).thenComparingInt(Origin.Part::place));
            originOf[next++] = origins.computeIfAbsent(new Origin(parts), key -> origins.size());
        }
        boolean[] aggregates = aggregates();
        ByteWriter out = new ByteWriter();
        out.raw(PrintIndex.MAGIC);
        out.u32(PrintIndex.VERSION);
        out.u32(libraries.size());
        out.u32(origins.size());
        out.u32(prints.size());
        for (int i = 0; i < libraries.size(); i++) {
            write(out, libraries.get(i), aggregates[i]);
        }
        origins.keySet().forEach(origin -> write(out, origin));
        writePrints(out, originOf);
        CRC32C check = new CRC32C();
        check.update(out.toBytes());
        out.u32((int) check.getValue());
        return out.toBytes();
    }

    private boolean[] aggregates() {
        int count = libraries.size();
        int[] own = new int[count];
        int[] shared = new int[count];
        Map<Long, Integer> pairs = new HashMap<>();
        for (List<Origin.Part> parts : prints.values()) {
            for (Origin.Part part : parts) {
                own[part.library()]++;
                boolean isShared = false;
                for (Origin.Part other : parts) {
                    if (other.library() != part.library()) {
                        isShared = true;
                        pairs.merge((long) part.library() * count + other.library(), 1, Integer::sum);
                    }
                }
                shared[part.library()] += isShared ? 1 : 0;
            }
        }
        int[] most = new int[count];
        pairs.forEach((pair, common) -> most[(int) (pair / count)] = Math.max(most[(int) (pair / count)], common));
        boolean[] aggregates = new boolean[count];
        for (int i = 0; i < count; i++) {
            aggregates[i] = shared[i] >= AGGREGATE * own[i] && most[i] < NOT_A_TWIN * own[i];
        }
        return aggregates;
    }

    private static void write(ByteWriter out, Library library, boolean isAggregate) {
        out.text(library.group());
        out.text(library.artifact());
        out.u8(isAggregate ? 1 : 0);
        out.v(library.packages().size());
        library.packages().forEach(out::text);
        out.v(library.releases().size());
        for (Library.Release release : library.releases()) {
            out.text(release.version());
            out.v(release.classes());
        }
    }

    private static void write(ByteWriter out, Origin origin) {
        out.v(origin.parts().size());
        for (Origin.Part part : origin.parts()) {
            out.v(part.library());
            out.v(part.place());
            out.v(part.runs().size());
            int end = 0;
            for (Origin.Run run : part.runs()) {
                out.v(run.from() - end);
                out.v(run.to() - run.from());
                end = run.to();
            }
        }
    }

    private void writePrints(ByteWriter out, int[] originOf) {
        int bucket = 0;
        int number = 0;
        for (long print : prints.keySet()) {
            while (bucket <= print >>> KEPT_BITS - 16) {
                out.u32(number);
                bucket++;
            }
            number++;
        }
        for (; bucket <= PrintIndex.BUCKETS; bucket++) {
            out.u32(number);
        }
        number = 0;
        for (long print : prints.keySet()) {
            out.u24((int) print);
            out.u24(originOf[number++]);
        }
    }
}
