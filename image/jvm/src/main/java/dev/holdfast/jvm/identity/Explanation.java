package dev.holdfast.jvm.identity;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Explains the classes of an archive by as few libraries as possible.
 *
 * <p>Candidates are a library and a move of packages each. The largest one of which all of a release is there is taken first, then the largest
 * of the others; what it explains counts for no other. So a library is told from another that merely bundles some of its classes. An
 * aggregate, which is put together from other libraries, is right only as a whole. Of what is taken, the packages of its classes are looked
 * at: a class there that nothing explains speaks against the release, and many of them against the library.
 */
final class Explanation {
    /** Bytes of code that must agree, where nothing disagrees: some five methods of ordinary size. */
    private static final int LEAST_WEIGHT = 300;

    private static final int FEWEST_CLASSES = 2;
    /** The same where something disagrees: much more must speak for the library than against it. */
    private static final int LEAST_WEIGHT_OF_UNKNOWN = 1_500;

    private static final int FEWEST_CLASSES_OF_UNKNOWN = 8;
    private static final double LEAST_SHARE_AT_HOME = 0.4;
    private static final double LEAST_SHARE_MOVED = 0.75;

    /** An unknown release has at least this part of the classes of a known one. */
    private static final double LEAST_PART_OF_UNKNOWN = 0.25;
    /** Of a minimised library mostly more is left. */
    private static final double SMALL_PART = 0.3;
    /** Packages in which a library keeps what it has merged in. */
    private static final Pattern BUNDLED = Pattern.compile("/(shaded|repackaged|thirdparty|jarjar|org|com)(/|$)");

    private final PrintIndex base;
    private final List<Hit> hits;
    /** Classes of each folder that the base does not know. */
    private final Map<String, Integer> unknown;

    private final BitSet covered = new BitSet();

    Explanation(PrintIndex base, List<Hit> hits, Map<String, Integer> unknown) {
        this.base = base;
        this.hits = hits;
        this.unknown = unknown;
    }

    List<FoundLibrary> find() {
        List<Candidate> candidates = candidates();
        List<Candidate> taken = new ArrayList<>();
        List<List<Candidate>> twins = new ArrayList<>();
        while (true) {
            List<Candidate> best = best(candidates);
            if (best.isEmpty()) {
                break;
            }
            Candidate first = best.getFirst();
            candidates.removeAll(best);
            taken.add(first);
            twins.add(best.subList(1, best.size()));
            first.supporting().forEach(covered::set);
        }
        List<FoundLibrary> found = new ArrayList<>();
        Map<String, Integer> unexplained = unexplained();
        for (int i = 0; i < taken.size(); i++) {
            Candidate candidate = taken.get(i);
            FoundLibrary library = describe(candidate, twins.get(i), unexplained);
            if (isProven(candidate, library)) {
                found.add(library);
            }
        }
        List<FoundLibrary> merged = merged(found);
        merged.sort(Comparator.comparing(FoundLibrary::group)
                .thenComparing(FoundLibrary::artifact)
                .thenComparing(FoundLibrary::to));
        return merged;
    }

    /** A library of which some packages were moved and others not is still one, when one release has them all. */
    private static List<FoundLibrary> merged(List<FoundLibrary> found) {
        List<FoundLibrary> merged = new ArrayList<>();
        for (FoundLibrary each : found) {
            boolean isNew = true;
            for (int i = 0; i < merged.size() && isNew; i++) {
                Optional<FoundLibrary> both = merged.get(i).with(each);
                if (both.isPresent()) {
                    merged.set(i, both.get());
                    isNew = false;
                }
            }
            if (isNew) {
                merged.add(each);
            }
        }
        return merged;
    }

    private record Move(int library, String from, String to) {}

    private List<Candidate> candidates() {
        Map<Move, Candidate> byMove = new LinkedHashMap<>();
        for (int i = 0; i < hits.size(); i++) {
            Hit hit = hits.get(i);
            for (Origin.Part part : hit.origin().parts()) {
                Library library = base.libraries().get(part.library());
                String place = library.packages().get(part.place());
                int common = commonSuffix(place, hit.folder());
                Move move = new Move(part.library(), before(place, common), before(hit.folder(), common));
                byMove.computeIfAbsent(
                                move, key -> new Candidate(library, !key.from().equals(key.to())))
                        .add(i, part);
            }
        }
        byMove.values().forEach(Candidate::settle);
        return new ArrayList<>(byMove.values());
    }

    /** A path without so many characters at its end, and without the slash in front of them. */
    private static String before(String path, int end) {
        int length = path.length() - end;
        return path.substring(0, end > 0 && length > 0 ? length - 1 : length);
    }

    /** How many characters the paths have in common at their ends, whole segments only. */
    static int commonSuffix(String one, String other) {
        int same = 0;
        int whole = 0;
        while (same < one.length()
                && same < other.length()
                && one.charAt(one.length() - 1 - same) == other.charAt(other.length() - 1 - same)) {
            same++;
            boolean endsOne = same == one.length() || one.charAt(one.length() - 1 - same) == '/';
            boolean endsOther = same == other.length() || other.charAt(other.length() - 1 - same) == '/';
            if (endsOne && endsOther) {
                whole = same;
            }
        }
        return whole;
    }

    /** The best candidate of those left, and after it those that are as good and explain the same; empty when none explains anything. */
    private List<Candidate> best(List<Candidate> candidates) {
        List<Candidate> best = new ArrayList<>();
        int mostNew = 0;
        for (Candidate candidate : candidates) {
            if (candidate.library().isAggregate() && !candidate.isWhole()) {
                continue;
            }
            int isNew = uncovered(candidate);
            if (isNew == 0 || 2 * isNew < candidate.most()) {
                continue;
            }
            int order = best.isEmpty() ? 1 : compare(candidate, isNew, best.getFirst(), mostNew);
            if (order > 0) {
                best.clear();
                mostNew = isNew;
            }
            if (order >= 0) {
                best.add(candidate);
            }
        }
        best.removeIf(each -> each != best.getFirst()
                && !each.supporting().equals(best.getFirst().supporting()));
        return best;
    }

    private int uncovered(Candidate candidate) {
        int uncovered = 0;
        for (int hit : candidate.supporting()) {
            uncovered += covered.get(hit) ? 0 : 1;
        }
        return uncovered;
    }

    private static int compare(Candidate one, int newOfOne, Candidate other, int newOfOther) {
        if (one.isWhole() != other.isWhole()) {
            return one.isWhole() ? 1 : -1;
        }
        int byCount = Integer.compare(newOfOne, newOfOther);
        // The library with fewer classes beyond these is the likelier one.
        return byCount != 0 ? byCount : Integer.compare(other.published(), one.published());
    }

    /** Classes of each folder that are known to nobody, or to nobody who was taken. */
    private Map<String, Integer> unexplained() {
        Map<String, Integer> unexplained = new HashMap<>(unknown);
        for (int i = 0; i < hits.size(); i++) {
            if (!covered.get(i)) {
                unexplained.merge(hits.get(i).folder(), 1, Integer::sum);
            }
        }
        return unexplained;
    }

    private FoundLibrary describe(Candidate candidate, List<Candidate> twins, Map<String, Integer> unexplained) {
        Map<String, Integer> folders = new TreeMap<>();
        long weight = 0;
        for (int hit : candidate.supporting()) {
            folders.merge(hits.get(hit).folder(), 1, Integer::sum);
            weight += Candidate.bounded(hits.get(hit).weight());
        }
        int against = 0;
        for (String folder : folders.keySet()) {
            against += unexplained.getOrDefault(folder, 0);
        }
        Library library = candidate.library();
        String to = commonPrefix(List.copyOf(folders.keySet()));
        String from = candidate.isMoved() ? commonPrefix(candidate.places()) : to;
        return new FoundLibrary(
                library.group(),
                library.artifact(),
                twins.stream().map(twin -> twin.library().name()).sorted().toList(),
                candidate.best().stream()
                        .map(release -> library.releases().get(release).version())
                        .toList(),
                against == 0,
                candidate.most(),
                candidate.most() + against,
                candidate.published(),
                from.replace('/', '.'),
                to.replace('/', '.'),
                weight);
    }

    private static boolean isProven(Candidate candidate, FoundLibrary library) {
        if (isBundledCode(candidate, library)) {
            return false;
        }
        if (library.isKnownRelease()) {
            return library.weight() >= LEAST_WEIGHT && library.agreeing() >= FEWEST_CLASSES;
        }
        double share = (double) library.agreeing() / library.looked();
        return library.agreeing() >= LEAST_PART_OF_UNKNOWN * library.published()
                && library.weight() >= LEAST_WEIGHT_OF_UNKNOWN
                && library.agreeing() >= FEWEST_CLASSES_OF_UNKNOWN
                && share >= (candidate.isMoved() ? LEAST_SHARE_MOVED : LEAST_SHARE_AT_HOME);
    }

    /**
     * Whether this is what the library itself had merged in from another: packages deeper than the library's that say so by their names, or
     * a small part of it of which less of the names is left than a move of the library would leave.
     */
    private static boolean isBundledCode(Candidate candidate, FoundLibrary library) {
        String home = commonPrefix(candidate.library().packages());
        String from = library.from().replace('.', '/');
        if (from.length() <= home.length()) {
            return false;
        }
        boolean isSmall = library.agreeing() < SMALL_PART * library.published();
        boolean isMovedOtherwise = candidate.isMoved()
                && !lastTwo(from).equals(lastTwo(library.to().replace('.', '/')));
        return BUNDLED.matcher(from).find() || isSmall && isMovedOtherwise;
    }

    private static String lastTwo(String path) {
        return path.substring(path.lastIndexOf('/', path.lastIndexOf('/') - 1) + 1);
    }

    /** The segments that all of these paths begin with. */
    static String commonPrefix(List<String> paths) {
        String common = paths.getFirst();
        for (String path : paths) {
            while (!(path + "/").startsWith(common.isEmpty() ? "" : common + "/")) {
                common = common.substring(0, Math.max(0, common.lastIndexOf('/')));
            }
        }
        return common;
    }
}
