package dev.holdfast.report.form;

import dev.holdfast.core.Gap;
import dev.holdfast.core.json.JsonWriter;
import java.util.List;

/** What the JSON documents of all our commands have in common. Each writes members into an object that is open. */
public final class DocumentParts {
    private DocumentParts() {}

    /** Which schema it is of, and which of our versions wrote it. */
    public static void head(JsonWriter json, String schema, String version) {
        json.text("schema", schema);
        json.object("tool", () -> json.text("version", version));
    }

    /** What could not be seen. */
    public static void gaps(JsonWriter json, List<Gap> gaps) {
        json.array(
                "gaps",
                () -> gaps.forEach(
                        gap -> json.object(() -> json.text("code", gap.code().word())
                                .text("subject", gap.subject())
                                .text("detail", gap.detail()))));
    }

    /** What the exit code says, and the sentence that says why. */
    public static void verdict(JsonWriter json, String outcome, String sentence) {
        json.object("verdict", () -> json.text("outcome", outcome).text("sentence", sentence));
    }
}
