package dev.holdfast.manifest.helm;

import dev.holdfast.core.Gap;
import dev.holdfast.manifest.helm.functions.Versions;
import dev.holdfast.manifest.template.TemplateFault;
import dev.holdfast.manifest.template.Values;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which sub-charts take part: names and aliases, then tags, then conditions, which beat tags. Values that a chart imports from its
 * sub-charts become its own. A sub-chart that is asked for and not there is a gap, unless it is switched off.
 */
final class Requirements {
    private final List<Gap> gaps;

    Requirements(List<Gap> gaps) {
        this.gaps = gaps;
    }

    void settle(Chart chart, Map<String, Object> given) {
        enable(chart, given, "");
        imports(chart);
    }

    private void enable(Chart chart, Map<String, Object> given, String path) {
        if (chart.requirements.isEmpty()) {
            return; // what lies in charts/ takes part, with all that is in it
        }
        List<Chart> present = present(chart);
        Set<String> missing = new HashSet<>();
        for (Chart.Requirement each : chart.requirements) {
            Optional<Chart> found = found(chart, each);
            found.ifPresent(inner -> present.add(inner.as(each.known())));
            if (found.isEmpty()) {
                missing.add(each.known());
            }
        }
        chart.replaceDependencies(present);
        Map<String, Object> values = Coalescing.coalesce(chart, given);
        Set<String> off = new HashSet<>();
        for (Chart.Requirement each : chart.requirements) {
            each.isEnabled = byCondition(each, values, path).orElseGet(() -> byTags(each, values));
            if (!each.isEnabled) {
                off.add(each.known());
            } else if (missing.contains(each.known())) {
                gaps.add(new Gap(
                        Gap.Code.UNSUPPORTED,
                        chart.folder + "Chart.yaml",
                        "helm, not assessed: the sub-chart " + each.name + " is not in charts/ (helm dependency build"
                                + " fetches it)"));
            }
        }
        List<Chart> kept = chart.dependencies.stream()
                .filter(inner -> !off.contains(inner.name))
                .toList();
        chart.replaceDependencies(new ArrayList<>(kept));
        chart.requirements.removeIf(each -> !each.isEnabled);
        for (Chart inner : chart.dependencies) {
            enable(inner, values, path + inner.name + ".");
        }
    }

    /** The sub-charts that lie there without being asked for take part always. */
    private static List<Chart> present(Chart chart) {
        List<Chart> present = new ArrayList<>();
        for (Chart inner : chart.dependencies) {
            boolean isAsked = chart.requirements.stream().anyMatch(each -> fits(each, inner));
            if (!isAsked) {
                present.add(inner);
            }
        }
        return present;
    }

    private static Optional<Chart> found(Chart chart, Chart.Requirement wanted) {
        return chart.dependencies.stream().filter(inner -> fits(wanted, inner)).findFirst();
    }

    private static boolean fits(Chart.Requirement wanted, Chart inner) {
        if (!inner.name.equals(wanted.name)) {
            return false;
        }
        try {
            Optional<Versions.Version> version = Versions.version(inner.version());
            return version.isPresent() && Versions.meets(wanted.version, version.get());
        } catch (TemplateFault noConstraint) {
            return false;
        }
    }

    /** The first path of a condition that leads to a yes or no. */
    private static Optional<Boolean> byCondition(Chart.Requirement wanted, Map<String, Object> values, String path) {
        for (String condition : wanted.condition.strip().split(",")) {
            if (!condition.isEmpty() && Coalescing.at(values, path + condition) instanceof Boolean is) {
                return Optional.of(is);
            }
        }
        return Optional.empty();
    }

    private static boolean byTags(Chart.Requirement wanted, Map<String, Object> values) {
        boolean hasTrue = false;
        boolean hasFalse = false;
        Map<String, Object> tags = Coalescing.table(values.get("tags"));
        if (tags != null) {
            for (String tag : wanted.tags) {
                hasTrue |= Boolean.TRUE.equals(tags.get(tag));
                hasFalse |= Boolean.FALSE.equals(tags.get(tag));
            }
        }
        return hasTrue || !hasFalse;
    }

    private static void imports(Chart chart) {
        for (Chart inner : chart.dependencies) {
            imports(inner);
        }
        if (chart.requirements.isEmpty()) {
            return;
        }
        Map<String, Object> values = Coalescing.merge(chart, Values.map());
        Map<String, Object> imported = Values.map();
        for (Chart.Requirement each : chart.requirements) {
            for (Object entry : each.imports) {
                Map<String, Object> map = Coalescing.table(entry);
                if (entry instanceof String name) {
                    add(imported, values, each.known() + ".exports." + name, ".");
                } else if (map != null) {
                    add(imported, values, each.known() + "." + map.get("child"), String.valueOf(map.get("parent")));
                }
            }
        }
        Coalescing.tables(values, imported, true);
        chart.values = values;
    }

    private static void add(Map<String, Object> imported, Map<String, Object> values, String from, String to) {
        Map<String, Object> found = Coalescing.table(Coalescing.at(values, from));
        if (found == null) {
            return;
        }
        Map<String, Object> nested = Coalescing.copy(found);
        if (!to.equals(".")) {
            String[] steps = to.split("\\.", -1);
            for (int i = steps.length - 1; i >= 0; i--) {
                Map<String, Object> outer = Values.map();
                outer.put(steps[i], nested);
                nested = outer;
            }
        }
        Coalescing.tables(imported, nested, true);
    }
}
