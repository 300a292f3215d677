package dev.holdfast.report.compare;

import dev.holdfast.compare.Cause;
import dev.holdfast.compare.Comparison;
import dev.holdfast.core.json.JsonWriter;
import dev.holdfast.report.form.DocumentParts;
import dev.holdfast.scan.ScanReport;
import java.io.OutputStream;
import java.util.List;

/** Writes comparisons as one JSON object of schema {@code holdfast-compare/1}; the schema is in {@code docs/schema}. */
public final class JsonComparison {
    private final JsonWriter json;

    private JsonComparison(JsonWriter json) {
        this.json = json;
    }

    /** Writes the document and leaves the stream open. */
    public static void write(ScanReport ours, List<Comparison> comparisons, String version, OutputStream out) {
        try (JsonWriter json = new JsonWriter(out)) {
            new JsonComparison(json).document(ours, comparisons, version);
        }
    }

    private void document(ScanReport ours, List<Comparison> comparisons, String version) {
        json.object(() -> {
            DocumentParts.head(json, "holdfast-compare/1", version);
            json.object(
                    "database",
                    () -> json.text("digest", ours.basis().database().toString()));
            json.text("asOf", ours.basis().asOf().toString());
            json.object("target", () -> {
                json.text("given", ours.target().given());
                json.text("kind", ours.target().kind().word());
                ours.target().digest().ifPresent(digest -> json.text("digest", digest.toString()));
            });
            json.array("reports", () -> comparisons.forEach(each -> json.object(() -> comparison(each))));
            DocumentParts.gaps(json, ours.gaps());
        });
    }

    private void comparison(Comparison comparison) {
        json.text("file", comparison.file());
        json.text("tool", comparison.tool());
        if (!comparison.subject().isEmpty()) {
            json.text("subject", comparison.subject());
        }
        if (!comparison.warning().isEmpty()) {
            json.text("warning", comparison.warning());
        }
        json.object("findings", () -> {
            json.number("ours", comparison.ours());
            json.number("theirs", comparison.theirs());
        });
        json.object("count", () -> {
            for (Cause.Side side : Cause.Side.values()) {
                json.number(side.word(), comparison.count(side));
            }
            json.number("otherSeverities", comparison.otherSeverities());
        });
        json.object("causes", () -> comparison.causes().forEach((cause, count) -> json.number(cause.word(), count)));
        json.array("rows", () -> comparison.rows().forEach(row -> json.object(() -> row(row))));
    }

    private void row(Comparison.Row row) {
        json.text("id", row.id());
        json.text("package", row.packageName());
        if (!row.version().isEmpty()) {
            json.text("version", row.version());
        }
        json.text("side", row.cause().side().word());
        json.text("cause", row.cause().word());
        if (!row.reason().isEmpty()) {
            json.text("reason", row.reason());
        }
        if (!row.proof().isEmpty()) {
            json.texts("proof", row.proof());
        }
        row.ourSeverity().ifPresent(severity -> json.text("ourSeverity", severity.word()));
        row.theirSeverity().ifPresent(severity -> json.text("theirSeverity", severity.word()));
        if (row.line() > 0) {
            json.number("line", row.line());
        }
    }
}
