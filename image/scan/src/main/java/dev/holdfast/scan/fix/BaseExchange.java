package dev.holdfast.scan.fix;

import dev.holdfast.core.Finding;
import dev.holdfast.core.PackageUrl;
import dev.holdfast.inventory.Component;
import dev.holdfast.scan.ScanReport;
import dev.holdfast.scan.question.Support;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An image that could be the base instead. A flaw is the same in both when it has the same identifier in a package of the same name.
 *
 * @param name what it is called
 * @param removed findings of the base now that it does not have
 * @param added how many findings it has that the image does not have now
 * @param isOtherRelease whether it is another distribution, or another release of it
 */
record BaseExchange(String name, List<Finding> removed, int added, boolean isOtherRelease) {
    BaseExchange {
        removed = List.copyOf(removed);
    }

    /** The one that removes most beyond what it adds; of equals, one of the same release, then the first. Empty when none makes it better. */
    static Optional<BaseExchange> best(ScanReport report, List<ScanReport> bases) {
        BaseExchange best = null;
        for (ScanReport base : bases) {
            BaseExchange other = compare(report, base);
            if (other.gain() > 0 && (best == null || other.isBetterThan(best))) {
                best = other;
            }
        }
        return Optional.ofNullable(best);
    }

    private int gain() {
        return removed.size() - added;
    }

    private boolean isBetterThan(BaseExchange best) {
        return gain() != best.gain() ? gain() > best.gain() : best.isOtherRelease && !isOtherRelease;
    }

    private static BaseExchange compare(ScanReport report, ScanReport base) {
        Set<String> its = flaws(base);
        Map<PackageUrl, Component> components = components(report);
        List<Finding> removed = new ArrayList<>();
        for (Finding finding : report.findings()) {
            if (report.isFromBase(finding) && !its.contains(flaw(finding, components))) {
                removed.add(finding);
            }
        }
        its.removeAll(flaws(report));
        List<String> tags = base.target().tags();
        return new BaseExchange(
                tags.isEmpty() ? base.target().given() : tags.getFirst(),
                removed,
                its.size(),
                !release(report).equals(release(base)));
    }

    private static Set<String> flaws(ScanReport report) {
        Map<PackageUrl, Component> components = components(report);
        Set<String> flaws = new HashSet<>();
        for (Finding finding : report.findings()) {
            flaws.add(flaw(finding, components));
        }
        return flaws;
    }

    private static String flaw(Finding finding, Map<PackageUrl, Component> components) {
        String where = finding.component()
                .map(components::get)
                .map(each -> each.record().type().word() + " " + each.record().name())
                .orElseGet(() -> finding.locations().isEmpty()
                        ? ""
                        : finding.locations().getFirst().path());
        return finding.id() + " " + where;
    }

    private static Map<PackageUrl, Component> components(ScanReport report) {
        Map<PackageUrl, Component> components = new HashMap<>();
        for (Component component : report.contents().components()) {
            components.put(component.purl(), component);
        }
        return components;
    }

    private static String release(ScanReport report) {
        return report.contents()
                .support()
                .map(Support::distribution)
                .map(each -> each.id() + " " + each.version())
                .orElse("");
    }
}
