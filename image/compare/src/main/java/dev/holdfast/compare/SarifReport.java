package dev.holdfast.compare;

import dev.holdfast.core.InputException;
import dev.holdfast.core.json.JsonCursor;
import dev.holdfast.core.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the vulnerabilities of a SARIF 2.1.0 log, where it names packages: Docker Scout's rules carry their package URLs ({@code
 * properties.purls}), Trivy's messages have lines {@code Package:} and {@code Installed Version:}. SARIF has no place of its own for a
 * package, so a log that names none in either way is refused with a word on what to give instead.
 *
 * <pre>
 * { "runs": [ { "tool": { "driver": { "name", "version", "rules": [ { "id", "properties": { "purls": [], "fixed_version", "tags" } } ] } },
 *               "results": [ { "ruleId", "ruleIndex", "message": { "text" },
 *                              "locations": [ { "physicalLocation": { "artifactLocation": { "uri" } } } ], "suppressions": [] } ] } ] }
 * </pre>
 */
final class SarifReport {
    private final Intake intake;

    private SarifReport(Intake intake) {
        this.intake = intake;
    }

    static void read(JsonCursor cursor, Intake intake) throws InputException, IOException {
        SarifReport report = new SarifReport(intake);
        if (!cursor.enterObject()) {
            return;
        }
        while (cursor.nextMember()) {
            if (cursor.name().equals("runs") && Intake.enterList(cursor, "\"runs\"")) {
                while (cursor.nextElement()) {
                    report.run(cursor);
                }
            } else if (!cursor.name().equals("runs")) {
                cursor.skip();
            }
        }
    }

    private record Result(JsonValue value, int line) {}

    private void run(JsonCursor cursor) throws InputException, IOException {
        List<JsonValue> rules = List.of();
        List<Result> results = new ArrayList<>();
        if (!cursor.enterObject()) {
            throw Intake.wrong(cursor.line(), "a run that is no object");
        }
        while (cursor.nextMember()) {
            switch (cursor.name()) {
                case "tool" -> {
                    JsonValue driver = cursor.value().get("driver");
                    intake.tool(Intake.text(driver, "name"), Intake.text(driver, "version"));
                    rules = driver.get("rules").elements();
                }
                case "results" ->
                    Intake.each(cursor, "\"results\"", (value, line) -> results.add(new Result(value, line)));
                default -> cursor.skip();
            }
        }
        Map<String, JsonValue> byId = new HashMap<>();
        rules.forEach(rule -> byId.putIfAbsent(Intake.text(rule, "id"), rule));
        for (Result result : results) {
            claims(result, byId, rules);
        }
    }

    private void claims(Result result, Map<String, JsonValue> byId, List<JsonValue> rules) throws InputException {
        long index = result.value().get("ruleIndex").integer().orElse(-1L);
        JsonValue byIndex = index >= 0 && index < rules.size() ? rules.get((int) index) : JsonValue.JsonNull.NULL;
        String given = Intake.text(result.value(), "ruleId");
        String id = given.isEmpty() ? Intake.text(byIndex, "id") : given;
        if (id.isEmpty()) {
            throw Intake.wrong(result.line(), "a result without \"ruleId\"");
        }
        JsonValue rule = byId.getOrDefault(id, byIndex);
        List<NamedPackage> packages = packages(result.value(), rule);
        if (packages.isEmpty()) {
            throw Intake.wrong(
                    result.line(), "a result that names no package: give the tool's own JSON instead of its SARIF");
        }
        for (NamedPackage about : packages) {
            intake.add(new Claim(
                    id,
                    List.of(),
                    about,
                    severity(rule, result.value()),
                    fixed(rule),
                    "",
                    suppression(result.value()),
                    result.line()));
        }
    }

    private static String fixed(JsonValue rule) {
        String version = Intake.text(rule, "properties", "fixed_version");
        return version.equals("not fixed") ? "" : version;
    }

    private static Optional<dev.holdfast.core.Severity> severity(JsonValue rule, JsonValue result) {
        for (String tag : rule.at("properties", "tags").texts()) {
            Optional<dev.holdfast.core.Severity> severity = Intake.severity(tag);
            if (severity.isPresent()) {
                return severity;
            }
        }
        return Intake.severity(line(Intake.text(result, "message", "text"), "Severity:"));
    }

    private static Optional<String> suppression(JsonValue result) {
        for (JsonValue each : result.get("suppressions").elements()) {
            String status = Intake.text(each, "status");
            if (status.isEmpty() || status.equals("accepted")) {
                String why = Intake.text(each, "justification");
                return Optional.of(why.isEmpty() ? "suppressed in the report" : why);
            }
        }
        return Optional.empty();
    }

    private static List<NamedPackage> packages(JsonValue result, JsonValue rule) {
        List<JsonValue> locations = result.get("locations").elements();
        String path = locations.isEmpty()
                ? ""
                : Intake.text(locations.getFirst(), "physicalLocation", "artifactLocation", "uri");
        List<NamedPackage> packages = new ArrayList<>();
        for (String url : rule.at("properties", "purls").texts()) {
            NamedPackage.of(url, path).ifPresent(packages::add);
        }
        String message = Intake.text(result, "message", "text");
        String name = line(message, "Package:");
        if (packages.isEmpty() && !name.isEmpty()) {
            packages.add(NamedPackage.of(name, path)
                    .orElseGet(() -> new NamedPackage(
                            Optional.empty(), name, line(message, "Installed Version:"), Optional.empty(), path)));
        }
        return packages;
    }

    /** What follows a label at the beginning of a line. */
    private static String line(String message, String label) {
        for (String line : message.split("\n", -1)) {
            String text = line.strip();
            if (text.startsWith(label)) {
                return text.substring(label.length()).strip();
            }
        }
        return "";
    }
}
