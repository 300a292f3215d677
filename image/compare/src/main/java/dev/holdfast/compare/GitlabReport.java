package dev.holdfast.compare;

import dev.holdfast.core.InputException;
import dev.holdfast.core.json.JsonCursor;
import dev.holdfast.core.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads GitLab's container-scanning report, which Docker Scout ({@code --format gitlab}), Trivy and others write.
 *
 * <pre>
 * { "version", "scan": { "scanner": { "name", "version" } },
 *   "vulnerabilities": [ { "id", "name", "severity", "solution", "identifiers": [ { "type", "name", "value" } ],
 *       "location": { "operating_system", "image", "dependency": { "package": { "name" }, "version" } } } ] }
 * </pre>
 */
final class GitlabReport {
    private GitlabReport() {}

    static void read(JsonCursor cursor, Intake intake) throws InputException, IOException {
        if (!cursor.enterObject()) {
            return;
        }
        while (cursor.nextMember()) {
            switch (cursor.name()) {
                case "scan" -> {
                    JsonValue scanner = cursor.value().get("scanner");
                    intake.tool(Intake.text(scanner, "name"), Intake.text(scanner, "version"));
                }
                case "vulnerabilities" ->
                    Intake.each(cursor, "\"vulnerabilities\"", (value, line) -> claim(value, line, intake));
                default -> cursor.skip();
            }
        }
    }

    private static void claim(JsonValue value, int line, Intake intake) throws InputException {
        List<String> ids = new ArrayList<>();
        for (JsonValue identifier : value.get("identifiers").elements()) {
            String text = Intake.text(identifier, "value");
            boolean isWeakness = Intake.text(identifier, "type").equals("cwe");
            if (!text.isEmpty() && !isWeakness) {
                ids.add(text);
            }
        }
        if (ids.isEmpty()) {
            throw Intake.wrong(line, "a vulnerability without identifiers");
        }
        JsonValue dependency = value.at("location", "dependency");
        String name = Intake.required(dependency.get("package"), "name", "a vulnerability's package", line);
        intake.subject(Intake.text(value, "location", "image"));
        intake.add(new Claim(
                ids.removeFirst(),
                ids,
                NamedPackage.of(name, "")
                        .orElseGet(() -> new NamedPackage(
                                Optional.empty(), name, Intake.text(dependency, "version"), Optional.empty(), "")),
                Intake.severity(Intake.text(value, "severity")),
                "",
                "",
                Optional.empty(),
                line));
    }
}
