package dev.holdfast.report.watch;

import dev.holdfast.core.json.JsonWriter;
import dev.holdfast.rules.event.Value;
import dev.holdfast.watch.alert.Alert;
import dev.holdfast.watch.alert.AlertFormat;
import dev.holdfast.watch.alert.Subject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An alert as one line of JSON, {@code docs/schema/holdfast-alert-1.json}. */
public final class JsonAlert implements AlertFormat {
    /** With all nine digits, as Falco has it, so that lines sort by their texts. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    @Override
    public String print(Alert alert) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        try (JsonWriter json = JsonWriter.oneLine(line)) {
            json.object(() -> {
                json.text("schema", "holdfast-alert/1")
                        .text("time", TIME.format(alert.instant()))
                        .text("rule", alert.rule())
                        .text("priority", alert.priority().word())
                        .text("source", alert.source())
                        .text("output", alert.text())
                        .object(
                                "output_fields",
                                () -> alert.fields().forEach((name, value) -> write(json, name, value)))
                        .texts("tags", alert.tags());
                if (alert.subject().isInContainer()) {
                    json.object("container", () -> container(json, alert.subject()));
                }
                if (!alert.hostname().isEmpty()) {
                    json.text("hostname", alert.hostname());
                }
                if (alert.heldBack() > 0) {
                    json.number("heldBack", alert.heldBack());
                }
            });
        }
        return line.toString(StandardCharsets.UTF_8).strip();
    }

    /** A value of its own type; an absent one is left out. */
    static void write(JsonWriter json, String name, Value value) {
        switch (value.kind()) {
            case ABSENT -> {}
            case LONG -> json.number(name, value.number());
            case DOUBLE -> json.number(name, value.decimal());
            case BOOLEAN -> json.flag(name, value.isTrue());
            case TEXT, IPV4, IPV6 -> json.text(name, value.toString());
            case LIST -> json.texts(name, elements(value));
        }
    }

    private static List<String> elements(Value list) {
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            if (!list.element(i).isAbsent()) {
                elements.add(list.element(i).toString());
            }
        }
        return elements;
    }

    private static void container(JsonWriter json, Subject subject) {
        Map<String, String> members = Map.of(
                "container.full_id", "id",
                "container.name", "name",
                "container.type", "type",
                "container.image", "image",
                "container.image.id", "imageId",
                "container.image.digest", "digest",
                "k8s.ns.name", "namespace",
                "k8s.pod.name", "pod",
                "k8s.pod.uid", "podUid");
        subject.facts().forEach((fact, value) -> {
            String member = members.get(fact);
            if (member != null) {
                json.text(member, value);
            }
        });
    }
}
