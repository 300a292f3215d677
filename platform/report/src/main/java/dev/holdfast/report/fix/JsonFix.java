package dev.holdfast.report.fix;

import dev.holdfast.core.Finding;
import dev.holdfast.core.json.JsonWriter;
import dev.holdfast.report.form.DocumentParts;
import dev.holdfast.scan.fix.FixPlan;
import dev.holdfast.scan.fix.Step;
import java.io.OutputStream;
import java.util.Locale;

/** Writes a fix plan as JSON of schema {@code holdfast-fix/1}. */
public final class JsonFix {
    private JsonFix() {}

    public static void write(FixPlan plan, String version, OutputStream out) {
        try (JsonWriter json = new JsonWriter(out)) {
            json.object(() -> {
                DocumentParts.head(json, "holdfast-fix/1", version);
                json.text("target", plan.target());
                json.number("findings", plan.findings());
                json.number("removed", plan.removed());
                json.array("steps", () -> plan.steps().forEach(step -> json.object(() -> step(json, step))));
                json.array(
                        "rest",
                        () -> plan.rest()
                                .forEach(rest -> json.object(() -> json.text("reason", rest.reason())
                                        .number("findings", rest.findings())
                                        .texts("packages", rest.packages()))));
            });
        }
    }

    private static void step(JsonWriter json, Step step) {
        json.text("kind", step.kind().name().toLowerCase(Locale.ROOT));
        json.array(
                "upgrades",
                () -> step.upgrades()
                        .forEach(upgrade -> json.object(() -> json.text("name", upgrade.name())
                                .text("from", upgrade.from())
                                .text("to", upgrade.to())
                                .flag("major", upgrade.isMajor()))));
        if (!step.places().isEmpty()) {
            json.texts("places", step.places().stream().map(Finding.Place::path).toList());
        }
        if (!step.instruction().isEmpty()) {
            json.text("instruction", step.instruction());
        }
        json.number("findings", step.findings());
        json.number("critical", step.critical());
        json.number("exploited", step.exploited());
        json.texts("commands", step.commands());
    }
}
