package dev.holdfast.report.scan;

import dev.holdfast.core.Finding;
import dev.holdfast.core.Reach;
import dev.holdfast.report.form.Columns;
import dev.holdfast.report.form.Ink;
import dev.holdfast.scan.ScanReport;
import dev.holdfast.scan.reach.ReachLook;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The lines of the table about what following code told: of all findings together, and then of class paths. */
final class TerminalReach {
    private TerminalReach() {}

    /** @param most so many lines about class paths are shown */
    static List<String> of(ScanReport report, Ink ink, int most) {
        return report.reach().map(look -> lines(report, look, ink, most)).orElse(List.of());
    }

    private static List<String> lines(ScanReport report, ReachLook look, Ink ink, int most) {
        Map<Reach.Status, Integer> counts = new EnumMap<>(Reach.Status.class);
        for (Finding finding : report.findings()) {
            finding.reach().ifPresent(reach -> counts.merge(reach.status(), 1, Integer::sum));
        }
        List<String> parts = new ArrayList<>();
        counts.forEach((status, count) -> parts.add(count + " " + status.word().replace('-', ' ')));
        List<String> lines = new ArrayList<>(List.of(""));
        lines.add(
                "  code followed   " + (parts.isEmpty() ? "no findings in Java libraries" : String.join(", ", parts)));
        List<String> told = new ArrayList<>(look.applications());
        told.addAll(look.copies());
        int shown = Math.min(most, told.size());
        for (String one : told.subList(0, shown)) {
            List<String> wrapped = Columns.wrap(one, Columns.WIDTH - 8);
            lines.add("      " + ink.dim(wrapped.getFirst()));
            wrapped.subList(1, wrapped.size()).forEach(more -> lines.add("        " + ink.dim(more)));
        }
        if (shown < told.size()) {
            lines.add("      " + ink.dim("and " + (told.size() - shown) + " more (--all)"));
        }
        return lines;
    }
}
