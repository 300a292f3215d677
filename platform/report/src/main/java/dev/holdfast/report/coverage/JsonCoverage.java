package dev.holdfast.report.coverage;

import dev.holdfast.core.Gap;
import dev.holdfast.core.json.JsonWriter;
import dev.holdfast.inventory.ledger.Ledger;
import dev.holdfast.report.form.DocumentParts;
import java.io.OutputStream;
import java.util.List;

/** Writes a ledger as one JSON object of schema {@code holdfast-coverage/1}; the schema is in {@code docs/schema}. */
public final class JsonCoverage {
    /** So many unexplained files are listed; what may run comes first. */
    static final int MOST_LISTED = 10_000;

    private JsonCoverage() {}

    /** Writes the document and leaves the stream open. */
    public static void write(Ledger ledger, List<Gap> gaps, String version, OutputStream out) {
        try (JsonWriter json = new JsonWriter(out)) {
            json.object(() -> {
                DocumentParts.head(json, "holdfast-coverage/1", version);
                json.object("target", () -> {
                    json.text("given", ledger.target().given());
                    json.text("kind", ledger.target().kind().word());
                    ledger.target().digest().ifPresent(digest -> json.text("digest", digest.toString()));
                });
                json.object("coverage", () -> coverage(json, ledger));
                DocumentParts.gaps(json, gaps);
            });
        }
    }

    private static void coverage(JsonWriter json, Ledger ledger) {
        json.number("bytes", ledger.bytes());
        json.number("files", ledger.files());
        for (Ledger.Account account : ledger.accounts()) {
            json.object(account.standing().word(), () -> {
                json.number("bytes", account.bytes());
                json.number("files", account.files());
                if (account.owners() > 0) {
                    json.number("owners", account.owners());
                }
                json.object(
                        "natures",
                        () -> account.natures()
                                .forEach((nature, sum) -> json.object(
                                        nature.word(),
                                        () -> json.number("bytes", sum.bytes()).number("files", sum.files()))));
            });
        }
        List<Ledger.Unexplained> listed = ledger.unexplained()
                .subList(0, Math.min(MOST_LISTED, ledger.unexplained().size()));
        json.array(
                "unexplainedFiles",
                () -> listed.forEach(file -> json.object(() -> {
                    json.text("path", file.path());
                    json.number("bytes", file.bytes());
                    json.text("nature", file.nature().word());
                    json.flag("executable", file.isExecutable());
                })));
        if (listed.size() < ledger.unexplained().size()) {
            json.number("unexplainedLeftOut", ledger.unexplained().size() - listed.size());
        }
    }
}
