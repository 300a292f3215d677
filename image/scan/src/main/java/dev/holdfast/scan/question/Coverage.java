package dev.holdfast.scan.question;

import dev.holdfast.advisory.AdvisoryBase;
import dev.holdfast.advisory.Source;
import dev.holdfast.advisory.Staleness;
import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.inventory.Component;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.scan.question.Questions.Unasked;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds what the advisory base could not tell about a target: unknown or unsupported distributions, versions that do not compare. */
public final class Coverage {
    /** So many names stand in one gap's detail; the rest is counted. */
    private static final int NAMES_SHOWN = 5;

    private final AdvisoryBase base;
    private final Optional<Support> support;

    public Coverage(AdvisoryBase base, Optional<Support> support) {
        this.base = base;
        this.support = support;
    }

    /**
     * Tells the gaps, and counts the installed packages that were compared with nothing.
     *
     * @param consulted names of the sources that said anything about these components; the age of the others does not matter here
     */
    public List<Unmatched> report(
            List<Component> components, Questions questions, Set<String> consulted, LocalDate asOf, Gaps gaps) {
        boolean hasSystem = components.stream()
                .anyMatch(component ->
                        component.record().type().isOfDistribution() && component.state() == Component.State.INSTALLED);
        distribution(hasSystem, gaps);
        List<Unmatched> unmatched = unasked(components, questions, gaps);
        unspoken(components, gaps);
        for (Source source : base.sources()) {
            if (consulted.contains(source.name())) {
                Staleness.gap(source, asOf).ifPresent(stale -> gaps.add(stale.code(), stale.subject(), stale.detail()));
            }
        }
        return unmatched;
    }

    private boolean isDistributionSpokenOf() {
        return support.map(Support::namespace)
                .filter(namespace -> base.speaksOf(namespace)
                        || Namespaces.borrowed(namespace).map(base::speaksOf).orElse(false))
                .isPresent();
    }

    private void distribution(boolean hasPackages, Gaps gaps) {
        if (support.isEmpty()) {
            if (hasPackages) {
                gaps.add(
                        Gap.Code.UNKNOWN_DISTRIBUTION,
                        "/etc/os-release",
                        "no distribution is named, so its packages were not matched");
            }
            return;
        }
        Support known = support.get();
        String name = known.distribution().name();
        if (known.hasEnded()) {
            gaps.add(
                    Gap.Code.END_OF_LIFE,
                    name,
                    "support ended on " + known.endOfSupport().orElse("an unknown day")
                            + ": new flaws are no longer announced; move to a supported release");
        }
        if (hasPackages && !isDistributionSpokenOf()) {
            gaps.add(
                    Gap.Code.NO_ADVISORIES,
                    name,
                    "no source in the base speaks about it, so its packages were not matched; holdfast db update fetches more");
        }
    }

    private List<Unmatched> unasked(List<Component> components, Questions questions, Gaps gaps) {
        Map<Unasked, Map<PackageType, Names>> kept = new EnumMap<>(Unasked.class);
        UnmatchedCount count = new UnmatchedCount(base, support, isDistributionSpokenOf());
        for (Component component : components) {
            if (component.state() == Component.State.INSTALLED) {
                Optional<Unasked> unasked = questions.about(component).unasked();
                unasked.ifPresent(why -> kept.computeIfAbsent(why, key -> new EnumMap<>(PackageType.class))
                        .computeIfAbsent(component.record().type(), key -> new Names())
                        .add(component));
                count.add(component.record().type(), unasked);
            }
        }
        kept.forEach((why, byType) -> byType.forEach((type, names) -> {
            switch (why) {
                case NO_NAMESPACE -> {} // told once, by the distribution's own gap
                case NO_VERSION ->
                    gaps.add(
                            Gap.Code.UNKNOWN_VERSION,
                            type.word(),
                            names.count + " without a version, not matched: " + names.shown());
                case BAD_VERSION ->
                    gaps.add(
                            Gap.Code.UNCOMPARABLE_VERSION,
                            type.word(),
                            names.count + " with a version that its ecosystem does not allow, not matched: "
                                    + names.shown());
            }
        }));
        return count.all();
    }

    /** Kinds of packages that no source speaks of: silence about them says nothing. */
    private void unspoken(List<Component> components, Gaps gaps) {
        Map<PackageType, Names> kept = new EnumMap<>(PackageType.class);
        for (Component component : components) {
            PackageType type = component.record().type();
            if (component.state() == Component.State.INSTALLED
                    && !type.isOfDistribution()
                    && (kept.containsKey(type) || !base.speaksOf(Namespaces.of(type)))) {
                kept.computeIfAbsent(type, key -> new Names()).add(component);
            }
        }
        kept.forEach((type, names) -> gaps.add(
                Gap.Code.UNSUPPORTED,
                type.word(),
                names.count + " of which no source in the base speaks, not matched: " + names.shown()));
    }

    private static final class Names {
        private final StringBuilder text = new StringBuilder();
        private int count;

        private void add(Component component) {
            if (count < NAMES_SHOWN) {
                text.append(count == 0 ? "" : ", ").append(component.record().name());
                if (!component.record().version().isEmpty()) {
                    text.append(' ').append(component.record().version());
                }
            }
            count++;
        }

        private String shown() {
            return count > NAMES_SHOWN ? text + " and " + (count - NAMES_SHOWN) + " more" : text.toString();
        }
    }
}
