package dev.holdfast.access.paths;

import dev.holdfast.access.paths.Step.Need;
import dev.holdfast.access.rbac.Cluster;
import dev.holdfast.access.rbac.Grant;
import dev.holdfast.access.rbac.Request;
import dev.holdfast.access.rbac.Requester;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells how somebody gets to cluster-admin, and what to edit so that they do not. */
public final class PathReviewer {
    /** So many ways are told. */
    public static final int MOST_WAYS = 12;

    private final PathFinder finder;

    public PathReviewer(Cluster cluster) {
        this.finder = new PathFinder(cluster);
    }

    public PathReport review(Requester subject) {
        List<List<Step>> ways = ways(subject);
        if (ways.isEmpty()) {
            return new PathReport(subject, ways, Optional.empty(), Optional.empty());
        }
        return new PathReport(
                subject,
                ways,
                new CutFinder(finder, subject, true).find(),
                new CutFinder(finder, subject, false).find());
    }

    /** The shortest way alone. */
    public List<Step> shortest(Requester subject) {
        return finder.shortest(subject, (grant, request) -> false);
    }

    private List<List<Step>> ways(Requester subject) {
        List<List<Step>> ways = new ArrayList<>();
        List<Need> used = new ArrayList<>();
        while (ways.size() < MOST_WAYS) {
            List<Step> way = finder.shortest(
                    subject, (grant, request) -> used.stream().anyMatch(need -> isTheSame(need, grant, request)));
            if (way.isEmpty() || ways.contains(way)) {
                return ways;
            }
            ways.add(way);
            if (way.getFirst().needs().isEmpty()) {
                return ways;
            }
            used.add(way.getFirst().needs().getFirst());
        }
        return ways;
    }

    /** Another verb of the same rule on the same resource is no other way. */
    private static boolean isTheSame(Need used, Grant grant, Request.OnResource request) {
        return used.request().resourcePath().equals(request.resourcePath())
                && used.request().apiGroup().equals(request.apiGroup())
                && used.grant().rule().equals(grant.rule())
                && used.grant().binding().equals(grant.binding());
    }
}
