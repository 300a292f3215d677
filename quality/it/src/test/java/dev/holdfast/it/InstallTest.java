package dev.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.cli.ProgramRun;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Schema;
import dev.holdfast.manifest.tree.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What installs the webhook, judged by ourselves. The chart is rendered by a real Helm where there is one ({@code -Dholdfast.helm=FILE}). */
final class InstallTest {
    private static final Path INSTALL = Path.of("../../platform/server/install");

    @TempDir
    Path folder;

    /** One finding is there on purpose: until somebody has tried it, a webhook that is away stops nobody. */
    private static void isSound(Path manifests) {
        ProgramRun check = ProgramRun.of("check", manifests.toString());
        assertThat(check.exit()).as(check.text() + check.err()).isZero();
        assertThat(check.text()).contains("1 finding: 1 medium", "webhook-fail-open");
        ProgramRun standards = ProgramRun.of("check", manifests.toString(), "--pss", "restricted");
        assertThat(standards.exit()).as(standards.text() + standards.err()).isZero();
    }

    @Test
    void theManifestsAreSound() {
        isSound(INSTALL.resolve("holdfast.yaml"));
    }

    @Test
    void aCertificateIsMadeForTheWebhook() throws Exception {
        ProgramRun run = ProgramRun.of("serve", "--init-certs", folder.toString(), "--namespace", "guard");
        assertThat(run.exit()).as(run.err()).isZero();
        for (String name : List.of("ca.crt", "tls.crt", "tls.key")) {
            assertThat(folder.resolve(name)).isNotEmptyFile();
        }
    }

    private Path rendered(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(helm().toString(), "template", "holdfast"));
        command.addAll(
                List.of(INSTALL.resolve("chart/holdfast").toString(), "-n", "guard", "--kube-version", "1.37.0"));
        command.addAll(List.of(words));
        Process helm = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(helm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(helm.waitFor()).as(text).isZero();
        return Files.writeString(folder.resolve("rendered.yaml"), text);
    }

    private static Path helm() {
        Stream<String> places = Stream.concat(
                Stream.of(System.getProperty("holdfast.helm", "absent")),
                Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(":"))
                        .map(place -> place + "/helm"));
        Optional<Path> helm = places.map(Path::of).filter(Files::isExecutable).findFirst();
        assumeTrue(helm.isPresent(), "no helm on this machine; -Dholdfast.helm=FILE names one");
        return helm.get();
    }

    @ParameterizedTest
    @ValueSource(strings = {"generated", "cert-manager", "provided"})
    void theChartIsSound(String certificate) throws Exception {
        Path rendered = rendered("--set", "certificate.from=" + certificate, "--set", "certificate.caBundle=QQ==");
        if (certificate.equals("generated")) {
            // a private key in a Secret is what a rendering holds that nobody keeps; the rest is judged
            Files.writeString(
                    rendered, Files.readString(rendered).replaceAll("(?m)^  tls.key: .*$", "  tls.key: \"\""));
        }
        isSound(rendered);
        Node webhook = object(rendered, "ValidatingWebhookConfiguration");
        assertThat(webhook.toString()).contains("guard", "kube-system");
    }

    @Test
    void theChartTurnsItsOwnNamespaceOffFirst() throws Exception {
        Node settings = object(rendered(), "ConfigMap");
        assertThat(settings.textAt("data", "settings.yaml").orElseThrow())
                .contains("namespaces:\n- mode: \"off\"\n  names:\n  - guard\n");
    }

    /** The two ways install the same: same kinds, and of the Deployment the same pod. */
    @Test
    void chartAndManifestsMakeTheSamePod() throws Exception {
        Path rendered = rendered();
        Node ofChart =
                object(rendered, "Deployment").at("spec", "template", "spec").orElseThrow();
        Node ofManifest = object(INSTALL.resolve("holdfast.yaml"), "Deployment")
                .at("spec", "template", "spec")
                .orElseThrow();
        assertThat(plain(ofChart.get("securityContext").orElseThrow()))
                .isEqualTo(plain(ofManifest.get("securityContext").orElseThrow()));
        Node one = ofChart.get("containers").orElseThrow().elements().getFirst();
        Node other = ofManifest.get("containers").orElseThrow().elements().getFirst();
        for (String field :
                List.of("securityContext", "resources", "startupProbe", "readinessProbe", "livenessProbe")) {
            assertThat(plain(one.get(field).orElseThrow()))
                    .isEqualTo(plain(other.get(field).orElseThrow()));
        }
    }

    private static String plain(Node node) {
        return switch (node) {
            case Node.Scalar scalar -> scalar.text();
            case Node.Sequence sequence ->
                sequence.elements().stream().map(InstallTest::plain).toList().toString();
            case Node.Mapping mapping ->
                mapping.entries().stream()
                        .map(entry -> entry.key().text() + "=" + plain(entry.value()))
                        .sorted()
                        .toList()
                        .toString();
        };
    }

    private static Node object(Path manifests, String kind) throws IOException {
        for (Document document : new YamlReader(Schema.KUBERNETES, Limits.DEFAULT).read(Files.readString(manifests))) {
            if (document instanceof Document.Read(Node root, int _)
                    && root.textAt("kind").orElse("").equals(kind)) {
                return root;
            }
        }
        throw new AssertionError("no " + kind + " in " + manifests);
    }
}
