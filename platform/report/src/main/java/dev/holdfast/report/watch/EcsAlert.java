package dev.holdfast.report.watch;

import dev.holdfast.core.json.JsonWriter;
import dev.holdfast.rules.Priority;
import dev.holdfast.watch.alert.Alert;
import dev.holdfast.watch.alert.AlertFormat;
import dev.holdfast.watch.alert.Subject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** An alert as one line of JSON in the shape of the Elastic Common Schema, version 8; what the schema has no field for is under {@code holdfast}. */
public final class EcsAlert implements AlertFormat {
    private static final String VERSION = "8.17.0";

    @Override
    public String print(Alert alert) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(1 << 10);
        try (JsonWriter json = JsonWriter.oneLine(line)) {
            json.object(() -> {
                json.text("@timestamp", alert.instant().toString())
                        .text("message", alert.text())
                        .texts("tags", alert.tags())
                        .object("ecs", () -> json.text("version", VERSION))
                        .object("event", () -> event(json, alert))
                        .object("rule", () -> json.text("name", alert.rule()).text("ruleset", "holdfast"))
                        .object(
                                "log",
                                () -> json.text("level", alert.priority().word().toLowerCase(Locale.ROOT)));
                if (!alert.hostname().isEmpty()) {
                    json.object("host", () -> json.text("hostname", alert.hostname()));
                }
                place(json, alert.subject());
                actor(json, alert.subject());
                threat(json, alert);
                json.object("holdfast", () -> {
                    json.object(
                            "output_fields",
                            () -> alert.fields().forEach((name, value) -> JsonAlert.write(json, name, value)));
                    if (alert.heldBack() > 0) {
                        json.number("held_back", alert.heldBack());
                    }
                });
            });
        }
        return line.toString(StandardCharsets.UTF_8).strip();
    }

    private static void event(JsonWriter json, Alert alert) {
        json.text("kind", "alert")
                .texts("category", List.of("intrusion_detection"))
                .texts("type", List.of("info"))
                .text("module", "holdfast")
                .text("dataset", "holdfast.alert")
                .text("provider", alert.source())
                .number("severity", severity(alert.priority()));
    }

    /** From 0, harmless, to 100, as Elastic's own rules score. */
    private static long severity(Priority priority) {
        return switch (priority) {
            case EMERGENCY -> 100;
            case ALERT -> 99;
            case CRITICAL -> 90;
            case ERROR -> 73;
            case WARNING -> 47;
            case NOTICE -> 30;
            case INFORMATIONAL -> 21;
            case DEBUG -> 5;
        };
    }

    private static void place(JsonWriter json, Subject subject) {
        if (subject.isInContainer()) {
            json.object("container", () -> {
                json.text("id", subject.fact("container.full_id"));
                text(json, "name", subject.fact("container.name"));
                text(json, "runtime", subject.fact("container.type"));
                json.object("image", () -> {
                    text(json, "name", subject.fact("container.image.repository"));
                    if (!subject.fact("container.image.tag").isEmpty()) {
                        json.texts("tag", List.of(subject.fact("container.image.tag")));
                    }
                    if (!subject.fact("container.image.digest").isEmpty()) {
                        json.object("hash", () -> json.texts("all", List.of(subject.fact("container.image.digest"))));
                    }
                });
            });
        }
        String namespace = first(subject, "k8s.ns.name", "ka.target.namespace");
        String name = first(subject, "k8s.pod.name", "ka.target.name");
        if (!namespace.isEmpty() || !name.isEmpty() || !subject.fact("ka.verb").isEmpty()) {
            json.object("orchestrator", () -> {
                json.text("type", "kubernetes");
                text(json, "namespace", namespace);
                json.object("resource", () -> {
                    text(json, "name", name);
                    text(
                            json,
                            "type",
                            subject.fact("k8s.pod.name").isEmpty() ? subject.fact("ka.target.resource") : "pod");
                });
            });
        }
    }

    private static void actor(JsonWriter json, Subject subject) {
        if (!subject.fact("proc.pid").isEmpty()) {
            json.object("process", () -> {
                text(json, "name", subject.fact("proc.name"));
                number(json, "pid", subject.fact("proc.pid"));
                text(json, "command_line", subject.fact("proc.cmdline"));
                text(json, "executable", subject.fact("proc.exepath"));
                json.object("parent", () -> {
                    text(json, "name", subject.fact("proc.pname"));
                    number(json, "pid", subject.fact("proc.ppid"));
                });
            });
        }
        String user = first(subject, "user.name", "ka.user.name");
        String id = subject.fact("user.uid").equals("-1") ? "" : subject.fact("user.uid"); // nobody knows who it was
        if (!user.isEmpty() || !id.isEmpty()) {
            json.object("user", () -> {
                text(json, "name", user);
                text(json, "id", id);
            });
        }
    }

    /** The techniques of MITRE ATT&CK that the rule is tagged with. */
    private static void threat(JsonWriter json, Alert alert) {
        List<String> techniques =
                alert.tags().stream().filter(TerminalAlert::isTechnique).toList();
        if (!techniques.isEmpty()) {
            json.object(
                    "threat",
                    () -> json.text("framework", "MITRE ATT&CK")
                            .object("technique", () -> json.texts("id", techniques)));
        }
    }

    private static String first(Subject subject, String one, String other) {
        return subject.fact(one).isEmpty() ? subject.fact(other) : subject.fact(one);
    }

    private static void text(JsonWriter json, String name, String value) {
        if (!value.isEmpty() && !value.equals("<NA>")) {
            json.text(name, value);
        }
    }

    private static void number(JsonWriter json, String name, String value) {
        if (!value.isEmpty() && value.length() < 19 && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            json.number(name, Long.parseLong(value));
        }
    }
}
