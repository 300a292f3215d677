package dev.holdfast.access.paths;

import dev.holdfast.access.rbac.Requester;
import java.util.List;
import java.util.Optional;

/**
 * The ways of one subject to cluster-admin.
 *
 * @param ways the shortest first, then the shortest of those that begin with another right; at most {@link PathReviewer#MOST_WAYS}
 * @param narrowing the fewest rules to narrow; empty when there is no way, or no edit that helps
 * @param unbinding the fewest subjects to take out of bindings
 */
public record PathReport(Requester subject, List<List<Step>> ways, Optional<Cut> narrowing, Optional<Cut> unbinding) {
    public PathReport {
        ways = List.copyOf(ways);
    }

    /** Whether everything was held from the start. */
    public boolean isAdministrator() {
        return !ways.isEmpty()
                && ways.getFirst().size() == 1
                && switch (ways.getFirst().getFirst().technique()) {
                    case HELD, MASTERS -> true;
                    default -> false;
                };
    }
}
