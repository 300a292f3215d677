package dev.holdfast.report.reach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.kube.given.GivenObjects;
import dev.holdfast.reach.Cartographer;
import dev.holdfast.reach.ReachReport;
import dev.holdfast.reach.read.NetworkReader;
import dev.holdfast.report.OwnSchema;
import dev.holdfast.report.form.Ink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReachReportTest {
    private static final String OBJECTS = """
            {apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop, labels: {app: web}}, spec: {containers: [{name: c}]}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: "d\\u001bb", namespace: shop, labels: {app: db}}, spec: {containers: [{name: c}]}}
            ---
            {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: db, namespace: shop}, spec: {podSelector: {matchLabels: {app: db}},
             ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 5432}]}]}}
            """;

    private static Cartographer cartographer(String text) {
        NetworkReader reader = new NetworkReader("default");
        GivenObjects.text("k8s.yaml", text, reader, Limits.DEFAULT);
        return new Cartographer(reader);
    }

    private static List<ReachReport> reports() throws InputException {
        Cartographer now = cartographer(OBJECTS);
        return List.of(
                now.map(),
                now.diff(cartographer(OBJECTS.replace("5432", "5433"))),
                now.why("web", "shop/d\u001bb"),
                cartographer(OBJECTS.replace("port: 5432", "port: -1")).map());
    }

    private static byte[] json(ReachReport report) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonReach.write(report, "0", out);
        return out.toByteArray();
    }

    @Test
    void writesWhatItsSchemaSays() throws IOException, InputException {
        for (ReachReport report : reports()) {
            assertThat(OwnSchema.violations("holdfast-reach-1.json", json(report)))
                    .isEmpty();
        }
    }

    @Test
    void tellsProtocolsOneByOneUnlessAllAreOpen() throws InputException {
        JsonValue map = Json.parse(json(reports().getFirst()), Limits.DEFAULT);
        JsonValue first = map.get("connections").elements().getFirst();
        assertThat(first.get("from").text()).contains("external");
        assertThat(first.get("protocol").text()).contains("ANY");
        assertThat(map.get("connections").elements())
                .filteredOn(each -> each.get("ports").texts().equals(List.of("5432")))
                .singleElement()
                .satisfies(each -> assertThat(each.get("protocol").text()).contains("TCP"));
    }

    @Test
    void showsReasonsWithTheirPlacesAndNoControlCharacters() throws InputException {
        String why = TerminalReach.render(reports().get(2), Ink.PLAIN, false);
        assertThat(why)
                .startsWith("shop/web[Pod] → shop/d")
                .contains("allowed  TCP 5432")
                .contains("NetworkPolicy shop/db rule #1")
                .contains("k8s.yaml:5")
                .contains("denied   everything else")
                .contains("NetworkPolicy shop/db has no rule for it");
        for (ReachReport report : reports()) {
            assertThat(TerminalReach.render(report, Ink.PLAIN, false)).doesNotContain("\u001b");
            assertThat(TerminalReach.render(report, Ink.PLAIN, false).lines()).allMatch(line -> line.length() <= 100);
        }
        assertThat(TerminalReach.render(reports().get(1), Ink.PLAIN, false)).startsWith("1 opened, 1 closed.");
    }
}
