package dev.holdfast.compare;

import dev.holdfast.core.InputException;
import dev.holdfast.core.json.JsonCursor;
import dev.holdfast.core.json.JsonValue;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Reads our own {@code holdfast-scan/1} as if it were another tool's: yesterday's, or a colleague's. */
final class HoldfastReport {
    private HoldfastReport() {}

    static void read(JsonCursor cursor, Intake intake) throws InputException, IOException {
        if (!cursor.enterObject()) {
            return;
        }
        while (cursor.nextMember()) {
            if (cursor.name().equals("tool")) {
                intake.tool("", Intake.text(cursor.value(), "version"));
            } else if (cursor.name().equals("targets") && Intake.enterList(cursor, "\"targets\"")) {
                while (cursor.nextElement()) {
                    target(cursor, intake);
                }
            } else if (!cursor.name().equals("targets")) {
                cursor.skip();
            }
        }
    }

    private static void target(JsonCursor cursor, Intake intake) throws InputException, IOException {
        if (!cursor.enterObject()) {
            throw Intake.wrong(cursor.line(), "a target that is no object");
        }
        while (cursor.nextMember()) {
            switch (cursor.name()) {
                case "target" -> intake.subject(Intake.text(cursor.value(), "given"));
                case "layers" ->
                    Intake.each(cursor, "\"layers\"", (value, line) -> intake.layer(Intake.text(value, "digest")));
                case "packages" ->
                    Intake.each(cursor, "\"packages\"", (value, line) -> {
                        Optional<NamedPackage> named = NamedPackage.of(Intake.text(value, "purl"), "");
                        if (named.isPresent()) {
                            intake.sees(named.get());
                        }
                    });
                case "findings" ->
                    Intake.each(cursor, "\"findings\"", (value, line) -> claim(value, Optional.empty(), line, intake));
                case "suppressed" ->
                    Intake.each(
                            cursor,
                            "\"suppressed\"",
                            (value, line) -> claim(value, Optional.of(Intake.text(value, "status")), line, intake));
                default -> cursor.skip();
            }
        }
    }

    private static void claim(JsonValue value, Optional<String> ignored, int line, Intake intake)
            throws InputException {
        String kind = Intake.text(value, "kind");
        if (!kind.equals("vulnerability") && !kind.equals("malware")) {
            return;
        }
        List<JsonValue> places = value.get("locations").elements();
        String path = places.isEmpty() ? "" : Intake.text(places.getFirst(), "path");
        String url = Intake.required(value, "package", "a finding", line);
        Optional<NamedPackage> about = NamedPackage.of(url, path);
        if (about.isEmpty()) {
            throw Intake.wrong(line, "\"" + url + "\" is no package URL");
        }
        intake.add(new Claim(
                Intake.required(value, "id", "a finding", line),
                value.get("aliases").texts(),
                about.get(),
                Intake.severity(Intake.text(value, "severity")),
                Intake.text(value, "fixedIn"),
                "",
                ignored,
                line));
    }
}
