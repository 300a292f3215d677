package dev.holdfast.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.rules.Priority;
import dev.holdfast.rules.event.Value;
import dev.holdfast.watch.alert.Alert;
import dev.holdfast.watch.alert.Subject;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
                        + "\"container\":{\"id\":\"3ad7b26ded6d8e7b\",\"image\":\"nginx:1.25\",\"digest\":\"sha256:31ab0000\","
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
}
