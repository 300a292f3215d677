package dev.holdfast.watch;

import dev.holdfast.core.Gap;
import java.util.List;

/**
 * How watching went.
 *
 * @param events that were seen
 * @param alerts how often a rule was met
 * @param heldBack how many of them were told only by an alert that stands for several
 * @param lost how many events were lost before they could be judged
 * @param gaps what could not be seen, or not be passed on
 */
public record WatchReport(long events, long alerts, long heldBack, long lost, List<Gap> gaps) {
    public WatchReport {
        gaps = List.copyOf(gaps);
    }
}
