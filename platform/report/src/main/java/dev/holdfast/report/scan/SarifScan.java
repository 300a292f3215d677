package dev.holdfast.report.scan;

import dev.holdfast.core.Digest;
import dev.holdfast.core.Finding;
import dev.holdfast.core.Gap;
import dev.holdfast.core.json.JsonWriter;
import dev.holdfast.report.form.SarifLog;
import dev.holdfast.scan.ScanReport;
import dev.holdfast.scan.ruling.Notice;
import dev.holdfast.scan.ruling.SetAside;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes scan reports as a SARIF 2.1.0 log (OASIS, errata 01): one run a target, one rule an identifier, one result a finding, gaps as
 * tool execution notifications, so that "could not see" arrives where findings do.
 */
public final class SarifScan {
    private final ScanResults results;
    private final SarifLog log;
    private final JsonWriter json;

    private SarifScan(ScanResults results, SarifLog log) {
        this.results = results;
        this.log = log;
        this.json = log.json();
    }

    /** Writes the log and leaves the stream open. */
    public static void write(ScanResults results, OutputStream out) {
        SarifLog.write(results.version(), out, log -> results.reports().forEach(new SarifScan(results, log)::run));
    }

    private void run(ScanReport report) {
        SortedMap<String, SarifLog.Rule> rules = new TreeMap<>();
        report.findings().forEach(finding -> rules.putIfAbsent(finding.id(), rule(finding)));
        report.exempted()
                .findings()
                .forEach(each -> rules.putIfAbsent(each.finding().id(), rule(each.finding())));
        Map<String, Integer> order = new HashMap<>();
        rules.keySet().forEach(id -> order.put(id, order.size()));
        json.object(() -> {
            log.tool(rules.values());
            log.invocation(() -> {
                json.array("toolExecutionNotifications", () -> report.gaps().forEach(this::notification));
                json.array(
                        "toolConfigurationNotifications",
                        () -> report.exempted().notices().forEach(this::notification));
            });
            json.text("columnKind", "utf16CodeUnits");
            json.array("results", () -> results(report, order));
            json.object("properties", () -> properties(report));
        });
    }

    /** The first finding of an identifier is its worst. */
    private static SarifLog.Rule rule(Finding worst) {
        return new SarifLog.Rule(
                worst.id(),
                worst.id() + " (" + worst.kind().word() + ")",
                "",
                worst.severity(),
                worst.score().orElseGet(() -> SarifLog.score(worst.severity())),
                worst.kind().word());
    }

    private void notification(Gap gap) {
        log.notification(gap.code().word(), gap.subject() + ": " + gap.detail());
    }

    private void notification(Notice notice) {
        String edit = notice.edit().isEmpty() ? "" : "; " + notice.edit();
        log.notification("exception-" + notice.code().word(), notice.place() + ": " + notice.message() + edit);
    }

    private void results(ScanReport report, Map<String, Integer> rules) {
        for (Finding finding : report.findings()) {
            json.object(() -> result(finding, rules.getOrDefault(finding.id(), 0), report));
        }
        for (SetAside each : report.exempted().findings()) {
            json.object(() -> suppressed(each, rules.getOrDefault(each.finding().id(), 0), report));
        }
    }

    private void properties(ScanReport report) {
        json.text("target", report.target().given());
        optional("targetDigest", report.target().digest().map(Digest::toString));
        json.text("database", results.basis().database().toString());
        json.text("asOf", results.basis().asOf().toString());
        json.text("outcome", report.verdict().outcome().word());
        json.text("verdict", report.verdict().sentence());
    }

    private void result(Finding finding, int rule, ScanReport report) {
        log.result(finding.id(), rule, finding.severity(), message(finding));
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
