package dev.holdfast.report.scan;

import dev.holdfast.core.Digest;
import dev.holdfast.core.Finding;
import dev.holdfast.core.Severity;
import dev.holdfast.core.json.JsonWriter;
import dev.holdfast.scan.ScanReport;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes a container-scanning report for GitLab (security report schema 15.0.7). GitLab asks for the times of the scan: the day of the
 * report stands for both, because the same input gives the same bytes.
 */
public final class GitlabScan {
    private GitlabScan() {}

    public static void write(ScanResults results, OutputStream out) {
        try (JsonWriter json = new JsonWriter(out)) {
            json.object(() -> {
                json.text("version", "15.0.7");
                json.object("scan", () -> {
                    json.object("analyzer", () -> tool(json, results.version()));
                    json.object("scanner", () -> tool(json, results.version()));
                    json.text("type", "container_scanning");
                    json.text("start_time", results.basis().asOf() + "T00:00:00");
                    json.text("end_time", results.basis().asOf() + "T00:00:00");
                    json.text("status", results.failures().isEmpty() ? "success" : "failure");
                });
                json.array(
                        "vulnerabilities",
                        () -> results.reports()
                                .forEach(report -> report.findings()
                                        .forEach(finding -> json.object(() -> vulnerability(json, finding, report)))));
            });
        }
    }

    private static void tool(JsonWriter json, String version) {
        json.text("id", "holdfast");
        json.text("name", "Holdfast");
        json.text("version", version);
        json.object("vendor", () -> json.text("name", "Holdfast"));
    }

    private static void vulnerability(JsonWriter json, Finding finding, ScanReport report) {
        FindingRow row = FindingRow.of(finding, report);
        String identity = report.target().given() + " " + finding.id() + " "
                + finding.component().map(Object::toString).orElseGet(() -> finding.title() + finding.locations());
        json.text("id", Digest.sha256(identity.getBytes(StandardCharsets.UTF_8)).hex());
        json.text("name", finding.id());
        json.text("description", finding.title());
        json.text("severity", severity(finding.severity()));
        if (!finding.fix().isEmpty()) {
            json.text("solution", finding.fix());
        }
        json.object("location", () -> {
            json.text("image", report.target().given());
            json.text(
                    "operating_system",
                    report.contents()
                            .support()
                            .map(support -> support.distribution().name())
                            .orElse("unknown"));
            json.object("dependency", () -> {
                json.object("package", () -> json.text("name", row.packageName()));
                json.text("version", row.version());
            });
        });
        json.array("identifiers", () -> {
            json.object(() -> identifier(json, finding.id()));
            finding.aliases().forEach(alias -> json.object(() -> identifier(json, alias)));
        });
    }

    private static void identifier(JsonWriter json, String id) {
        int dash = id.indexOf('-');
        json.text("type", (dash < 1 ? "holdfast" : id.substring(0, dash)).toLowerCase(java.util.Locale.ROOT));
        json.text("name", id);
        json.text("value", id);
    }

    private static String severity(Severity severity) {
        return switch (severity) {
            case CRITICAL -> "Critical";
            case HIGH -> "High";
            case MEDIUM -> "Medium";
            case LOW -> "Low";
            case NEGLIGIBLE -> "Info";
            case UNKNOWN -> "Unknown";
        };
    }
}
