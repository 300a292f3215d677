package dev.holdfast.report.comply;

import dev.holdfast.comply.Assessment;
import dev.holdfast.comply.Assessment.ClauseResult;
import dev.holdfast.comply.Observation;
import dev.holdfast.core.json.JsonWriter;
import dev.holdfast.report.form.DocumentParts;
import java.io.OutputStream;

/** Writes an assessment as one JSON object of schema {@code holdfast-comply/1}; the schema is in {@code docs/schema}. */
public final class JsonAssessment {
    private final JsonWriter json;

    private JsonAssessment(JsonWriter json) {
        this.json = json;
    }

    /** Writes the document and leaves the stream open. */
    public static void write(Assessment assessment, String version, OutputStream out) {
        try (JsonWriter json = new JsonWriter(out)) {
            new JsonAssessment(json).document(assessment, version);
        }
    }

    private void document(Assessment assessment, String version) {
        json.object(() -> {
            DocumentParts.head(json, "holdfast-comply/1", version);
            json.object("framework", () -> {
                json.text("name", assessment.framework().name().word());
                json.text("title", assessment.framework().title());
                json.text("note", assessment.framework().note());
            });
            json.text("at", assessment.at().toString());
            json.text("sentence", assessment.sentence());
            json.object("count", () -> {
                for (Assessment.State state : Assessment.State.values()) {
                    json.number(state.word(), assessment.count(state));
                }
            });
            json.array(
                    "inputs",
                    () -> assessment
                            .inputs()
                            .forEach(input -> json.object(() -> {
                                json.text("given", input.given());
                                optional("digest", input.digest());
                            })));
            json.array("clauses", () -> assessment.results().forEach(result -> json.object(() -> clause(result))));
            DocumentParts.gaps(json, assessment.gaps());
        });
    }

    private void clause(ClauseResult result) {
        json.text("id", result.clause().id());
        json.text("text", result.clause().text());
        json.text("state", result.state().word());
        json.text("reason", result.reason());
        json.texts("checks", result.checks());
        json.array("evidence", () -> result.evidence().forEach(one -> json.object(() -> observation(one))));
    }

    private void observation(Observation one) {
        json.text("check", one.check());
        json.text("outcome", one.outcome().word());
        json.text("subject", one.subject());
        json.text("input", one.input());
        optional("digest", one.digest());
        optional("place", one.place());
        optional("detail", one.detail());
    }

    private void optional(String name, String value) {
        if (!value.isEmpty()) {
            json.text(name, value);
        }
    }
}
