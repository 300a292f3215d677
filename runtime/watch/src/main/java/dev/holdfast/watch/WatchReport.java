package dev.holdfast.watch;

import dev.holdfast.core.Gap;
import java.util.List;

/**
 * How watching went.
 *
 * @param events that were seen
 * @param alerts how often a rule was met
 * @param heldBack how many of them were told only by an alert that stands for several
 * @param gaps what could not be seen, or not be passed on
 */
public record WatchReport(long events, long alerts, long heldBack, List<Gap> gaps) {
    public WatchReport {
        gaps = List.copyOf(gaps);
    }
}
