package dev.holdfast.report;

import dev.holdfast.core.Digest;
import dev.holdfast.core.Finding;
import dev.holdfast.core.Gap;
import dev.holdfast.core.json.JsonWriter;
import dev.holdfast.scan.Notice;
import dev.holdfast.scan.ScanReport;
import dev.holdfast.scan.SetAside;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes scan reports as a SARIF 2.1.0 log (OASIS, errata 01): one run a target, one rule an identifier, one result a finding, gaps as
 * tool execution notifications, so that "could not see" arrives where findings do.
 */
public final class SarifScan {
    private final ScanResults results;
    private final JsonWriter json;

    private SarifScan(ScanResults results, JsonWriter json) {
        this.results = results;
        this.json = json;
    }

    /** Writes the log and leaves the stream open. */
    public static void write(ScanResults results, OutputStream out) {
        try (JsonWriter json = new JsonWriter(out)) {
            new SarifScan(results, json).log();
        }
    }

    private void log() {
        SarifLog.write(json, () -> results.reports().forEach(report -> json.object(() -> run(report))));
    }

    private void run(ScanReport report) {
        Map<String, Integer> rules = new TreeMap<>();
        List<Finding> every = new ArrayList<>(report.findings());
        report.exempted().findings().forEach(each -> every.add(each.finding()));
        every.forEach(finding -> rules.put(finding.id(), 0));
        int index = 0;
        for (Map.Entry<String, Integer> rule : rules.entrySet()) {
            rule.setValue(index++);
        }
        json.object(
                "tool",
                () -> json.object("driver", () -> {
                    json.text("name", "Holdfast");
                    json.text("version", results.version());
                    json.text("semanticVersion", results.version());
                    json.array("rules", () -> rules.keySet().forEach(id -> json.object(() -> rule(id, every))));
                }));
        json.array(
                "invocations",
                () -> json.object(() -> {
                    json.flag("executionSuccessful", true);
                    json.array(
                            "toolExecutionNotifications",
                            () -> report.gaps().forEach(gap -> json.object(() -> notification(gap))));
                    json.array(
                            "toolConfigurationNotifications",
                            () -> report.exempted().notices().forEach(each -> json.object(() -> notice(each))));
                }));
        json.text("columnKind", "utf16CodeUnits");
        json.array("results", () -> {
            report.findings()
                    .forEach(finding ->
                            json.object(() -> result(finding, rules.getOrDefault(finding.id(), 0), report)));
            report.exempted()
                    .findings()
                    .forEach(each -> json.object(() ->
                            suppressed(each, rules.getOrDefault(each.finding().id(), 0), report)));
        });
        json.object("properties", () -> {
            json.text("target", report.target().given());
            optional("targetDigest", report.target().digest().map(Digest::toString));
            json.text("database", results.database().toString());
            json.text("asOf", results.asOf().toString());
            json.text("outcome", report.verdict().outcome().word());
            json.text("verdict", report.verdict().sentence());
        });
    }

    private void rule(String id, List<Finding> findings) {
        Finding worst = findings.stream()
                .filter(finding -> finding.id().equals(id))
                .findFirst()
                .orElseThrow();
        json.text("id", id);
        json.object(
                "shortDescription",
                () -> json.text("text", id + " (" + worst.kind().word() + ")"));
        json.object("defaultConfiguration", () -> json.text("level", SarifLog.level(worst.severity())));
        json.object("properties", () -> {
            json.text("security-severity", String.format(Locale.ROOT, "%.1f", numeric(worst)));
            json.texts(
                    "tags",
                    List.of("security", worst.kind().word(), worst.severity().word()));
        });
    }

    private void result(Finding finding, int rule, ScanReport report) {
        json.text("ruleId", finding.id());
        json.number("ruleIndex", rule);
        json.text("level", SarifLog.level(finding.severity()));
        json.object("message", () -> json.text("text", message(finding)));
        json.array(
                "locations",
                () -> finding.locations()
                        .forEach(place -> json.object(() -> {
                            json.object("physicalLocation", () -> {
                                json.object("artifactLocation", () -> json.text("uri", uri(place.path())));
                                json.object("region", () -> json.number("startLine", Math.max(1, place.line())));
                            });
                            json.object("message", () -> json.text("text", place.path()));
                        })));
        json.object("partialFingerprints", () -> json.text("holdfast/1", fingerprint(finding)));
        json.object("properties", () -> {
            optional("package", finding.component().map(Object::toString));
            json.text("severity", finding.severity().word());
            json.text("status", finding.status());
            optional("fixedIn", finding.fixedIn());
            json.flag("kev", finding.isExploited());
            json.text("target", report.target().given());
        });
    }

    /** SARIF 3.27.23: whose decision it is stands outside the code that was examined. */
    private void suppressed(SetAside each, int rule, ScanReport report) {
        result(each.finding(), rule, report);
        json.array(
                "suppressions",
                () -> json.object(() -> {
                    json.text("kind", "external");
                    json.text("status", "accepted");
                    json.text("justification", each.ruling().sentence());
                }));
    }

    private void notice(Notice notice) {
        json.object(
                "descriptor", () -> json.text("id", "exception-" + notice.code().word()));
        json.text("level", "warning");
        String edit = notice.edit().isEmpty() ? "" : "; " + notice.edit();
        json.object("message", () -> json.text("text", notice.place() + ": " + notice.message() + edit));
    }

    private void notification(Gap gap) {
        SarifLog.notification(json, gap.code().word(), gap.subject() + ": " + gap.detail());
    }

    private static String message(Finding finding) {
        if (finding.kind() == Finding.Kind.SECRET) {
            return finding.title() + "; " + finding.fix();
        }
        String fix = finding.fix().isEmpty() ? "no fix yet (" + finding.status() + ")" : finding.fix();
        return finding.title() + ": " + finding.severity().word() + "; " + fix;
    }

    private static String fingerprint(Finding finding) {
        String about = finding.kind() == Finding.Kind.SECRET
                ? finding.title()
                : finding.component().map(Object::toString).orElse("");
        String identity = finding.id() + " " + about;
        return Digest.sha256(identity.getBytes(StandardCharsets.UTF_8)).hex();
    }

    /** The number that code-scanning services sort by: the score, or the middle of the severity's own band. */
    private static double numeric(Finding finding) {
        return finding.score().orElseGet(() -> SarifLog.numeric(finding.severity()));
    }

    /** A path inside the target as a relative URI reference (RFC 3986): UTF-8, everything but unreserved characters and slashes escaped. */
    private static String uri(String path) {
        StringBuilder out = new StringBuilder(path.length());
        for (byte b : (path.startsWith("/") ? path.substring(1) : path).getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean isPlain = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "-._~/@+".indexOf(c) >= 0;
            if (isPlain) {
                out.append(c);
            } else {
                out.append('%').append(Character.toUpperCase(Character.forDigit(c >> 4, 16)));
                out.append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return out.toString();
    }

    private void optional(String name, Optional<String> value) {
        value.ifPresent(present -> json.text(name, present));
    }
}
