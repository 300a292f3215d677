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
 * Reads {@code trivy image --format json}.
 *
 * <pre>
 * { "SchemaVersion": 2, "Trivy": { "Version" }, "ArtifactName", "Metadata": { "DiffIDs": [] },
 *   "Results": [ { "Target", "Class", "Type",
 *     "Packages":        [ { "Name", "Version", "Release", "Epoch", "SrcName", "FilePath", "Identifier": { "PURL" } } ],
 *     "Vulnerabilities": [ { "VulnerabilityID", "VendorIDs": [], "PkgName", "PkgPath", "PkgIdentifier": { "PURL" },
 *                            "InstalledVersion", "FixedVersion", "Severity", "PublishedDate" } ],
 *     "ExperimentalModifiedFindings": [ { "Type": "vulnerability", "Status", "Statement", "Finding": { … } } ] } ] }
 * </pre>
 *
 * Before schema 2 the document is the list of results alone.
 */
final class TrivyReport {
    private final Intake intake;

    private TrivyReport(Intake intake) {
        this.intake = intake;
    }

    static void read(JsonCursor cursor, Intake intake) throws InputException, IOException {
        TrivyReport report = new TrivyReport(intake);
        if (cursor.isArray()) {
            report.results(cursor);
            return;
        }
        if (cursor.enterObject()) {
            while (cursor.nextMember()) {
                switch (cursor.name()) {
                    case "Trivy" -> intake.tool("", Intake.text(cursor.value(), "Version"));
                    case "ArtifactName" -> intake.subject(cursor.text().orElse(""));
                    case "Metadata" -> cursor.value().get("DiffIDs").texts().forEach(intake::layer);
                    case "Results" -> report.results(cursor);
                    default -> cursor.skip();
                }
            }
        }
    }

    private void results(JsonCursor cursor) throws InputException, IOException {
        if (!Intake.enterList(cursor, "\"Results\"")) {
            return;
        }
        while (cursor.nextElement()) {
            result(cursor);
        }
    }

    /** A flaw found before the kind of its result is known: the order of members is free. */
    private record Found(JsonValue value, Optional<String> ignored, int line) {}

    private void result(JsonCursor cursor) throws InputException, IOException {
        String target = "";
        String type = "";
        List<Found> found = new ArrayList<>();
        List<JsonValue> packages = new ArrayList<>();
        if (!cursor.enterObject()) {
            throw Intake.wrong(cursor.line(), "a result that is no object");
        }
        while (cursor.nextMember()) {
            switch (cursor.name()) {
                case "Target" -> target = cursor.text().orElse("");
                case "Type" -> type = cursor.text().orElse("");
                case "Packages" -> Intake.each(cursor, "\"Packages\"", (value, line) -> packages.add(value));
                case "Vulnerabilities" ->
                    Intake.each(
                            cursor,
                            "\"Vulnerabilities\"",
                            (value, line) -> found.add(new Found(value, Optional.empty(), line)));
                case "ExperimentalModifiedFindings" ->
                    Intake.each(cursor, "\"ExperimentalModifiedFindings\"", (value, line) -> {
                        if (Intake.text(value, "Type").equals("vulnerability")) {
                            found.add(new Found(value.get("Finding"), Optional.of(reason(value)), line));
                        }
                    });
                default -> cursor.skip();
            }
        }
        Optional<PackageType> kind = Kinds.ofTrivy(type);
        String path = kind.map(PackageType::isOfDistribution).orElse(false) ? "" : target;
        for (JsonValue each : packages) {
            intake.sees(named(each, kind, path, version(each), "Name", "FilePath", "Identifier"));
        }
        for (Found each : found) {
            claim(each, kind, path);
        }
    }

    private static String reason(JsonValue modified) {
        String statement = Intake.text(modified, "Statement");
        return statement.isEmpty() ? Intake.text(modified, "Status") : statement;
    }

    private void claim(Found found, Optional<PackageType> kind, String target) throws InputException {
        JsonValue value = found.value();
        Intake.required(value, "PkgName", "a vulnerability", found.line());
        intake.add(new Claim(
                Intake.required(value, "VulnerabilityID", "a vulnerability", found.line()),
                value.get("VendorIDs").texts(),
                named(
                        value,
                        kind,
                        target,
                        Intake.text(value, "InstalledVersion"),
                        "PkgName",
                        "PkgPath",
                        "PkgIdentifier"),
                Intake.severity(Intake.text(value, "Severity")),
                Intake.text(value, "FixedVersion"),
                Intake.day(Intake.text(value, "PublishedDate")),
                found.ignored(),
                found.line()));
    }

    private static NamedPackage named(
            JsonValue value, Optional<PackageType> kind, String target, String version, String... members) {
        String path = Intake.text(value, members[1]);
        Optional<PackageType> byUrl =
                NamedPackage.of(Intake.text(value, members[2], "PURL"), "").flatMap(NamedPackage::type);
        return new NamedPackage(
                byUrl.or(() -> kind),
                Intake.text(value, members[0]),
                version,
                Optional.of(Intake.text(value, "SrcName")).filter(name -> !name.isEmpty()),
                path.isEmpty() ? target : path);
    }

    private static String version(JsonValue entry) {
        String release = Intake.text(entry, "Release");
        long epoch = entry.get("Epoch").integer().orElse(0L);
        return (epoch == 0 ? "" : epoch + ":")
                + Intake.text(entry, "Version")
                + (release.isEmpty() ? "" : "-" + release);
    }
}
