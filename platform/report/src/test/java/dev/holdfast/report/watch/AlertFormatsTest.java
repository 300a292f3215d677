package dev.holdfast.report.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.report.OwnSchema;
import dev.holdfast.report.form.Ink;
import dev.holdfast.rules.Priority;
import dev.holdfast.rules.event.Value;
import dev.holdfast.watch.alert.Alert;
import dev.holdfast.watch.alert.Subject;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AlertFormatsTest {
    private static Alert alert(String text, long heldBack) {
        Map<String, Value> fields = new LinkedHashMap<>();
        Value number = new Value();
        number.set(1_700_000_000_123_456_789L);
        fields.put("evt.time", number);
        Value list = new Value();
        list.setList();
        list.add().set("a");
        fields.put("proc.aname", list);
        fields.put("user.name", new Value());
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("container.id", "3ad7b26ded6d");
        facts.put("container.full_id", "3ad7b26ded6d8e7b");
        facts.put("container.image", "nginx:1.25");
        facts.put("container.image.id", "94d475df");
        facts.put("container.image.digest", "sha256:31ab0000");
        facts.put("k8s.ns.name", "shop");
        facts.put("k8s.pod.name", "web-7f9c");
        facts.put("proc.cmdline", "sh -c id");
        facts.put("proc.pid", "9411");
        facts.put("proc.pname", "nginx");
        facts.put("proc.ppid", "812");
        facts.put("user.name", "www-data");
        return new Alert(
                1_700_000_000_123_456_789L,
                "node-1",
                "Shell in a container",
                Priority.CRITICAL,
                "syscall",
                text,
                fields,
                List.of("shell", "T1059.004"),
                new Subject(facts),
                heldBack);
    }

    @Test
    void printsOneObjectALine() throws Exception {
        String json = new JsonAlert().print(alert("A shell \"x\"\n", 3));
        assertThat(json)
                .isEqualTo("{\"schema\":\"holdfast-alert/1\",\"time\":\"2023-11-14T22:13:20.123456789Z\","
                        + "\"rule\":\"Shell in a container\",\"priority\":\"Critical\",\"source\":\"syscall\","
                        + "\"output\":\"A shell \\\"x\\\"\\n\","
                        + "\"output_fields\":{\"evt.time\":1700000000123456789,\"proc.aname\":[\"a\"]},"
                        + "\"tags\":[\"shell\",\"T1059.004\"],"
                        + "\"container\":{\"id\":\"3ad7b26ded6d8e7b\",\"image\":\"nginx:1.25\",\"imageId\":\"94d475df\",\"digest\":\"sha256:31ab0000\","
                        + "\"namespace\":\"shop\",\"pod\":\"web-7f9c\"},\"hostname\":\"node-1\",\"heldBack\":3}");
        assertThat(OwnSchema.violations("holdfast-alert-1.json", json.getBytes(UTF_8)))
                .isEmpty();
    }

    @Test
    void printsForPeople() {
        assertThat(new TerminalAlert(Ink.PLAIN, ZoneOffset.UTC).print(alert("A shell \u001b[2J", 0)))
                .isEqualTo("""
                        22:13:20  CRITICAL  Shell in a container            shop/web-7f9c   nginx:1.25@sha256:31ab…
                                  nginx (812) → sh -c id (9411)  user www-data      T1059.004
                                  A shell \\u001b[2J""");
    }

    @Test
    void printsNothingWiderThanATerminal() {
        String printed = new TerminalAlert(Ink.PLAIN, ZoneOffset.UTC).print(alert("many words ".repeat(40), 2));
        assertThat(printed.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    }

    @Test
    void printsTheLineThatFalcoWrites() {
        assertThat(new FalcoAlert().print(alert("A shell", 0))).isEqualTo("22:13:20.123456789: Critical A shell");
    }

    @Test
    void printsTheShapeOfTheElasticCommonSchema() {
        assertThat(new EcsAlert().print(alert("A shell", 0)))
                .contains("\"@timestamp\":\"2023-11-14T22:13:20.123456789Z\"")
                .contains("\"event\":{\"kind\":\"alert\",\"category\":[\"intrusion_detection\"]")
                .contains(
                        "\"process\":{\"pid\":9411,\"command_line\":\"sh -c id\",\"parent\":{\"name\":\"nginx\",\"pid\":812}}")
                .contains("\"threat\":{\"framework\":\"MITRE ATT&CK\",\"technique\":{\"id\":[\"T1059.004\"]}}");
    }

    /** Old captures do not have them; as keywords they would be a program and a user of that name. */
    @Test
    void leavesOutOfTheElasticCommonSchemaWhatNobodyKnows() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("proc.pid", "7");
        facts.put("proc.exepath", "<NA>");
        facts.put("user.uid", "-1");
        Alert unknown =
                new Alert(1, "", "r", Priority.CRITICAL, "syscall", "t", Map.of(), List.of(), new Subject(facts), 0);
        assertThat(new EcsAlert().print(unknown))
                .contains("\"process\":{\"pid\":7,\"parent\":{}}")
                .doesNotContain("NA>")
                .doesNotContain("\"user\"");
    }

    /** Names and types as version 8.17 of the schema has them; "[]" where it says that the field holds several values. */
    private static final Map<String, String> SCHEMA = Map.ofEntries(
            Map.entry("@timestamp", "date"),
            Map.entry("message", "text"),
            Map.entry("tags", "text[]"),
            Map.entry("ecs.version", "text"),
            Map.entry("event.kind", "text"),
            Map.entry("event.category", "text[]"),
            Map.entry("event.type", "text[]"),
            Map.entry("event.module", "text"),
            Map.entry("event.dataset", "text"),
            Map.entry("event.provider", "text"),
            Map.entry("event.severity", "long"),
            Map.entry("rule.name", "text"),
            Map.entry("rule.ruleset", "text"),
            Map.entry("log.level", "text"),
            Map.entry("host.hostname", "text"),
            Map.entry("container.id", "text"),
            Map.entry("container.name", "text"),
            Map.entry("container.runtime", "text"),
            Map.entry("container.image.name", "text"),
            Map.entry("container.image.tag", "text[]"),
            Map.entry("container.image.hash.all", "text[]"),
            Map.entry("orchestrator.type", "text"),
            Map.entry("orchestrator.namespace", "text"),
            Map.entry("orchestrator.resource.name", "text"),
            Map.entry("orchestrator.resource.type", "text"),
            Map.entry("process.name", "text"),
            Map.entry("process.pid", "long"),
            Map.entry("process.command_line", "text"),
            Map.entry("process.executable", "text"),
            Map.entry("process.parent.name", "text"),
            Map.entry("process.parent.pid", "long"),
            Map.entry("user.name", "text"),
            Map.entry("user.id", "text"),
            Map.entry("threat.framework", "text"),
            Map.entry("threat.technique.id", "text[]"));

    @Test
    void usesTheNamesAndTypesOfTheSchema() throws Exception {
        Map<String, String> facts = new LinkedHashMap<>(alert("x", 0).subject().facts());
        facts.putAll(Map.of(
                "container.name", "web",
                "container.type", "docker",
                "container.image.repository", "nginx",
                "container.image.tag", "1.25",
                "proc.name", "sh",
                "proc.exepath", "/bin/sh",
                "user.uid", "33"));
        Map<String, String> ofAudit = Map.of(
                "ka.user.name", "eve",
                "ka.verb", "get",
                "ka.target.resource", "secrets",
                "ka.target.namespace", "shop",
                "ka.target.name", "key");
        Map<String, String> seen = new TreeMap<>();
        for (Map<String, String> subject : List.of(facts, ofAudit, Map.<String, String>of())) {
            Alert plain = alert("x", 0);
            Alert full = new Alert(
                    plain.time(),
                    plain.hostname(),
                    plain.rule(),
                    plain.priority(),
                    plain.source(),
                    plain.text(),
                    plain.fields(),
                    plain.tags(),
                    new Subject(subject),
                    2);
            leaves("", Json.parse(new EcsAlert().print(full).getBytes(UTF_8), Limits.DEFAULT), seen);
        }
        assertThat(seen).isEqualTo(new TreeMap<>(SCHEMA));
    }

    /** What the schema has no field for is below a name of our own. */
    private static void leaves(String path, JsonValue value, Map<String, String> into) {
        if (value instanceof JsonValue.JsonObject object) {
            object.members().forEach((name, inside) -> {
                if (!path.isEmpty() || !name.equals("holdfast")) {
                    leaves(path.isEmpty() ? name : path + "." + name, inside, into);
                }
            });
        } else if (value instanceof JsonValue.JsonArray array) {
            into.put(path, kind(path, array.elements().getFirst()) + "[]");
        } else {
            into.put(path, kind(path, value));
        }
    }

    private static String kind(String path, JsonValue value) {
        return path.equals("@timestamp") && value.text().isPresent()
                ? "date"
                : value.text().isPresent() ? "text" : value instanceof JsonValue.JsonNumber ? "long" : "other";
    }
}
