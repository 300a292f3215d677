package dev.holdfast.jvm.identity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A library that some classes of an archive may be, all of them moved alike. */
final class Candidate {
    /** Little is lost of a release when a class file cannot be read; a minimised one lacks more. */
    private static final double WHOLE = 0.98;

    private static final int MOST_WEIGHT = 500;

    private final Library library;
    private final boolean isMoved;
    private final List<Integer> hits = new ArrayList<>();
    private final List<Origin.Part> parts = new ArrayList<>();
    /** For each release, how many of the hits it has; known after {@link #settle}. */
    private int[] counts = {};

    private int most;
    /** The releases that have the most, the whole ones of them when there are some. */
    private List<Integer> best = List.of();

    private final List<Integer> supporting = new ArrayList<>();

    Candidate(Library library, boolean isMoved) {
        this.library = library;
        this.isMoved = isMoved;
    }

    void add(int hit, Origin.Part part) {
        if (!hits.isEmpty() && hits.getLast() == hit) { // one class of one library in two packages: the first counts
            return;
        }
        hits.add(hit);
        parts.add(part);
    }

    /** Counts once all hits are there. */
    void settle() {
        counts = new int[library.releases().size() + 1];
        for (Origin.Part part : parts) {
            for (Origin.Run run : part.runs()) {
                counts[run.from()]++;
                counts[run.to()]--;
            }
        }
        int running = 0;
        for (int i = 0; i < counts.length; i++) {
            running += counts[i];
            counts[i] = running;
        }
        most = Arrays.stream(counts).max().orElse(0);
        List<Integer> all = new ArrayList<>();
        List<Integer> whole = new ArrayList<>();
        for (int release = 0; release < library.releases().size(); release++) {
            if (counts[release] == most) {
                all.add(release);
                if (most >= library.releases().get(release).classes()) {
                    whole.add(release);
                }
            }
        }
        best = whole.isEmpty() ? all : whole;
        for (int i = 0; i < hits.size(); i++) {
            if (has(parts.get(i), best.getFirst())) {
                supporting.add(hits.get(i));
            }
        }
    }

    Library library() {
        return library;
    }

    boolean isMoved() {
        return isMoved;
    }

    /** How many classes the best releases have. */
    int most() {
        return most;
    }

    List<Integer> best() {
        return best;
    }

    /** How many classes the best release publishes, the smallest when there are several. */
    int published() {
        int least = Integer.MAX_VALUE;
        for (int release : best) {
            least = Math.min(least, library.releases().get(release).classes());
        }
        return least;
    }

    boolean isWhole() {
        return most >= WHOLE * published();
    }

    /** The hits that the best releases have: indexes into the list of all. */
    List<Integer> supporting() {
        return supporting;
    }

    /** The packages that the supporting hits were published in. */
    List<String> places() {
        int release = best.getFirst();
        List<String> places = new ArrayList<>();
        for (Origin.Part part : parts) {
            if (has(part, release)) {
                places.add(library.packages().get(part.place()));
            }
        }
        return places;
    }

    private static boolean has(Origin.Part part, int release) {
        for (Origin.Run run : part.runs()) {
            if (release >= run.from() && release < run.to()) {
                return true;
            }
        }
        return false;
    }

    /** A large class proves more than a small one, but no single one proves much. */
    static int bounded(int weight) {
        return Math.min(weight, MOST_WEIGHT);
    }
}
