package dev.holdfast.compare;

import dev.holdfast.core.InputException;
import dev.holdfast.core.json.JsonCursor;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.inventory.PackageType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code grype --output json}.
 *
 * <pre>
 * { "matches": [ { "vulnerability": { "id", "severity", "fix": { "versions": [], "state" } },
 *                  "relatedVulnerabilities": [ { "id" } ],
 *                  "artifact": { "name", "version", "type", "purl", "locations": [ { "path" } ], "upstreams": [ { "name" } ] } } ],
 *   "ignoredMatches": [ { …, "appliedIgnoreRules": [ { "reason", "vulnerability" } ] } ],
 *   "source": { "target": { "userInput", "layers": [ { "digest" } ] } }, "descriptor": { "name", "version" } }
 * </pre>
 */
final class GrypeReport {
    private final Intake intake;

    private GrypeReport(Intake intake) {
        this.intake = intake;
    }

    static void read(JsonCursor cursor, Intake intake) throws InputException, IOException {
        GrypeReport report = new GrypeReport(intake);
        if (!cursor.enterObject()) {
            return;
        }
        while (cursor.nextMember()) {
            switch (cursor.name()) {
                case "matches" ->
                    Intake.each(cursor, "\"matches\"", (value, line) -> report.match(value, Optional.empty(), line));
                case "ignoredMatches" ->
                    Intake.each(
                            cursor,
                            "\"ignoredMatches\"",
                            (value, line) -> report.match(value, Optional.of(reason(value)), line));
                case "source" -> report.source(cursor.value().get("target"));
                case "descriptor" -> {
                    JsonValue descriptor = cursor.value();
                    intake.tool(Intake.text(descriptor, "name"), Intake.text(descriptor, "version"));
                }
                default -> cursor.skip();
            }
        }
    }

    /** A string for a folder, an object for an image. */
    private void source(JsonValue target) {
        intake.subject(target.text().orElseGet(() -> Intake.text(target, "userInput")));
        target.get("layers").elements().forEach(layer -> intake.layer(Intake.text(layer, "digest")));
    }

    private static String reason(JsonValue match) {
        for (JsonValue rule : match.get("appliedIgnoreRules").elements()) {
            String reason = Intake.text(rule, "reason");
            if (!reason.isEmpty()) {
                return reason;
            }
        }
        return "a rule of its configuration";
    }

    private void match(JsonValue match, Optional<String> ignored, int line) throws InputException {
        JsonValue flaw = match.get("vulnerability");
        JsonValue artifact = match.get("artifact");
        List<String> related = new ArrayList<>();
        match.get("relatedVulnerabilities").elements().forEach(each -> related.add(Intake.text(each, "id")));
        flaw.get("advisories").elements().forEach(each -> related.add(Intake.text(each, "id")));
        related.removeIf(String::isEmpty);
        intake.add(new Claim(
                Intake.required(flaw, "id", "a match's vulnerability", line),
                related,
                named(artifact, line),
                Intake.severity(Intake.text(flaw, "severity")),
                String.join(", ", flaw.at("fix", "versions").texts()),
                "",
                ignored,
                line));
    }

    /** The package URL tells the group of a Java library, which the name leaves out. */
    private static NamedPackage named(JsonValue artifact, int line) throws InputException {
        String name = Intake.required(artifact, "name", "a match's artifact", line);
        List<JsonValue> locations = artifact.get("locations").elements();
        String path = locations.isEmpty() ? "" : Intake.text(locations.getFirst(), "path");
        List<JsonValue> upstreams = artifact.get("upstreams").elements();
        Optional<String> source = upstreams.isEmpty()
                ? Optional.empty()
                : Optional.of(Intake.text(upstreams.getFirst(), "name")).filter(text -> !text.isEmpty());
        Optional<NamedPackage> byUrl = NamedPackage.of(Intake.text(artifact, "purl"), path);
        Optional<PackageType> type =
                byUrl.flatMap(NamedPackage::type).or(() -> Kinds.ofSyft(Intake.text(artifact, "type")));
        return new NamedPackage(
                type, byUrl.map(NamedPackage::name).orElse(name), Intake.text(artifact, "version"), source, path);
    }
}
