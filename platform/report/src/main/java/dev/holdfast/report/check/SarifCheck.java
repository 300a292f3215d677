package dev.holdfast.report.check;

import dev.holdfast.check.CheckReport;
import dev.holdfast.check.Result;
import dev.holdfast.check.Status;
import dev.holdfast.check.exception.Exceptions;
import dev.holdfast.check.exception.Exemption;
import dev.holdfast.core.Digest;
import dev.holdfast.core.json.JsonWriter;
import dev.holdfast.report.form.SarifLog;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes checks as a SARIF 2.1.0 log (OASIS, errata 01): one run a target, one rule a weakness, one result a failure, and what could not be
 * seen or assessed as tool execution notifications, so that it arrives where findings do.
 */
public final class SarifCheck {
    private final SarifLog log;
    private final JsonWriter json;

    private SarifCheck(SarifLog log) {
        this.log = log;
        this.json = log.json();
    }

    /** Writes the log and leaves the stream open. */
    public static void write(CheckResults results, OutputStream out) {
        SarifLog.write(results.version(), out, log -> results.reports().forEach(new SarifCheck(log)::run));
    }

    private void run(CheckReport report) {
        SortedMap<String, SarifLog.Rule> rules = new TreeMap<>();
        report.failures().forEach(failure -> rules.putIfAbsent(failure.rule(), rule(failure)));
        report.excepted().forEach(one -> rules.putIfAbsent(one.finding().rule(), rule(one.finding())));
        List<String> order = List.copyOf(rules.keySet());
        json.object(() -> {
            log.tool(rules.values());
            log.invocation(() -> json.array("toolExecutionNotifications", () -> unseen(report)));
            json.text("columnKind", "unicodeCodePoints");
            json.array("results", () -> results(report, order));
            json.object("properties", () -> {
                json.text("target", report.given());
                json.text("outcome", report.verdict().outcome().word());
                json.text("verdict", report.verdict().sentence());
            });
        });
    }

    private static SarifLog.Rule rule(Result rule) {
        return new SarifLog.Rule(
                rule.rule(),
                rule.rule().replace('-', ' '),
                rule.severityReason(),
                rule.severity(),
                SarifLog.score(rule.severity()),
                "misconfiguration");
    }

    private void results(CheckReport report, List<String> rules) {
        for (Result failure : report.failures()) {
            json.object(() -> failure(failure, rules.indexOf(failure.rule()), report));
        }
        for (Exceptions.Excepted one : report.excepted()) {
            json.object(() -> {
                failure(one.finding(), rules.indexOf(one.finding().rule()), report);
                json.array("suppressions", () -> json.object(() -> suppression(one.by())));
            });
        }
    }

    private void failure(Result failure, int rule, CheckReport report) {
        String fix = failure.fix().isEmpty() ? "" : "; fix: " + failure.fix();
        log.result(failure.rule(), rule, failure.severity(), failure.message() + fix);
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
        report.gaps().forEach(gap -> log.notification(gap.code().word(), gap.subject() + ": " + gap.detail()));
        for (Result result : report.results()) {
            if (result.status() == Status.NOT_ASSESSED || result.status() == Status.ERROR) {
                log.notification(
                        result.status().word(),
                        result.path() + ":" + result.place().line() + ": " + result.rule() + ": " + result.message());
            }
        }
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
