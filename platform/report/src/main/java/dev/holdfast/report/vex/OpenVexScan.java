package dev.holdfast.report.vex;

import dev.holdfast.core.Digest;
import dev.holdfast.core.Finding;
import dev.holdfast.core.Reach;
import dev.holdfast.core.json.JsonWriter;
import dev.holdfast.report.scan.ScanResults;
import dev.holdfast.scan.ScanReport;
import dev.holdfast.scan.judge.Cleared;
import dev.holdfast.scan.ruling.Ruling;
import dev.holdfast.scan.ruling.SetAside;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeSet;

/**
 * Writes what a scan knows as an OpenVEX 0.2.0 document: who set a finding aside and why, what vendors say against a flaw, and what stands.
 *
 * <pre>
 *   set aside by a supplier    not_affected or fixed, as the supplier says
 *   set aside by a rule        not_affected when the rule has a justification; else affected, with the acceptance as action_statement
 *   cleared by a vendor        fixed, or not_affected with the vendor's reason as impact_statement
 *   found, and not reached     not_affected, since the vulnerable code is not in the execute path
 *   found                      affected with the fix as action_statement; under_investigation where the vendor has not decided
 * </pre>
 *
 * <p>Each statement's product is the target (by digest, else by name), its subcomponent the package. Its time is the day that the answer is
 * for, its identifier made of the contents: the same answer gives the same bytes.
 */
public final class OpenVexScan {
    private static final String CONTEXT = "https://openvex.dev/ns/v0.2.0";

    private final ScanResults results;
    private final JsonWriter json;
    private final MessageDigest identity = Digest.newSha256();

    private OpenVexScan(ScanResults results, JsonWriter json) {
        this.results = results;
        this.json = json;
    }

    /** Writes the document and leaves the stream open. */
    public static void write(ScanResults results, OutputStream out) {
        try (JsonWriter json = new JsonWriter(out)) {
            new OpenVexScan(results, json).document();
        }
    }

    private void document() {
        results.reports().forEach(this::identify);
        json.object(() -> {
            json.text("@context", CONTEXT);
            json.text(
                    "@id",
                    "urn:holdfast:vex:" + Digest.ofSha256(identity.digest()).hex());
            json.text("author", "Holdfast " + results.version());
            json.text("role", "scanner");
            json.text(
                    "timestamp",
                    results.basis()
                            .asOf()
                            .atTime(LocalTime.MIDNIGHT)
                            .toInstant(ZoneOffset.UTC)
                            .toString());
            json.number("version", 1);
            json.text(
                    "tooling",
                    "holdfast " + results.version() + ", advisory base "
                            + results.basis().database());
            json.array("statements", () -> results.reports().forEach(this::statements));
        });
    }

    private void identify(ScanReport report) {
        feed(
                product(report),
                results.basis().asOf().toString(),
                results.basis().database().toString());
        report.findings()
                .forEach(finding -> feed(
                        finding.id(),
                        name(finding),
                        finding.status(),
                        finding.fix(),
                        finding.reach().map(Reach::why).orElse("")));
        report.exempted()
                .findings()
                .forEach(each -> feed(
                        each.finding().id(), name(each.finding()), each.ruling().sentence()));
        report.exempted()
                .cleared()
                .forEach(each -> feed(each.id(), each.component().toString(), each.reason()));
    }

    private void feed(String... texts) {
        for (String text : texts) {
            identity.update(text.getBytes(StandardCharsets.UTF_8));
            identity.update((byte) 0);
        }
    }

    private static String name(Finding finding) {
        return finding.component().map(Object::toString).orElse("");
    }

    private static String product(ScanReport report) {
        return report.target()
                .digest()
                .map(Object::toString)
                .orElse(report.target().given());
    }

    private void statements(ScanReport report) {
        for (SetAside each : report.exempted().findings()) {
            statement(report, each.finding().id(), each.finding().aliases(), name(each.finding()), () -> ruling(each));
        }
        for (Cleared each : report.exempted().cleared()) {
            statement(report, each.id(), each.aliases(), each.component().toString(), () -> {
                json.text("status", each.isFixed() ? "fixed" : "not_affected");
                if (!each.isFixed()) {
                    json.text("impact_statement", each.reason());
                } else {
                    json.text("status_notes", each.reason());
                }
            });
        }
        for (Finding finding : report.findings()) {
            boolean isVulnerability =
                    finding.kind() == Finding.Kind.VULNERABILITY || finding.kind() == Finding.Kind.MALWARE;
            if (isVulnerability && finding.component().isPresent()) {
                statement(report, finding.id(), finding.aliases(), name(finding), () -> found(finding));
            }
        }
    }

    private void statement(ScanReport report, String flaw, List<String> aliases, String part, Runnable status) {
        json.object(() -> {
            json.object("vulnerability", () -> {
                json.text("name", flaw);
                if (!aliases.isEmpty()) {
                    json.texts("aliases", new TreeSet<>(aliases));
                }
            });
            json.array(
                    "products",
                    () -> json.object(() -> {
                        json.text("@id", product(report));
                        json.array(
                                "subcomponents",
                                () -> json.object(() -> {
                                    json.text("@id", part);
                                    json.object("identifiers", () -> json.text("purl", part));
                                }));
                    }));
            status.run();
        });
    }

    private void ruling(SetAside each) {
        Ruling ruling = each.ruling();
        boolean isAccepted = ruling.status().equals("ignored");
        json.text("status", isAccepted ? "affected" : ruling.status());
        if (!ruling.by().isEmpty()) {
            json.text("supplier", ruling.by());
        }
        if (isAccepted) {
            json.text("action_statement", "accepted: " + ruling.sentence());
            return;
        }
        if (!ruling.justification().isEmpty() && ruling.status().equals("not_affected")) {
            json.text("justification", OpenVexLabel.of(ruling.justification()));
        }
        if (!ruling.reason().isEmpty()) {
            json.text(ruling.status().equals("not_affected") ? "impact_statement" : "status_notes", ruling.reason());
        }
    }

    private void found(Finding finding) {
        if (isNotReached(finding)) {
            json.text("status", "not_affected");
            json.text("justification", "vulnerable_code_not_in_execute_path");
            json.text("impact_statement", finding.reach().map(Reach::why).orElse(""));
            return;
        }
        if (finding.status().equals("under-investigation")) {
            json.text("status", "under_investigation");
            return;
        }
        json.text("status", "affected");
        json.text(
                "action_statement", finding.fix().isEmpty() ? "no fix yet (" + finding.status() + ")" : finding.fix());
    }

    private static boolean isNotReached(Finding finding) {
        return finding.reach()
                .filter(reach -> reach.status() == Reach.Status.NOT_REACHED)
                .isPresent();
    }
}
