package dev.holdfast.compare;

import dev.holdfast.core.InputException;
import dev.holdfast.core.json.JsonCursor;
import dev.holdfast.core.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code osv-scanner --format json}.
 *
 * <pre>
 * { "results": [ { "source": { "path", "type" },
 *     "packages": [ { "package": { "name", "os_package_name", "version", "ecosystem" },
 *                     "vulnerabilities": [ { "id", "aliases": [], "upstream": [], "published", "affected": [ … ] } ],
 *                     "groups": [ { "ids": [], "aliases": [], "max_severity" } ] } ] } ] }
 * </pre>
 *
 * The name is that of the source package where a distribution's advisories are about those. A package without vulnerabilities stands there
 * only when every package was asked for.
 */
final class OsvScannerReport {
    private final Intake intake;

    private OsvScannerReport(Intake intake) {
        this.intake = intake;
    }

    static void read(JsonCursor cursor, Intake intake) throws InputException, IOException {
        OsvScannerReport report = new OsvScannerReport(intake);
        if (!cursor.enterObject()) {
            return;
        }
        while (cursor.nextMember()) {
            switch (cursor.name()) {
                case "results" -> report.results(cursor);
                case "image_metadata" -> {
                    for (JsonValue layer : cursor.value().get("layer_metadata").elements()) {
                        intake.layer(Intake.text(layer, "diff_id"));
                    }
                }
                default -> cursor.skip();
            }
        }
    }

    private void results(JsonCursor cursor) throws InputException, IOException {
        if (!Intake.enterList(cursor, "\"results\"")) {
            return;
        }
        while (cursor.nextElement()) {
            String path = "";
            if (!cursor.enterObject()) {
                throw Intake.wrong(cursor.line(), "a result that is no object");
            }
            while (cursor.nextMember()) {
                switch (cursor.name()) {
                    case "source" -> path = Intake.text(cursor.value(), "path");
                    case "packages" -> {
                        String from = path;
                        Intake.each(cursor, "\"packages\"", (value, line) -> entry(value, from, line));
                    }
                    default -> cursor.skip();
                }
            }
        }
    }

    private void entry(JsonValue entry, String path, int line) throws InputException {
        JsonValue named = entry.get("package");
        String name = Intake.required(named, "name", "a package", line);
        String binary = Intake.text(named, "os_package_name");
        NamedPackage about = new NamedPackage(
                Kinds.ofOsv(Intake.text(named, "ecosystem")),
                binary.isEmpty() ? name : binary,
                Intake.text(named, "version"),
                binary.isEmpty() ? Optional.empty() : Optional.of(name),
                path);
        List<JsonValue> flaws = entry.get("vulnerabilities").elements();
        if (flaws.isEmpty()) {
            intake.sees(about);
        }
        for (JsonValue flaw : flaws) {
            String id = Intake.required(flaw, "id", "a vulnerability of " + name, line);
            List<String> aliases = new ArrayList<>(flaw.get("aliases").texts());
            aliases.addAll(flaw.get("upstream").texts());
            intake.add(new Claim(
                    id,
                    aliases,
                    about,
                    Intake.severity(Intake.text(flaw, "database_specific", "severity")),
                    fixed(flaw, name),
                    Intake.day(Intake.text(flaw, "published")),
                    Optional.empty(),
                    line));
        }
    }

    /** The fixes that the record names for this package. */
    private static String fixed(JsonValue flaw, String name) {
        List<String> fixes = new ArrayList<>();
        for (JsonValue affected : flaw.get("affected").elements()) {
            if (!Intake.text(affected, "package", "name").equals(name)) {
                continue;
            }
            for (JsonValue range : affected.get("ranges").elements()) {
                for (JsonValue event : range.get("events").elements()) {
                    String fix = Intake.text(event, "fixed");
                    if (!fix.isEmpty() && !fixes.contains(fix)) {
                        fixes.add(fix);
                    }
                }
            }
        }
        return String.join(", ", fixes);
    }
}
