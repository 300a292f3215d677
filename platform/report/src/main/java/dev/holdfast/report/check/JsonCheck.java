package dev.holdfast.report.check;

import dev.holdfast.check.CheckReport;
import dev.holdfast.check.Result;
import dev.holdfast.check.Status;
import dev.holdfast.check.exception.Exceptions;
import dev.holdfast.core.json.JsonWriter;
import dev.holdfast.report.form.DocumentParts;
import java.io.OutputStream;

/** Writes what checks came to as JSON of schema {@code holdfast-check/1}. */
public final class JsonCheck {
    private final JsonWriter json;

    private JsonCheck(JsonWriter json) {
        this.json = json;
    }

    /** Writes one document and leaves the stream open. */
    public static void write(CheckResults results, OutputStream out) {
        try (JsonWriter json = new JsonWriter(out)) {
            new JsonCheck(json).document(results);
        }
    }

    private void document(CheckResults results) {
        json.object(() -> {
            DocumentParts.head(json, "holdfast-check/1", results.version());
            json.array("targets", () -> {
                results.reports().forEach(report -> json.object(() -> target(report)));
                results.failures()
                        .forEach(failure -> json.object(() -> {
                            json.object("target", () -> json.text("given", failure.given()));
                            json.object(
                                    "error",
                                    () -> json.text("code", failure.code()).text("message", failure.message()));
                        }));
            });
        });
    }

    private void target(CheckReport report) {
        json.object("target", () -> json.text("given", report.given()).text("kind", report.kind()));
        json.object("files", () -> {
            report.judged().forEach((kind, files) -> json.number(kind.word(), files));
            json.number("other", report.foreign());
        });
        json.array("results", () -> report.results().forEach(result -> json.object(() -> result(result))));
        if (!report.excepted().isEmpty()) {
            json.array("exceptions", () -> report.excepted().forEach(one -> json.object(() -> excepted(one))));
        }
        DocumentParts.gaps(json, report.gaps());
        DocumentParts.verdict(
                json, report.verdict().outcome().word(), report.verdict().sentence());
    }

    private void excepted(Exceptions.Excepted one) {
        json.text("rule", one.finding().rule());
        json.text("severity", one.finding().severity().word());
        json.text("subject", one.finding().subject());
        json.text("path", one.finding().path());
        json.number("line", one.finding().place().line());
        json.text("reason", one.by().reason());
        if (!one.by().owner().isEmpty()) {
            json.text("owner", one.by().owner());
        }
        one.by().expires().ifPresent(day -> json.text("expires", day.toString()));
        json.text("exception", one.by().at().toString());
    }

    private void result(Result result) {
        json.text("rule", result.rule());
        json.text("status", result.status().word());
        json.text("severity", result.severity().word());
        if (result.status() == Status.FAIL && !result.severityReason().isEmpty()) {
            json.text("severityReason", result.severityReason());
        }
        json.text("subject", result.subject());
        json.text("path", result.path());
        json.number("line", result.place().line());
        json.number("column", result.place().column());
        if (!result.message().isEmpty()) {
            json.text("message", result.message());
        }
        if (!result.fix().isEmpty()) {
            json.text("fix", result.fix());
        }
    }
}
