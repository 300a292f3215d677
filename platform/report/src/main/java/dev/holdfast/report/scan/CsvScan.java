package dev.holdfast.report.scan;

import dev.holdfast.core.Finding;
import dev.holdfast.core.SafeText;
import dev.holdfast.scan.ScanReport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes findings as comma-separated values (RFC 4180): one line a finding, a head line first, every field quoted. A field that a
 * spreadsheet would take for a formula gets an apostrophe before it.
 */
public final class CsvScan {
    private static final List<String> HEAD = List.of(
            "target",
            "severity",
            "id",
            "package",
            "version",
            "fix",
            "epss",
            "exploited",
            "path",
            "instruction",
            "owners");

    private CsvScan() {}

    public static void write(ScanResults results, OutputStream out) throws IOException {
        StringBuilder text = new StringBuilder();
        line(text, HEAD);
        for (ScanReport report : results.reports()) {
            for (Finding finding : report.findings()) {
                FindingRow row = FindingRow.of(finding, report);
                line(
                        text,
                        List.of(
                                report.target().given(),
                                row.severity(),
                                row.id(),
                                row.packageName(),
                                row.version(),
                                row.fix(),
                                row.epss(),
                                row.isExploited() ? "yes" : "",
                                row.place(),
                                row.instruction(),
                                String.join(" ", report.ownersOf(finding))));
            }
        }
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void line(StringBuilder text, List<String> fields) {
        String separator = "";
        for (String field : fields) {
            String safe = SafeText.of(field);
            boolean isFormula = !safe.isEmpty() && "=+-@".indexOf(safe.charAt(0)) >= 0;
            text.append(separator)
                    .append('"')
                    .append(isFormula ? "'" : "")
                    .append(safe.replace("\"", "\"\""))
                    .append('"');
            separator = ",";
        }
        text.append("\r\n");
    }
}
