package dev.holdfast.advisory.feed.general;

import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.fact.Statement;
import dev.holdfast.advisory.fact.Statement.Qualifiers;
import dev.holdfast.advisory.fact.Statement.Range;
import dev.holdfast.advisory.fact.Statement.Status;
import dev.holdfast.advisory.feed.FeedText;
import dev.holdfast.advisory.feed.range.VersionSet;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.version.Scheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The products that one entry of the NVD calls vulnerable, gathered over all its configurations.
 *
 * <p>Only applications ({@code part a}) are kept: hardware, firmware and operating systems are no files in an image. A match without
 * bounds on {@code *} is every version; on {@code -} it names no version and is passed over. A configuration may ask for a platform
 * besides ({@code AND}); that is not kept, so a statement speaks of the product on any platform.
 */
final class NvdProducts {
    private final Map<String, List<Range>> ranges = new TreeMap<>();
    private final Map<String, TreeSet<String>> versions = new TreeMap<>();

    /**
     * Takes one match.
     *
     * @param nameMember member that holds the CPE name: {@code cpe23Uri} in the 1.1 files, {@code criteria} in API 2.0
     */
    void add(JsonValue match, String nameMember) {
        Optional<CpeName> name = CpeName.parse(match.get(nameMember).text().orElse(""));
        if (!match.get("vulnerable").isTrue()
                || name.isEmpty()
                || !name.get().part().equals("a")) {
            return;
        }
        String product = name.get().packageName();
        Optional<String> single = name.get().singleVersion();
        if (single.isPresent()) {
            versions.computeIfAbsent(product, _ -> new TreeSet<>()).add(single.get());
        } else if (name.get().isAnyVersion()) {
            ranges.computeIfAbsent(product, _ -> new ArrayList<>()).add(range(match));
        }
    }

    private static Range range(JsonValue match) {
        String including = text(match, "versionStartIncluding");
        String excluding = text(match, "versionStartExcluding");
        String endIncluding = text(match, "versionEndIncluding");
        String endExcluding = text(match, "versionEndExcluding");
        return new Range(
                excluding.isEmpty() ? including : excluding,
                excluding.isEmpty(),
                endExcluding.isEmpty() ? endIncluding : endExcluding,
                endExcluding.isEmpty() && !endIncluding.isEmpty());
    }

    private static String text(JsonValue match, String name) {
        return match.get(name).text().orElse("").strip();
    }

    /** States every product taken, in the order of their names. */
    void state(String where, String id, FactSink facts) {
        TreeSet<String> products = new TreeSet<>(ranges.keySet());
        products.addAll(versions.keySet());
        for (String product : products) {
            Optional<VersionSet> set = VersionSet.of(Scheme.GENERIC, ranges.getOrDefault(product, List.of()));
            if (set.isEmpty() || !FeedText.isName(product)) {
                facts.dropped(where, id + ": a product's name or version range cannot be read");
                continue;
            }
            List<String> single = new ArrayList<>();
            for (String version : versions.getOrDefault(product, new TreeSet<>())) {
                if (!set.get().contains(version)) {
                    single.add(version);
                }
            }
            if (set.get().isEmpty() && single.isEmpty()) {
                facts.dropped(where, id + ": the versions of " + product + " are none");
                continue;
            }
            List<String> fixes = set.get().firstOutside();
            facts.accept(new Statement(
                    id,
                    "cpe",
                    product,
                    fixes.isEmpty() ? Status.UNFIXED : Status.FIXED,
                    set.get().ranges(),
                    single,
                    fixes,
                    Qualifiers.NONE,
                    ""));
        }
    }
}
