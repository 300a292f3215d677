package dev.holdfast.report.scan;

import dev.holdfast.core.Finding;
import dev.holdfast.inventory.Component;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.report.form.Columns;
import dev.holdfast.report.form.Ink;
import dev.holdfast.scan.ScanReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The lines of the table about what no version removes and nobody could log in with: code, configuration, licences. */
final class TerminalOthers {
    private final Ink ink;
    private final int most;
    private final List<String> lines = new ArrayList<>();

    private TerminalOthers(Ink ink, int most) {
        this.ink = ink;
        this.most = most;
    }

    /** @param most so many of a kind are shown */
    static List<String> of(ScanReport report, Ink ink, int most) {
        TerminalOthers others = new TerminalOthers(ink, most);
        others.section(report, Finding.Kind.CODE, "weakness");
        others.section(report, Finding.Kind.MISCONFIGURATION, "misconfiguration");
        others.section(report, Finding.Kind.LICENCE, "licence finding");
        others.declared(report);
        return others.lines;
    }

    /** How many of each there are, as sentences; empty when there is none. */
    static String sentence(ScanReport report) {
        StringBuilder text = new StringBuilder();
        add(text, count(report, Finding.Kind.CODE), "weakness", "weaknesses", " in code");
        add(text, count(report, Finding.Kind.MISCONFIGURATION), "misconfiguration", "misconfigurations", "");
        add(text, count(report, Finding.Kind.LICENCE), "licence finding", "licence findings", "");
        return text.toString();
    }

    private static void add(StringBuilder text, long count, String one, String many, String rest) {
        if (count > 0) {
            text.append(' ')
                    .append(count)
                    .append(' ')
                    .append(count == 1 ? one : many)
                    .append(rest)
                    .append('.');
        }
    }

    private static long count(ScanReport report, Finding.Kind kind) {
        return report.findings().stream()
                .filter(finding -> finding.kind() == kind)
                .count();
    }

    private void section(ScanReport report, Finding.Kind kind, String noun) {
        List<Finding> findings = report.findings().stream()
                .filter(finding -> finding.kind() == kind)
                .toList();
        if (findings.isEmpty()) {
            return;
        }
        lines.add("");
        int shown = Math.min(most, findings.size());
        for (Finding finding : findings.subList(0, shown)) {
            String what = finding.component()
                    .map(purl -> purl.name() + " " + purl.version())
                    .orElseGet(() -> place(finding));
            lines.add("  "
                    + ink.of(finding.severity(), Columns.left(finding.severity().word(), 10)) + " "
                    + Columns.left(finding.id(), 24) + " "
                    + Columns.left(Columns.middle(what, 30), 30) + " "
                    + Columns.cut(reason(finding), 30));
        }
        if (shown < findings.size()) {
            lines.add("  " + ink.dim("and " + (findings.size() - shown) + " more of this kind: " + noun + " (--all)"));
        }
    }

    /** A licence and its package stand in the columns before: what is left to say is which rule decided. */
    private static String reason(Finding finding) {
        boolean isLicence =
                finding.kind() == Finding.Kind.LICENCE && !finding.evidence().isEmpty();
        return isLicence ? finding.evidence().getLast().claim() : finding.title();
    }

    /** How many packages declare which expression, where licences were asked for. */
    private void declared(ScanReport report) {
        Map<String, Integer> counts = new TreeMap<>();
        int undeclared = 0;
        for (Component component : report.contents().components()) {
            Optional<String> expression = component.record().detail(PackageRecord.Detail.SPDX);
            if (expression.isPresent()) {
                counts.merge(expression.get(), 1, Integer::sum);
            } else if (component.state() == Component.State.INSTALLED) {
                undeclared++;
            }
        }
        if (counts.isEmpty()) {
            return;
        }
        List<Map.Entry<String, Integer>> sorted = new ArrayList<>(counts.entrySet());
        sorted.sort((a, b) -> b.getValue().compareTo(a.getValue()));
        StringBuilder text = new StringBuilder("declared licences: ");
        for (Map.Entry<String, Integer> entry : sorted.subList(0, Math.min(most, sorted.size()))) {
            text.append(entry.getKey()).append(' ').append(entry.getValue()).append(", ");
        }
        int more = sorted.size() - Math.min(most, sorted.size());
        text.append(more == 0 ? "" : more + " more expressions, ")
                .append("none declared ")
                .append(undeclared);
        lines.add("");
        Columns.wrap(text.toString(), Columns.WIDTH - 4).forEach(line -> lines.add("  " + line));
    }

    private static String place(Finding finding) {
        if (finding.locations().isEmpty()) {
            return "";
        }
        Finding.Place place = finding.locations().getFirst();
        return place.path() + (place.line() > 0 ? ":" + place.line() : "");
    }
}
