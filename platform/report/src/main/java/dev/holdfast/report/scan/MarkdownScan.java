package dev.holdfast.report.scan;

import dev.holdfast.core.Finding;
import dev.holdfast.core.Gap;
import dev.holdfast.core.SafeText;
import dev.holdfast.report.form.Unanswered;
import dev.holdfast.scan.Change;
import dev.holdfast.scan.ScanReport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes reports as Markdown (GitHub's dialect) for a pull request or a job's summary: the verdict, what to do, findings, gaps. */
public final class MarkdownScan {
    /** Comments of code hosts end at about 64,000 characters; the rest is counted. */
    private static final int MOST_FINDINGS = 200;

    private final StringBuilder out = new StringBuilder(4_096);

    private MarkdownScan() {}

    public static void write(ScanResults results, OutputStream to) throws IOException {
        MarkdownScan view = new MarkdownScan();
        results.reports().forEach(view::report);
        for (Unanswered failure : results.failures()) {
            view.out.append("## ").append(text(failure.given())).append("\n\n**Not scanned:** ");
            view.out.append(text(failure.message())).append("\n\n");
        }
        to.write(view.out.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void report(ScanReport report) {
        out.append("## ").append(text(report.target().given())).append("\n\n");
        out.append("**")
                .append(report.verdict().outcome().word().replace('-', ' '))
                .append("**: ");
        out.append(text(report.verdict().sentence())).append("\n\n");
        out.append(text(ScanSentence.of(report))).append("\n\n");
        if (!report.changes().isEmpty()) {
            out.append("| change | where | findings | critical | exploited |\n|---|---|--:|--:|--:|\n");
            for (Change change : report.changes()) {
                row(
                        change.title(),
                        change.where(),
                        String.valueOf(change.findings()),
                        String.valueOf(change.critical()),
                        String.valueOf(change.exploited()));
            }
            out.append('\n');
        }
        findings(report);
        if (!report.gaps().isEmpty()) {
            out.append("**Could not see:**\n\n");
            for (Gap gap : report.gaps()) {
                out.append("- ")
                        .append(text(gap.subject() + ": " + gap.detail()))
                        .append('\n');
            }
            out.append('\n');
        }
    }

    private void findings(ScanReport report) {
        if (report.findings().isEmpty()) {
            return;
        }
        out.append("<details><summary>findings</summary>\n\n");
        out.append("| severity | id | package | version | fix | |\n|---|---|---|---|---|---|\n");
        int written = 0;
        for (Finding finding : report.findings()) {
            if (written++ == MOST_FINDINGS) {
                out.append("\nand ")
                        .append(report.findings().size() - MOST_FINDINGS)
                        .append(" more\n");
                break;
            }
            FindingRow row = FindingRow.of(finding, report);
            row(
                    row.severity(),
                    row.id(),
                    row.packageName(),
                    row.version(),
                    row.fix(),
                    row.isExploited() ? "exploited" : "");
        }
        out.append("\n</details>\n\n");
    }

    private void row(String... cells) {
        for (String cell : cells) {
            out.append("| ").append(text(cell)).append(' ');
        }
        out.append("|\n");
    }

    /** Text that no Markdown reader takes for anything else. */
    private static String text(String raw) {
        StringBuilder safe = new StringBuilder();
        for (char c : SafeText.of(raw).toCharArray()) {
            switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '\\', '`', '*', '_', '[', ']', '|', '#', '~', '!' ->
                    safe.append('\\').append(c);
                case '@' -> safe.append("&#64;"); // would call a person
                default -> safe.append(c);
            }
        }
        return safe.toString();
    }
}
