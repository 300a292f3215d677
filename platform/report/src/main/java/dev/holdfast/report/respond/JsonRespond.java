package dev.holdfast.report.respond;

import dev.holdfast.core.json.JsonWriter;
import dev.holdfast.report.form.DocumentParts;
import dev.holdfast.respond.InForce;
import dev.holdfast.respond.Outcome;
import dev.holdfast.respond.journal.Entry;
import dev.holdfast.respond.journal.History;
import java.io.OutputStream;
import java.util.List;

/** What was done to containers, and what is in force, {@code docs/schema/holdfast-respond-1.json}. */
public final class JsonRespond {
    private JsonRespond() {}

    public static void outcomes(List<Outcome> outcomes, boolean acts, String version, OutputStream out) {
        document(version, out, json -> {
            json.flag("acted", acts);
            json.array(
                    "outcomes",
                    () -> outcomes.forEach(outcome -> json.object(() -> {
                        json.text("result", outcome.result().word())
                                .text("action", outcome.action())
                                .text("container", outcome.container())
                                .text("group", outcome.group());
                        outcome.entry().ifPresent(entry -> json.number("entry", entry));
                        json.text("sentence", outcome.sentence()).texts("notes", outcome.notes());
                    })));
        });
    }

    public static void inForce(List<InForce> inForce, History history, String version, OutputStream out) {
        document(version, out, json -> {
            json.array(
                    "inForce",
                    () -> inForce.forEach(each -> json.object(() -> {
                        json.text("action", each.action().word());
                        if (!each.container().isEmpty()) {
                            json.text("container", each.container());
                        }
                        json.text("group", each.group());
                        json.texts(
                                "entries",
                                each.entries().stream().map(String::valueOf).toList());
                        each.since().ifPresent(since -> json.text("since", since.toString()));
                        if (!each.by().isEmpty()) {
                            json.text("by", each.by());
                        }
                        json.texts("notes", each.notes());
                    })));
            journal(json, history);
        });
    }

    public static void history(History history, String version, OutputStream out) {
        document(version, out, json -> {
            json.array("entries", () -> history.entries().forEach(entry -> json.object(() -> entry(json, entry))));
            journal(json, history);
        });
    }

    private static void entry(JsonWriter json, Entry entry) {
        json.number("number", entry.number())
                .text("time", entry.time().toString())
                .text("kind", entry.kind().word());
        if (entry.of() > 0) {
            json.number("of", entry.of());
        }
        entry.action().ifPresent(action -> json.text("action", action.word()));
        entry.subject()
                .ifPresent(subject -> json.text("container", subject.name()).text("group", subject.group()));
        if (!entry.result().isEmpty()) {
            json.text("result", entry.result());
        }
        if (!entry.by().isEmpty()) {
            json.text("by", entry.by());
        }
        if (!entry.text().isEmpty()) {
            json.text("text", entry.text());
        }
    }

    private static void journal(JsonWriter json, History history) {
        json.object(
                "journal",
                () -> json.number("lines", history.lines())
                        .text("last", history.last().toString())
                        .flag("sound", history.isSound())
                        .texts("problems", history.problems()));
    }

    private static void document(String version, OutputStream out, java.util.function.Consumer<JsonWriter> body) {
        try (JsonWriter json = new JsonWriter(out)) {
            json.object(() -> {
                DocumentParts.head(json, "holdfast-respond/1", version);
                body.accept(json);
            });
        }
    }
}
