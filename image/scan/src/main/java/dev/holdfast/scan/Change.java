package dev.holdfast.scan;

import dev.holdfast.core.Finding;
import dev.holdfast.core.Severity;
import dev.holdfast.inventory.Component;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One thing to do, and what it removes.
 *
 * @param title the change, such as {@code log4j-core 2.14.1 → 2.17.1}
 * @param where the first place it concerns; empty when there are many
 * @param findings how many findings it removes
 * @param critical how many of those are critical
 * @param exploited how many of those are known to be exploited
 */
public record Change(String title, String where, int findings, int critical, int exploited) {

    /** The changes that remove what can be removed: one for the distribution's packages together, one a language component. */
    static List<Change> of(List<Finding> findings, List<Component> components) {
        Map<String, Component> byPurl = new LinkedHashMap<>();
        for (Component component : components) {
            byPurl.put(component.purl().toString(), component);
        }
        Map<String, List<Finding>> groups = new LinkedHashMap<>();
        for (Finding finding : findings) {
            if (finding.hasFix()) {
                String purl = finding.component().map(Object::toString).orElse("");
                Component component = byPurl.get(purl);
                boolean isSystem =
                        component != null && component.record().type().isOfDistribution();
                groups.computeIfAbsent(isSystem ? "" : purl, key -> new ArrayList<>())
                        .add(finding);
            }
        }
        List<Change> changes = new ArrayList<>();
        groups.forEach((purl, group) -> {
            Component component = byPurl.get(purl);
            changes.add(component == null ? ofSystem(group) : ofComponent(group, component));
        });
        changes.sort(Change::compare);
        return List.copyOf(changes);
    }

    private static int compare(Change a, Change b) {
        int order = Integer.compare(b.exploited, a.exploited);
        order = order != 0 ? order : Integer.compare(b.critical, a.critical);
        order = order != 0 ? order : Integer.compare(b.findings, a.findings);
        return order != 0 ? order : a.title.compareTo(b.title);
    }

    private static Change ofSystem(List<Finding> group) {
        long packages = group.stream().map(Finding::component).distinct().count();
        String title = "upgrade " + packages + (packages == 1 ? " distribution package" : " distribution packages");
        return counted(title, "", group);
    }

    private static Change ofComponent(List<Finding> group, Component component) {
        String target = FixVersion.ofAll(group, component.record().type().scheme());
        String name = component.record().name();
        String title = name.substring(name.lastIndexOf(':') + 1) + " "
                + component.record().version() + " → " + target;
        return counted(
                title,
                component.locations().isEmpty()
                        ? ""
                        : component.locations().getFirst().path(),
                group);
    }

    private static Change counted(String title, String where, List<Finding> group) {
        int critical = 0;
        int exploited = 0;
        for (Finding finding : group) {
            critical += finding.severity() == Severity.CRITICAL ? 1 : 0;
            exploited += finding.isExploited() ? 1 : 0;
        }
        return new Change(title, where, group.size(), critical, exploited);
    }
}
