package dev.holdfast.report.form;

import dev.holdfast.core.Severity;
import dev.holdfast.core.json.JsonWriter;
import java.io.OutputStream;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * A SARIF 2.1.0 log (OASIS, errata 01): one run a target. A run tells the tool with its rules, how it went with what could not be seen, and
 * its results. Here is what every log of ours has in common; what a result is about, its writer says.
 */
public final class SarifLog {
    private final JsonWriter json;
    private final String version;

    private SarifLog(JsonWriter json, String version) {
        this.json = json;
        this.version = version;
    }

    /**
     * What a result may be of.
     *
     * @param description why it matters; empty for none
     * @param score from 0 to 10, what code-scanning services sort by
     * @param kind the tag that tells it from other kinds
     */
    public record Rule(String id, String title, String description, Severity severity, double score, String kind) {}

    /** Writes the log and leaves the stream open; each run is an object. */
    public static void write(String version, OutputStream out, Consumer<SarifLog> runs) {
        try (JsonWriter json = new JsonWriter(out)) {
            SarifLog log = new SarifLog(json, version);
            json.object(() -> {
                json.text(
                        "$schema",
                        "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json");
                json.text("version", "2.1.0");
                json.array("runs", () -> runs.accept(log));
            });
        }
    }

    /** Where this log is written to. */
    public JsonWriter json() {
        return json;
    }

    public void tool(Collection<Rule> rules) {
        json.object(
                "tool",
                () -> json.object("driver", () -> {
                    json.text("name", "Holdfast");
                    json.text("version", version);
                    json.text("semanticVersion", version);
                    json.array("rules", () -> rules.forEach(rule -> json.object(() -> rule(rule))));
                }));
    }

    private void rule(Rule rule) {
        json.text("id", rule.id());
        json.object("shortDescription", () -> json.text("text", rule.title()));
        if (!rule.description().isEmpty()) {
            json.object("fullDescription", () -> json.text("text", rule.description()));
        }
        json.object("defaultConfiguration", () -> json.text("level", level(rule.severity())));
        json.object("properties", () -> {
            json.text("security-severity", String.format(Locale.ROOT, "%.1f", rule.score()));
            json.texts("tags", List.of("security", rule.kind(), rule.severity().word()));
        });
    }

    /** How the run went; inside of it stand arrays of notifications. */
    public void invocation(Runnable notifications) {
        json.array(
                "invocations",
                () -> json.object(() -> {
                    json.flag("executionSuccessful", true);
                    notifications.run();
                }));
    }

    public void notification(String id, String text) {
        json.object(() -> {
            json.object("descriptor", () -> json.text("id", id));
            json.text("level", "warning");
            json.object("message", () -> json.text("text", text));
        });
    }

    /** The head of a result, inside of its object. */
    public void result(String rule, int index, Severity severity, String message) {
        json.text("ruleId", rule);
        json.number("ruleIndex", index);
        json.text("level", level(severity));
        json.object("message", () -> json.text("text", message));
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case CRITICAL, HIGH -> "error";
            case MEDIUM, UNKNOWN -> "warning";
            case LOW, NEGLIGIBLE -> "note";
        };
    }

    /** The middle of the severity's band: the score where there is none. */
    public static double score(Severity severity) {
        return switch (severity) {
            case CRITICAL -> 9.5;
            case HIGH -> 8.0;
            case MEDIUM -> 5.5;
            case LOW -> 2.0;
            case NEGLIGIBLE, UNKNOWN -> 0.0;
        };
    }
}
