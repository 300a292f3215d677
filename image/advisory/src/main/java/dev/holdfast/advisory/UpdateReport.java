package dev.holdfast.advisory;

import dev.holdfast.core.Digest;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an update brought.
 *
 * @param digest of the base that now stands
 * @param bytes its size
 * @param sources its layers
 * @param feeds what became of each feed, in the order of the locations
 * @param broken files inside feeds that could not be read, with the reason
 */
public record UpdateReport(
        Digest digest, long bytes, List<Source> sources, List<Outcome> feeds, SortedMap<String, String> broken) {
    public UpdateReport {
        sources = List.copyOf(sources);
        feeds = List.copyOf(feeds);
        broken = Collections.unmodifiableSortedMap(new TreeMap<>(broken));
    }

    /** What became of one feed. */
    public sealed interface Outcome {
        String feed();

        /** A newer state came. */
        record Fetched(String feed, long bytes) implements Outcome {}

        /** The server says that what is kept is the newest. */
        record Unchanged(String feed) implements Outcome {}

        /**
         * It could not be fetched, and what was kept stands.
         *
         * @param day of what was kept, empty when the server never said
         */
        record Kept(String feed, String day, String reason) implements Outcome {}

        /** It could not be fetched, and nothing was kept. */
        record Missing(String feed, String reason) implements Outcome {}
    }
}
