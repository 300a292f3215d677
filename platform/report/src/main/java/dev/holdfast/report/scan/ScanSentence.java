package dev.holdfast.report.scan;

import dev.holdfast.core.Finding;
import dev.holdfast.core.Severity;
import dev.holdfast.report.form.Columns;
import dev.holdfast.scan.Change;
import dev.holdfast.scan.ScanReport;
import dev.holdfast.scan.bases.BaseImage;
import java.util.List;

/** What a report comes to, in words; and which of its findings count as what in them. */
final class ScanSentence {
    private ScanSentence() {}

    static String of(ScanReport report) {
        int secrets = secrets(report).size();
        return flawSentence(report)
                + (secrets == 0 ? "" : " " + Columns.count(secrets, "secret") + ".")
                + TerminalOthers.sentence(report);
    }

    private static String flawSentence(ScanReport report) {
        List<Finding> findings = flaws(report);
        if (findings.isEmpty()) {
            return UnmatchedSentence.withoutFindings(report);
        }
        long critical = findings.stream()
                .filter(finding -> finding.severity() == Severity.CRITICAL)
                .count();
        long exploited = findings.stream()
                .filter(Finding::isExploited)
                .map(Finding::id)
                .distinct()
                .count();
        StringBuilder text = new StringBuilder(Columns.count(findings.size(), "finding"));
        text.append(" in ").append(Columns.count(report.packages(), "package"));
        if (critical > 0) {
            text.append(", ").append(critical).append(" of them critical");
        }
        if (exploited > 0) {
            text.append(", ").append(exploited).append(" known to be exploited");
        }
        text.append('.').append(UnmatchedSentence.besideFindings(report));
        long inherited = findings.stream().filter(report::isFromBase).count();
        if (inherited > 0) {
            text.append(' ').append(inherited == findings.size() ? "All" : inherited);
            text.append(" came with the base ")
                    .append(report.contents().base().map(BaseImage::name).orElse(""))
                    .append('.');
        }
        int removed = report.changes().stream().mapToInt(Change::findings).sum();
        if (removed > 0) {
            int changes = report.changes().size();
            text.append(' ').append(Columns.count(changes, "change")).append(changes == 1 ? " removes " : " remove ");
            text.append(removed == findings.size() ? "all." : removed + ".");
        }
        return text.toString();
    }

    /** Findings that another version removes; the others have sections of their own. */
    static List<Finding> flaws(ScanReport report) {
        return report.findings().stream()
                .filter(finding -> finding.kind().isOfVersions())
                .toList();
    }

    static List<Finding> secrets(ScanReport report) {
        return report.findings().stream()
                .filter(finding -> finding.kind() == Finding.Kind.SECRET)
                .toList();
    }
}
