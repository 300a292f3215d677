package dev.holdfast.jvm.reach;

import dev.holdfast.core.Reach;
import dev.holdfast.jvm.reach.trace.Trail;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is known of whether the applications of an image reach places in it. */
public final class ReachReport {
    private final List<Trail> trails;
    private final List<String> doubts;

    ReachReport(List<Trail> trails, List<String> doubts) {
        this.trails = List.copyOf(trails);
        this.doubts = List.copyOf(doubts);
    }

    /**
     * Whether any application reaches what lies at a place: reached when one does, not reached when none can.
     *
     * @param place a path, and behind {@code ▸} what is inside an archive
     * @param coordinates {@code group:artifact}
     * @param merged the coordinates of all libraries that lie in the same archive, its own among them
     */
    public Reach of(String place, String coordinates, Set<String> merged) {
        if (trails.isEmpty()) {
            String why = doubts.isEmpty()
                    ? "no start of a Java program was found in the configuration of the target"
                    : doubts.getFirst();
            return new Reach(Reach.Status.UNKNOWN, "because " + why, List.of());
        }
        boolean isHeld = trails.stream().anyMatch(trail -> trail.holds(place));
        Optional<Reach> best = Optional.empty();
        for (Trail trail : trails) {
            if (isHeld && trail.isServer() && !trail.holds(place)) {
                continue;
            }
            Reach reach = trail.of(place, coordinates, merged);
            if (best.isEmpty() || reach.status().compareTo(best.get().status()) < 0) {
                best = Optional.of(reach);
            }
        }
        return best.orElseThrow();
    }

    /** The applications that were followed, each with how many classes its code leads to. */
    public List<String> applications() {
        List<String> lines = new ArrayList<>();
        for (Trail trail : trails) {
            String doubts =
                    trail.doubts().isEmpty() ? "" : "; " + trail.doubts().getFirst();
            lines.add(trail.label() + ": code leads to " + trail.classes() + " classes" + doubts);
        }
        return lines;
    }

    /** Libraries that lie on a class path twice, and which copy counts. */
    public List<String> copies() {
        List<String> lines = new ArrayList<>();
        trails.forEach(trail -> lines.addAll(trail.copies()));
        return lines;
    }
}
