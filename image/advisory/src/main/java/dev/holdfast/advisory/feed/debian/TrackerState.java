package dev.holdfast.advisory.feed.debian;

import dev.holdfast.advisory.fact.Statement.Status;
import java.util.Optional;

/** The words in angle brackets of the tracker's lists. */
final class TrackerState {
    private TrackerState() {}

    /** What the word says of the release it stands at; empty for {@code itp} (not packaged) and for words that we do not know. */
    static Optional<Status> status(String state) {
        return switch (state) {
            case "unfixed", "removed" -> Optional.of(Status.UNFIXED);
            case "not-affected" -> Optional.of(Status.NOT_AFFECTED);
            case "end-of-life" -> Optional.of(Status.END_OF_LIFE);
            case "no-dsa", "postponed" -> Optional.of(Status.DEFERRED);
            case "ignored" -> Optional.of(Status.WILL_NOT_FIX);
            case "undetermined" -> Optional.of(Status.UNDER_INVESTIGATION);
            default -> Optional.empty();
        };
    }
}
