package dev.holdfast.report.explain;

import dev.holdfast.core.json.JsonWriter;
import dev.holdfast.report.form.DocumentParts;
import dev.holdfast.scan.explain.Explanation;
import java.io.OutputStream;

/** Writes an explanation as JSON of schema {@code holdfast-explanation/1}. */
public final class JsonExplanation {
    private JsonExplanation() {}

    public static void write(Explanation explanation, String version, OutputStream out) {
        try (JsonWriter json = new JsonWriter(out)) {
            json.object(() -> {
                DocumentParts.head(json, "holdfast-explanation/1", version);
                json.text("target", explanation.target().given());
                json.text("id", explanation.id());
                json.flag("reported", explanation.isReported());
                json.text("sentence", explanation.sentence());
                json.array(
                        "cases",
                        () -> explanation
                                .cases()
                                .forEach(one -> json.object(() -> {
                                    json.text("sentence", one.sentence());
                                    one.severity().ifPresent(severity -> json.text("severity", severity.word()));
                                    json.array(
                                            "lines",
                                            () -> one.lines()
                                                    .forEach(line -> json.object(() -> {
                                                        json.text("label", line.label());
                                                        json.text("text", line.text());
                                                    })));
                                })));
                DocumentParts.gaps(json, explanation.gaps());
            });
        }
    }
}
