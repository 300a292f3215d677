package dev.holdfast.advisory.feed.osv;

import dev.holdfast.advisory.fact.Statement.Range;
import dev.holdfast.advisory.feed.range.VersionSet;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.version.Scheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The versions that one affected entry speaks of. An entry whose ranges cannot be ordered, or are of commits, is what its list of
 * versions says; where the ranges can be ordered, only the listed versions that lie outside them are kept.
 *
 * @param ranges lowest first, not touching
 * @param single listed versions outside the ranges
 * @param fixedIn where the ranges end with a fix, lowest first
 * @param isComplete whether nothing was lost: a range that cannot be ordered is when no versions are listed beside it
 */
record OsvVersions(List<Range> ranges, List<String> single, List<String> fixedIn, boolean isComplete) {

    /** Empty when no version is affected, or none that can be told. */
    static Optional<OsvVersions> of(Scheme scheme, JsonValue affected) {
        List<Range> ranges = new ArrayList<>();
        boolean allOrdered = true;
        for (JsonValue range : affected.get("ranges").elements()) {
            if (!range.get("type").text().orElse("").equals("GIT")) {
                Optional<List<Range>> ordered = OsvEvents.ranges(scheme, range.get("events"));
                ordered.ifPresent(ranges::addAll);
                allOrdered &= ordered.isPresent();
            }
        }
        closeWithLastKnown(affected, ranges);
        VersionSet set = VersionSet.of(scheme, ranges).orElse(VersionSet.none(scheme));
        List<String> single = new ArrayList<>();
        List<String> listed = affected.get("versions").texts();
        for (String version : listed) {
            String text = version.strip();
            if (!text.isEmpty() && !set.contains(text)) {
                single.add(text);
            }
        }
        return set.isEmpty() && single.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new OsvVersions(set.ranges(), single, set.firstOutside(), allOrdered || !listed.isEmpty()));
    }

    /**
     * GitHub's export writes the upper bound of a range without a fix beside it, as {@code "last_known_affected_version_range": "<= 1.2"}
     * (or {@code <}).
     */
    private static void closeWithLastKnown(JsonValue affected, List<Range> ranges) {
        String bound = affected.at("database_specific", "last_known_affected_version_range")
                .text()
                .orElse("")
                .strip();
        if (ranges.size() != 1 || !ranges.getFirst().to().isEmpty() || !bound.startsWith("<")) {
            return;
        }
        boolean inclusive = bound.startsWith("<=");
        String version = bound.substring(inclusive ? 2 : 1).strip();
        Range open = ranges.removeFirst();
        ranges.add(new Range(open.from(), open.fromInclusive(), version, inclusive));
    }

    boolean anyFixContains(String text) {
        for (String fix : fixedIn) {
            if (fix.contains(text)) {
                return true;
            }
        }
        return false;
    }
}
