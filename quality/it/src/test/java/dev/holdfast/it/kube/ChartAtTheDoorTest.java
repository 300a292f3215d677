package dev.holdfast.it.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Limits;
import dev.holdfast.manifest.helm.ChartRenderer;
import dev.holdfast.manifest.helm.GivenValues;
import dev.holdfast.manifest.helm.RenderedFile;
import dev.holdfast.manifest.helm.Rendering;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Schema;
import dev.holdfast.manifest.tree.YamlReader;
import dev.holdfast.server.OwnAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our chart, rendered by our own engine: a real API server takes every object of it, without a warning, whatever is switched on. */
class ChartAtTheDoorTest {
    private static final Path CHART = Path.of("../../platform/server/install/chart/holdfast");
    private static final Pattern BETWEEN = Pattern.compile("(?m)^---$");

    @TempDir
    Path folder;

    private Rendering rendered(String values) throws Exception {
        OwnAuthority.write(folder, List.of("holdfast.guard.svc"), Instant.now(), Duration.ofDays(1));
        String bundle = Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve("ca.crt")));
        Path file = Files.writeString(folder.resolve("values.yaml"), values);
        List<String> sets = List.of("certificate.from=provided", "certificate.caBundle=" + bundle);
        GivenValues given =
                GivenValues.read(List.of(file), sets, Limits.DEFAULT).released("holdfast", "guard");
        return new ChartRenderer(Limits.DEFAULT).render(CHART, given);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{namespaces: {watch: true}, networkPolicy: {egress: [{to: [{ipBlock: {cidr: 10.0.0.1/32}}], ports: [{port: 443}]}]}, "
                        + "exceptions: [{id: host-pid, target: 'a/*', reason: \"it's: so\"}]}",
                "{store: {kind: folder, claim: verdicts}, scan: {scanners: 1}, networkPolicy: {egress: [{}]}, replicas: 1}",
                "{store: {kind: postgresql, database: 'postgresql://db/x', user: u, passwordSecret: s}, networkPolicy: {enabled: false}}"
            })
    void everyObjectIsTaken(String values) throws Exception {
        Rendering rendering = rendered(values);
        assertThat(rendering.gaps()).isEmpty();
        try (KubeServer cluster = KubeServer.start(KubePrograms.found(), folder)) {
            cluster.namespace("guard");
            for (RenderedFile file : rendering.files()) {
                for (String text : BETWEEN.split(file.text())) {
                    List<Document> documents = new YamlReader(Schema.KUBERNETES, Limits.DEFAULT).read(text);
                    if (!documents.isEmpty() && documents.getFirst() instanceof Document.Read(Node object, int _)) {
                        create(cluster, object, text);
                    }
                }
            }
        }
    }

    private static void create(KubeServer cluster, Node object, String text) throws Exception {
        String kind = object.textAt("kind").orElseThrow();
        KubeServer.Answer created = cluster.create(
                KubeServer.collection(
                        object.textAt("apiVersion").orElseThrow(),
                        kind,
                        object.textAt("metadata", "namespace").orElse("")),
                text);
        assertThat(created.status()).as("%s: %s", kind, created.message()).isEqualTo(201);
        assertThat(created.warnings()).as(kind).isEmpty();
    }

    @Test
    void whoNeedsToCallSomebodyIsAskedWhom() throws Exception {
        for (String values : List.of("{namespaces: {watch: true}}", "{store: {kind: postgresql, database: d}}")) {
            assertThat(rendered(values).gaps())
                    .anySatisfy(gap -> assertThat(gap.detail()).contains("networkPolicy.egress is empty"));
        }
        assertThat(rendered("{scan: {scanners: 1}, networkPolicy: {egress: [{}]}}")
                        .gaps())
                .anySatisfy(gap -> assertThat(gap.detail()).contains("needs a store"));
    }
}
