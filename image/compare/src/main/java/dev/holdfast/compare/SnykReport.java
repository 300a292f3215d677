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
 * Reads {@code snyk container test --json}: one object, or a list of them.
 *
 * <pre>
 * { "path", "packageManager": "deb", "displayTargetFile",
 *   "vulnerabilities": [ { "id", "identifiers": { "CVE": [], "GHSA": [] }, "name": "glibc/libc6", "packageName", "version", "severity",
 *                          "packageManager", "nearestFixedInVersion", "fixedIn": [], "publicationTime" } ],
 *   "filtered": { "ignore": [ { …, "filtered": { "ignored": [ { "reason" } ] } } ], "patch": [] },
 *   "applications": [ { … the same for a language's packages … } ] }
 * </pre>
 *
 * A distribution's package is named {@code source/binary}; a flaw stands once for each way by which a package came in.
 */
final class SnykReport {
    private final Intake intake;

    private SnykReport(Intake intake) {
        this.intake = intake;
    }

    static void read(JsonCursor cursor, Intake intake) throws InputException, IOException {
        SnykReport report = new SnykReport(intake);
        if (cursor.isArray()) {
            report.projects(cursor, "the report");
        } else {
            report.project(cursor);
        }
    }

    private void projects(JsonCursor cursor, String what) throws InputException, IOException {
        if (!Intake.enterList(cursor, what)) {
            return;
        }
        while (cursor.nextElement()) {
            project(cursor);
        }
    }

    /** A flaw found before the kind of its project is known. */
    private record Found(JsonValue value, Optional<String> ignored, int line) {}

    private void project(JsonCursor cursor) throws InputException, IOException {
        String manager = "";
        String path = "";
        List<Found> found = new ArrayList<>();
        if (!cursor.enterObject()) {
            throw Intake.wrong(cursor.line(), "a project that is no object");
        }
        while (cursor.nextMember()) {
            switch (cursor.name()) {
                case "path" -> intake.subject(cursor.text().orElse(""));
                case "packageManager" -> manager = cursor.text().orElse("");
                case "displayTargetFile", "targetFile" -> path = cursor.text().orElse(path);
                case "applications" -> projects(cursor, "\"applications\"");
                case "vulnerabilities" ->
                    Intake.each(
                            cursor,
                            "\"vulnerabilities\"",
                            (value, line) -> found.add(new Found(value, Optional.empty(), line)));
                case "filtered" -> filtered(cursor.value(), found, cursor.line());
                default -> cursor.skip();
            }
        }
        for (Found each : found) {
            claim(each, manager, path);
        }
    }

    private static void filtered(JsonValue filtered, List<Found> found, int line) {
        for (String kind : List.of("ignore", "patch")) {
            for (JsonValue each : filtered.get(kind).elements()) {
                List<JsonValue> rules = each.at("filtered", "ignored").elements();
                String reason = rules.isEmpty() ? "" : Intake.text(rules.getFirst(), "reason");
                found.add(new Found(each, Optional.of(reason.isEmpty() ? "a policy (" + kind + ")" : reason), line));
            }
        }
    }

    private void claim(Found found, String manager, String path) throws InputException {
        JsonValue value = found.value();
        String id = Intake.required(value, "id", "a vulnerability", found.line());
        List<String> aliases = new ArrayList<>(value.at("identifiers", "CVE").texts());
        aliases.addAll(value.at("identifiers", "GHSA").texts());
        String own = Intake.text(value, "packageManager");
        String nearest = Intake.text(value, "nearestFixedInVersion");
        boolean isLicence = Intake.text(value, "type").equals("license");
        if (isLicence) {
            return;
        }
        intake.add(new Claim(
                aliases.isEmpty() ? id : aliases.removeFirst(),
                with(aliases, id),
                named(value, Kinds.ofSnyk(own.split(":", -1)[0]).or(() -> Kinds.ofSnyk(manager)), path, found.line()),
                Intake.severity(Intake.text(value, "severity")),
                nearest.isEmpty() ? String.join(", ", value.get("fixedIn").texts()) : nearest,
                Intake.day(Intake.text(value, "publicationTime")),
                found.ignored(),
                found.line()));
    }

    private static List<String> with(List<String> aliases, String id) {
        if (!aliases.contains(id)) {
            aliases.add(id);
        }
        return aliases;
    }

    private static NamedPackage named(JsonValue value, Optional<PackageType> type, String path, int line)
            throws InputException {
        String name = Intake.text(value, "name");
        if (name.isEmpty()) {
            name = Intake.required(value, "packageName", "a vulnerability", line);
        }
        boolean ofDistribution = type.map(PackageType::isOfDistribution).orElse(false);
        int slash = ofDistribution ? name.indexOf('/') : -1;
        return new NamedPackage(
                type,
                name.substring(slash + 1),
                Intake.text(value, "version"),
                slash < 0 ? Optional.empty() : Optional.of(name.substring(0, slash)),
                path);
    }
}
