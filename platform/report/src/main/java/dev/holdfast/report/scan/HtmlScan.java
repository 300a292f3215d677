package dev.holdfast.report.scan;

import dev.holdfast.advisory.Source;
import dev.holdfast.core.Finding;
import dev.holdfast.report.form.HtmlPage;
import dev.holdfast.report.form.Unanswered;
import dev.holdfast.scan.Change;
import dev.holdfast.scan.ScanReport;
import java.io.IOException;
import java.io.OutputStream;

/** Writes scan reports as one {@link HtmlPage}. */
public final class HtmlScan {
    private final HtmlPage page = new HtmlPage("Holdfast scan");

    private HtmlScan() {}

    public static void write(ScanResults results, OutputStream to) throws IOException {
        HtmlScan scan = new HtmlScan();
        results.reports().forEach(scan::report);
        for (Unanswered failure : results.failures()) {
            scan.page.element("h1", failure.given());
            scan.page.paragraph("fail", failure.message());
        }
        scan.sources(results);
        scan.page.write(to);
    }

    private void report(ScanReport report) {
        page.element("h1", report.target().given());
        String digest = report.target().digest().map(Object::toString).orElse("");
        String platform = report.target().platform().map(Object::toString).orElse("");
        page.paragraph("dim", (platform + "  " + digest).strip());
        String outcome = report.verdict().outcome().word();
        page.paragraph(outcome, outcome.replace('-', ' '), report.verdict().sentence());
        page.paragraph("", ScanSentence.of(report));
        changes(report);
        findings(report);
        if (!report.gaps().isEmpty()) {
            page.element("h2", "Could not see");
            page.list(report.gaps().stream()
                    .map(gap -> gap.subject() + ": " + gap.detail())
                    .toList());
        }
    }

    private void changes(ScanReport report) {
        if (report.changes().isEmpty()) {
            return;
        }
        page.element("h2", "What to do");
        page.head("change", "where", "findings", "critical", "exploited");
        for (Change change : report.changes()) {
            page.row(() -> {
                page.cell("", change.title());
                page.cell("dim", change.where());
                page.cell("", String.valueOf(change.findings()));
                page.cell(change.critical() > 0 ? "critical" : "", String.valueOf(change.critical()));
                page.cell(change.exploited() > 0 ? "exploited" : "", String.valueOf(change.exploited()));
            });
        }
        page.endTable();
    }

    private void findings(ScanReport report) {
        if (report.findings().isEmpty()) {
            return;
        }
        page.element("h2", "Findings");
        page.filter();
        page.head("severity", "id", "package", "version", "fix", "EPSS", "", "where", "instruction");
        for (Finding finding : report.findings()) {
            FindingRow row = FindingRow.of(finding, report);
            page.row(() -> {
                page.cell(row.severity(), row.severity());
                page.cell("", row.id());
                page.cell("", row.packageName());
                page.cell("", row.version());
                page.cell("", row.fix());
                page.cell("dim", row.epss());
                page.cell("exploited", row.isExploited() ? "exploited" : "");
                page.cell("dim", row.place());
                page.cell("dim", row.instruction());
            });
        }
        page.endTable();
    }

    private void sources(ScanResults results) {
        page.element("h2", "What the answers are based on");
        page.head("source", "date", "licence");
        for (Source source : results.basis().sources()) {
            page.row(() -> {
                page.cell("", source.name());
                page.cell("", source.date());
                page.cell("dim", source.licence());
            });
        }
        page.endTable();
        page.paragraph(
                "dim",
                "Holdfast " + results.version() + ", as of " + results.basis().asOf() + ", base "
                        + results.basis().database());
    }
}
