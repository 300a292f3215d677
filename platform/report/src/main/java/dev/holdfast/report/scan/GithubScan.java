package dev.holdfast.report.scan;

import dev.holdfast.core.Finding;
import dev.holdfast.core.SafeText;
import dev.holdfast.core.Severity;
import dev.holdfast.report.form.Unanswered;
import dev.holdfast.scan.ScanReport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes findings as workflow commands of GitHub Actions, which shows them as annotations: {@code ::error title=…::…}. Actions shows ten
 * of a kind and step, so the worst come first and the rest is counted.
 */
public final class GithubScan {
    private static final int MOST = 10;

    private GithubScan() {}

    public static void write(ScanResults results, OutputStream out) throws IOException {
        StringBuilder text = new StringBuilder();
        for (ScanReport report : results.reports()) {
            int written = 0;
            for (Finding finding : report.findings()) {
                if (written++ == MOST) {
                    break;
                }
                FindingRow row = FindingRow.of(finding, report);
                command(
                        text,
                        level(finding.severity()),
                        row.id() + " in " + row.packageName() + " " + row.version(),
                        row.severity() + (row.isExploited() ? ", exploited" : "") + ": "
                                + (finding.fix().isEmpty() ? "no fix yet" : finding.fix()) + " (" + row.place() + ")");
            }
            command(
                    text,
                    "notice",
                    "holdfast scan " + report.target().given(),
                    ScanSentence.of(report) + " " + report.verdict().sentence());
        }
        for (Unanswered failure : results.failures()) {
            command(text, "error", "holdfast scan " + failure.given(), failure.message());
        }
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case CRITICAL, HIGH -> "error";
            case MEDIUM, UNKNOWN -> "warning";
            case LOW, NEGLIGIBLE -> "notice";
        };
    }

    private static void command(StringBuilder text, String level, String title, String message) {
        String safe = SafeText.of(title).replace("%", "%25").replace(":", "%3A").replace(",", "%2C");
        text.append("::").append(level).append(" title=").append(safe).append("::");
        text.append(SafeText.of(message).replace("%", "%25")).append('\n');
    }
}
