package dev.holdfast.scan.question;

import dev.holdfast.advisory.AdvisoryBase;
import dev.holdfast.core.Gap;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.scan.question.Questions.Unasked;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Counts packages that were compared with nothing, each once: for that nobody speaks of its kind, or for its version. */
final class UnmatchedCount {
    private final AdvisoryBase base;
    private final Optional<Support> support;
    private final boolean isDistributionSpokenOf;
    private final Map<PackageType, Boolean> spokenOf = new EnumMap<>(PackageType.class);
    private final Map<Gap.Code, Map<String, Integer>> counts = new EnumMap<>(Gap.Code.class);

    UnmatchedCount(AdvisoryBase base, Optional<Support> support, boolean isDistributionSpokenOf) {
        this.base = base;
        this.support = support;
        this.isDistributionSpokenOf = isDistributionSpokenOf;
    }

    /** Takes an installed package; it is matched when somebody speaks of its kind and it could be asked about. */
    void add(PackageType type, Optional<Unasked> unasked) {
        if (type.isOfDistribution() && !isDistributionSpokenOf) {
            Gap.Code code = support.isEmpty() ? Gap.Code.UNKNOWN_DISTRIBUTION : Gap.Code.NO_ADVISORIES;
            count(code, support.map(known -> known.distribution().name()).orElse(""));
        } else if (!type.isOfDistribution()
                && !spokenOf.computeIfAbsent(type, asked -> base.speaksOf(Namespaces.of(asked)))) {
            count(Gap.Code.UNSUPPORTED, type.word());
        } else if (unasked.isPresent()) {
            count(code(unasked.get()), type.word());
        }
    }

    private void count(Gap.Code code, String subject) {
        counts.computeIfAbsent(code, first -> new TreeMap<>()).merge(subject, 1, Integer::sum);
    }

    private static Gap.Code code(Unasked why) {
        return switch (why) {
            case NO_NAMESPACE -> Gap.Code.NO_ADVISORIES;
            case NO_VERSION -> Gap.Code.UNKNOWN_VERSION;
            case BAD_VERSION -> Gap.Code.UNCOMPARABLE_VERSION;
        };
    }

    /** Most first. */
    List<Unmatched> all() {
        List<Unmatched> all = new ArrayList<>();
        counts.forEach((code, subjects) ->
                subjects.forEach((subject, packages) -> all.add(new Unmatched(code, subject, packages))));
        all.sort(Comparator.comparingInt(Unmatched::packages).reversed());
        return all;
    }
}
