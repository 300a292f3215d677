package dev.holdfast.report;

import dev.holdfast.core.Gap;
import dev.holdfast.core.json.JsonWriter;
import java.io.OutputStream;
import java.util.List;

/** Writes a gate's answer as one JSON object of schema {@code holdfast-gate/1}; the schema is in {@code docs/schema}. */
public final class JsonGate {
    private final JsonWriter json;

    private JsonGate(JsonWriter json) {
        this.json = json;
    }

    /** Writes the document and leaves the stream open. */
    public static void write(GateResults results, OutputStream out) {
        try (JsonWriter json = new JsonWriter(out)) {
            new JsonGate(json).document(results);
        }
    }

    private void document(GateResults results) {
        json.object(() -> {
            json.text("schema", "holdfast-gate/1");
            json.object("tool", () -> json.text("version", results.version()));
            json.array("targets", () -> results.targets().forEach(target -> json.object(() -> target(target))));
            verdict(results.outcome(), results.sentence());
        });
    }

    private void target(GateResults.Target target) {
        json.object("target", () -> json.text("given", target.given()));
        json.array(
                "scans",
                () -> target.scans()
                        .forEach(scan -> json.object(() -> {
                            json.text("kind", scan.target().kind().word());
                            scan.target().digest().ifPresent(digest -> json.text("digest", digest.toString()));
                            json.number("findings", scan.findings().size());
                            gaps(scan.gaps());
                            verdict(
                                    scan.verdict().outcome().word(),
                                    scan.verdict().sentence());
                        })));
        json.array(
                "checks",
                () -> target.checks()
                        .forEach(check -> json.object(() -> {
                            json.text("kind", check.kind());
                            json.number("findings", check.failures().size());
                            gaps(check.gaps());
                            verdict(
                                    check.verdict().outcome().word(),
                                    check.verdict().sentence());
                        })));
        verdict(target.outcome(), target.sentence());
    }

    private void gaps(List<Gap> gaps) {
        json.array(
                "gaps",
                () -> gaps.forEach(gap -> json.object(() -> {
                    json.text("code", gap.code().word());
                    json.text("subject", gap.subject());
                    json.text("detail", gap.detail());
                })));
    }

    private void verdict(GateResults.Outcome outcome, String sentence) {
        verdict(outcome.word(), sentence);
    }

    private void verdict(String outcome, String sentence) {
        json.object("verdict", () -> {
            json.text("outcome", outcome);
            json.text("sentence", sentence);
        });
    }
}
