package dev.holdfast.it.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Limits;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Schema;
import dev.holdfast.manifest.tree.YamlReader;
import dev.holdfast.server.AdmissionServer;
import dev.holdfast.server.OwnAuthority;
import dev.holdfast.server.ServerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Our webhook as our own manifests install it: every object of them is created as it is written, only the bundle of authorities is filled in,
 * and the server listens where the Service's address leads. Its settings are those of the manifests, with the namespaces {@code enforced} and
 * {@code audited} before them.
 */
final class InstalledWebhook implements AutoCloseable {
    private static final Path MANIFESTS = Path.of("../../platform/server/install/holdfast.yaml");
    static final String CONFIGURATION = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations";
    private static final List<String> NAMES = List.of("holdfast.holdfast.svc");
    private static final Duration VALIDITY = Duration.ofDays(30);
    private static final Pattern BETWEEN = Pattern.compile("(?m)^---$");

    private final KubeServer cluster;
    private final Path folder;
    private final String address;
    private AdmissionServer server;

    private InstalledWebhook(KubeServer cluster, Path folder, String address, AdmissionServer server) {
        this.cluster = cluster;
        this.folder = folder;
        this.address = address;
        this.server = server;
    }

    static InstalledWebhook install(KubeServer cluster, Path folder) throws Exception {
        OwnAuthority.write(folder, NAMES, Instant.now(), VALIDITY);
        String settings = "";
        for (String document : BETWEEN.split(Files.readString(MANIFESTS))) {
            Node object = read(document);
            String kind = object.textAt("kind").orElseThrow();
            String name = object.textAt("metadata", "name").orElseThrow();
            if (kind.equals("ConfigMap")) {
                settings = object.textAt("data", "settings.yaml").orElseThrow();
            }
            KubeServer.Answer created = cluster.create(
                    KubeServer.collection(
                            object.textAt("apiVersion").orElseThrow(),
                            kind,
                            object.textAt("metadata", "namespace").orElse("")),
                    document.replace("caBundle: \"\"", "caBundle: " + bundle(folder)));
            assertThat(created.status())
                    .as("%s %s: %s", kind, name, created.message())
                    .isEqualTo(201);
            assertThat(created.warnings()).as("%s %s", kind, name).isEmpty();
        }
        Files.writeString(folder.resolve("settings.yaml"), settings.replace("namespaces:\n", """
                        namespaces:
                        - {names: [enforced], mode: enforce, podSecurity: restricted}
                        - {names: [audited], mode: audit}
                        """));
        String address = cluster.get("/api/v1/namespaces/holdfast/services/holdfast")
                .body()
                .at("spec", "clusterIP")
                .text()
                .orElseThrow();
        return new InstalledWebhook(cluster, folder, address, start(folder, address));
    }

    private static Node read(String document) {
        return ((Document.Read) new YamlReader(Schema.KUBERNETES, Limits.DEFAULT)
                        .read(document)
                        .getFirst())
                .root();
    }

    private static String bundle(Path folder) throws IOException {
        return Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve("ca.crt")));
    }

    private static AdmissionServer start(Path folder, String address) throws Exception {
        return AdmissionServer.start(
                ServerSettings.of(
                        address,
                        443,
                        folder.resolve("tls.crt"),
                        folder.resolve("tls.key"),
                        folder.resolve("settings.yaml"),
                        "holdfast"),
                line -> {});
    }

    String address() {
        return address;
    }

    /** It is away, as after a crash. */
    void stop() {
        server.close();
    }

    void start() throws Exception {
        server = start(folder, address);
    }

    /** A new certificate of a new authority, of which the API server is told first. */
    void replaceCertificate() throws Exception {
        Path next = Files.createDirectories(folder.resolve("next"));
        Files.copy(folder.resolve("ca.crt"), next.resolve("ca.crt"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        OwnAuthority.write(next, NAMES, Instant.now(), VALIDITY);
        patch("[{\"op\":\"replace\",\"path\":\"/webhooks/0/clientConfig/caBundle\",\"value\":\"" + bundle(next)
                + "\"}]");
        for (String name : List.of("ca.crt", "tls.key", "tls.crt")) {
            Files.move(next.resolve(name), folder.resolve(name), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        }
    }

    void failurePolicy(String policy) throws Exception {
        patch("[{\"op\":\"replace\",\"path\":\"/webhooks/0/failurePolicy\",\"value\":\"" + policy + "\"},"
                + "{\"op\":\"replace\",\"path\":\"/webhooks/0/timeoutSeconds\",\"value\":2}]");
    }

    private void patch(String operations) throws Exception {
        KubeServer.Answer answer =
                cluster.send("PATCH", CONFIGURATION + "/holdfast", "application/json-patch+json", operations);
        assertThat(answer.status()).as(answer.message()).isEqualTo(200);
    }

    @Override
    public void close() {
        server.close();
    }
}
