package dev.holdfast.report;

import dev.holdfast.check.CheckReport;
import dev.holdfast.check.Result;
import dev.holdfast.check.Status;
import dev.holdfast.check.exception.Exemption;
import dev.holdfast.core.Digest;
import dev.holdfast.core.json.JsonWriter;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes checks as a SARIF 2.1.0 log (OASIS, errata 01): one run a target, one rule a weakness, one result a failure, and what could not be
 * seen or assessed as tool execution notifications, so that it arrives where findings do.
 */
public final class SarifCheck {
    private final CheckResults results;
    private final JsonWriter json;

    private SarifCheck(CheckResults results, JsonWriter json) {
        this.results = results;
        this.json = json;
    }

    /** Writes the log and leaves the stream open. */
    public static void write(CheckResults results, OutputStream out) {
        try (JsonWriter json = new JsonWriter(out)) {
            new SarifCheck(results, json).log();
        }
    }

    private void log() {
        SarifLog.write(json, () -> results.reports().forEach(report -> json.object(() -> run(report))));
    }

    private void run(CheckReport report) {
        Map<String, Result> rules = new TreeMap<>();
        report.failures().forEach(failure -> rules.putIfAbsent(failure.rule(), failure));
        report.excepted().forEach(one -> rules.putIfAbsent(one.finding().rule(), one.finding()));
        List<String> order = new ArrayList<>(rules.keySet());
        json.object(
                "tool",
                () -> json.object("driver", () -> {
                    json.text("name", "Holdfast");
                    json.text("version", results.version());
                    json.text("semanticVersion", results.version());
                    json.array("rules", () -> rules.values().forEach(rule -> json.object(() -> rule(rule))));
                }));
        json.array(
                "invocations",
                () -> json.object(() -> {
                    json.flag("executionSuccessful", true);
                    json.array("toolExecutionNotifications", () -> unseen(report));
                }));
        json.text("columnKind", "unicodeCodePoints");
        json.array("results", () -> {
            report.failures()
                    .forEach(failure -> json.object(() -> failure(failure, order.indexOf(failure.rule()), report)));
            report.excepted()
                    .forEach(one -> json.object(() -> {
                        failure(one.finding(), order.indexOf(one.finding().rule()), report);
                        json.array("suppressions", () -> json.object(() -> suppression(one.by())));
                    }));
        });
        json.object("properties", () -> {
            json.text("target", report.given());
            json.text("outcome", report.verdict().outcome().word());
            json.text("verdict", report.verdict().sentence());
        });
    }

    private void rule(Result rule) {
        json.text("id", rule.rule());
        json.object("shortDescription", () -> json.text("text", rule.rule().replace('-', ' ')));
        json.object("fullDescription", () -> json.text("text", rule.severityReason()));
        json.object("defaultConfiguration", () -> json.text("level", SarifLog.level(rule.severity())));
        json.object("properties", () -> {
            json.text("security-severity", String.format(Locale.ROOT, "%.1f", SarifLog.numeric(rule.severity())));
            json.texts(
                    "tags",
                    List.of("security", "misconfiguration", rule.severity().word()));
        });
    }

    private void failure(Result failure, int rule, CheckReport report) {
        json.text("ruleId", failure.rule());
        json.number("ruleIndex", rule);
        json.text("level", SarifLog.level(failure.severity()));
        String fix = failure.fix().isEmpty() ? "" : "; fix: " + failure.fix();
        json.object("message", () -> json.text("text", failure.message() + fix));
        json.array(
                "locations",
                () -> json.object(() -> json.object("physicalLocation", () -> {
                    json.object("artifactLocation", () -> json.text("uri", uri(report.given(), failure.path())));
                    json.object("region", () -> {
                        json.number("startLine", failure.place().line());
                        json.number("startColumn", failure.place().column());
                    });
                })));
        json.object("partialFingerprints", () -> json.text("holdfast/1", fingerprint(failure)));
        json.object("properties", () -> {
            json.text("subject", failure.subject());
            json.text("severity", failure.severity().word());
        });
    }

    private void suppression(Exemption by) {
        json.text("kind", by.lines().isPresent() ? "inSource" : "external");
        json.text("justification", by.told());
    }

    private void unseen(CheckReport report) {
        report.gaps().forEach(gap -> notification(gap.code().word(), gap.subject() + ": " + gap.detail()));
        for (Result result : report.results()) {
            if (result.status() == Status.NOT_ASSESSED || result.status() == Status.ERROR) {
                notification(
                        result.status().word(),
                        result.path() + ":" + result.place().line() + ": " + result.rule() + ": " + result.message());
            }
        }
    }

    private void notification(String id, String text) {
        json.object(() -> SarifLog.notification(json, id, text));
    }

    /** Lines shift, objects and files stay: what a service tells an old finding by. */
    private static String fingerprint(Result failure) {
        String identity = failure.rule() + " " + failure.path() + " " + failure.subject();
        return Digest.sha256(identity.getBytes(StandardCharsets.UTF_8)).hex();
    }

    private static String uri(String given, String path) {
        boolean isFile = path.equals(given) || path.isEmpty();
        String whole = isFile ? given : given.endsWith("/") ? given + path : given + "/" + path;
        try {
            return new URI(null, null, whole.replace('\\', '/'), null).getRawPath();
        } catch (URISyntaxException odd) {
            return "unnamed";
        }
    }
}
