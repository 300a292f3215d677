package dev.holdfast.report;

import dev.holdfast.core.Severity;
import dev.holdfast.core.json.JsonWriter;

/** What every SARIF 2.1.0 log of ours (OASIS, errata 01) has in common. */
final class SarifLog {
    private SarifLog() {}

    /** The log around its runs; each run writes an object. */
    static void write(JsonWriter json, Runnable runs) {
        json.object(() -> {
            json.text(
                    "$schema",
                    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json");
            json.text("version", "2.1.0");
            json.array("runs", runs);
        });
    }

    /** What could not be seen, inside of an object. */
    static void notification(JsonWriter json, String id, String text) {
        json.object("descriptor", () -> json.text("id", id));
        json.text("level", "warning");
        json.object("message", () -> json.text("text", text));
    }

    static String level(Severity severity) {
        return switch (severity) {
            case CRITICAL, HIGH -> "error";
            case MEDIUM, UNKNOWN -> "warning";
            case LOW, NEGLIGIBLE -> "note";
        };
    }

    /** The middle of the severity's band: what code-scanning services sort by where there is no score. */
    static double numeric(Severity severity) {
        return switch (severity) {
            case CRITICAL -> 9.5;
            case HIGH -> 8.0;
            case MEDIUM -> 5.5;
            case LOW -> 2.0;
            case NEGLIGIBLE, UNKNOWN -> 0.0;
        };
    }
}
