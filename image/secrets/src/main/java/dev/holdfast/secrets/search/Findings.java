package dev.holdfast.secrets.search;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What one file has shown so far. Of findings that overlap, the one that says more counts. Owned by one thread. */
public final class Findings {
    /** A file with more is a dump of test data; the rest is told as a gap. */
    static final int MOST = 1_000;

    private static final Comparator<Found> BY_RANK = Comparator.comparing(Found::rank)
            .reversed()
            .thenComparingLong(Found::from)
            .thenComparing(Found::kind);

    private final List<Found> all = new ArrayList<>();
    private boolean isFull;

    void add(Found found) {
        if (all.size() >= 4 * MOST) {
            isFull = true;
        } else {
            all.add(found);
        }
    }

    /** Whether there were more than are kept. */
    boolean isFull() {
        return isFull;
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Hands over the findings in the order of the file, and forgets them. */
    public List<Found> take() {
        List<Found> kept = distinct();
        isFull |= kept.size() > MOST;
        all.clear();
        return kept.stream().limit(MOST).toList();
    }

    /** The text without the values that were found in it; for a text that was looked at in one window. */
    public String without(byte[] text) {
        StringBuilder plain = new StringBuilder(text.length);
        int at = 0;
        for (Found found : distinct()) {
            plain.append(new String(text, at, (int) found.from() - at, StandardCharsets.UTF_8));
            plain.append('<').append(found.kind()).append('>');
            at = (int) found.to();
        }
        return plain.append(new String(text, at, text.length - at, StandardCharsets.UTF_8))
                .toString();
    }

    private List<Found> distinct() {
        all.sort(BY_RANK);
        List<Found> kept = new ArrayList<>();
        for (Found found : all) {
            if (kept.stream().noneMatch(other -> found.from() < other.to() && other.from() < found.to())) {
                kept.add(found);
            }
        }
        kept.sort(Comparator.comparingLong(Found::from).thenComparing(Found::kind));
        return kept;
    }

    void clear() {
        all.clear();
        isFull = false;
    }
}
