package dev.holdfast.report.gate;

import dev.holdfast.core.json.JsonWriter;
import dev.holdfast.report.form.DocumentParts;
import java.io.OutputStream;

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
            DocumentParts.head(json, "holdfast-gate/1", results.version());
            json.array("targets", () -> results.targets().forEach(target -> json.object(() -> target(target))));
            DocumentParts.verdict(json, results.outcome().word(), results.sentence());
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
                            DocumentParts.gaps(json, scan.gaps());
                            DocumentParts.verdict(
                                    json,
                                    scan.verdict().outcome().word(),
                                    scan.verdict().sentence());
                        })));
        json.array(
                "checks",
                () -> target.checks()
                        .forEach(check -> json.object(() -> {
                            json.text("kind", check.kind());
                            json.number("findings", check.failures().size());
                            DocumentParts.gaps(json, check.gaps());
                            DocumentParts.verdict(
                                    json,
                                    check.verdict().outcome().word(),
                                    check.verdict().sentence());
                        })));
        DocumentParts.verdict(json, target.outcome().word(), target.sentence());
    }
}
