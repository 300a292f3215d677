package dev.holdfast.report.scan;

import dev.holdfast.core.Finding;
import dev.holdfast.core.SafeText;
import dev.holdfast.report.form.Columns;
import dev.holdfast.scan.ScanReport;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who has how many findings to deal with, for people. */
final class TerminalOwners {
    private static final int LABEL = 15;

    private TerminalOwners() {}

    /** Lines under one heading; none where no owners are known. */
    static List<String> of(ScanReport report) {
        if (!report.hasOwners() || report.findings().isEmpty()) {
            return List.of();
        }
        Map<String, Integer> counts = new TreeMap<>();
        int nobodys = 0;
        for (Finding finding : report.findings()) {
            List<String> owners = report.ownersOf(finding);
            nobodys += owners.isEmpty() ? 1 : 0;
            for (String owner : owners) {
                counts.merge(owner, 1, Integer::sum);
            }
        }
        StringBuilder text = new StringBuilder();
        counts.entrySet().stream()
                .sorted((a, b) -> Integer.compare(b.getValue(), a.getValue()))
                .forEach(each -> text.append(text.isEmpty() ? "" : ", ")
                        .append(SafeText.of(each.getKey()))
                        .append(' ')
                        .append(each.getValue()));
        if (nobodys > 0) {
            text.append(text.isEmpty() ? "" : ", ").append("nobody ").append(nobodys);
        }
        List<String> lines = new java.util.ArrayList<>(List.of(""));
        List<String> wrapped = Columns.wrap(text.toString(), Columns.WIDTH - LABEL);
        for (int i = 0; i < wrapped.size(); i++) {
            lines.add(Columns.left(i == 0 ? "  to deal with" : "", LABEL) + wrapped.get(i));
        }
        return lines;
    }
}
