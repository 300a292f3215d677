package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdmissionServerTest {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String POD = """
            {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u-7","operation":"CREATE","name":"p","namespace":"shop",
            "kind":{"group":"","version":"v1","kind":"Pod"},"resource":{"group":"","version":"v1","resource":"pods"},
            "object":{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{"hostPID":true,"containers":[{"name":"a","image":"b:1"}]}}}}
            """;

    @TempDir
    Path folder;

    private final List<String> log = new CopyOnWriteArrayList<>();

    @BeforeEach
    void aCertificateAndSettings() throws Exception {
        certificate();
        Files.writeString(
                folder.resolve("settings.yaml"),
                "mode: enforce\npodSecurity: baseline\nnamespaces:\n- names: [kube-*, holdfast]\n  mode: 'off'\n");
    }

    private void certificate() throws Exception {
        Path store = folder.resolve("store-" + System.nanoTime() + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "s",
                        "-dname",
                        "CN=holdfast",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        keytool.getInputStream().readAllBytes();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        Key key = keys.getKey("s", PASSWORD);
        Certificate certificate = keys.getCertificate("s");
        assertThat(key).isNotNull();
        assertThat(certificate).isNotNull();
        Files.writeString(folder.resolve("tls.key"), pem("PRIVATE KEY", key.getEncoded()));
        Files.writeString(folder.resolve("tls.crt"), pem("CERTIFICATE", certificate.getEncoded()));
    }

    private static String pem(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + kind
                + "-----\n";
    }

    private ServerSettings settings() {
        return new ServerSettings(
                "127.0.0.1",
                0,
                folder.resolve("tls.crt"),
                folder.resolve("tls.key"),
                folder.resolve("settings.yaml"),
                "holdfast");
    }

    private HttpClient client() throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(folder.resolve("tls.crt"))) {
            trusted.setCertificateEntry(
                    "s",
                    java.security.cert.CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    private static HttpResponse<String> post(HttpClient client, AdmissionServer server, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + "/validate?timeout=5s"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String get(HttpClient client, AdmissionServer server, String path) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void answersOverTls() throws Exception {
        try (AdmissionServer server = AdmissionServer.start(settings(), log::add);
                HttpClient client = client()) {
            HttpResponse<String> answer = post(client, server, POD);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body())
                    .contains("\"uid\": \"u-7\"", "\"allowed\": false", "\"code\": 403", "host namespaces");
            HttpResponse<String> malformed = post(client, server, "{");
            assertThat(malformed.statusCode()).isEqualTo(400);
            assertThat(malformed.body()).startsWith("no AdmissionReview: ").hasLineCount(1);
            assertThat(get(client, server, "/healthz")).isEqualTo("ok\n");
            assertThat(get(client, server, "/metrics"))
                    .contains(
                            "holdfast_admission_requests_total{operation=\"CREATE\",outcome=\"denied\",resource=\"pods\"} 1.0")
                    .contains("holdfast_admission_malformed_total 1.0");
        }
    }

    @Test
    void takesNewSettingsAndKeepsTheOldWhenTheyAreWrong() throws Exception {
        try (AdmissionServer server = AdmissionServer.start(settings(), log::add);
                HttpClient client = client()) {
            Files.writeString(folder.resolve("settings.yaml"), "mode: enforced\n");
            await("a change was not taken");
            assertThat(post(client, server, POD).body()).contains("\"allowed\": false");
            Files.writeString(folder.resolve("settings.yaml"), "mode: warn\npodSecurity: baseline\n");
            await("settings and policies read anew");
            assertThat(post(client, server, POD).body()).contains("\"allowed\": true", "\"warnings\"");
        }
    }

    @Test
    void takesANewCertificate() throws Exception {
        try (AdmissionServer server = AdmissionServer.start(settings(), log::add)) {
            certificate();
            await("certificate read anew");
            try (HttpClient client = client()) {
                assertThat(get(client, server, "/readyz")).isEqualTo("ok\n");
            }
        }
    }

    /** It looks once a second; the deadline is for machines that are busy with other things. */
    private void await(String line) throws InterruptedException {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (log.stream().noneMatch(each -> each.startsWith(line))) {
            assertThat(System.nanoTime())
                    .as("never said: " + line + "; said " + log)
                    .isLessThan(deadline);
            Thread.sleep(50);
        }
    }

    @Test
    void doesNotStartWhenItWouldLockTheCluster() throws Exception {
        Files.writeString(folder.resolve("settings.yaml"), "mode: enforce\npolicies: [deny.yaml]\n");
        Files.writeString(folder.resolve("deny.yaml"), """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: everything}
                spec:
                  matchConstraints:
                    resourceRules:
                    - {apiGroups: ["*"], apiVersions: ["*"], operations: ["*"], resources: ["*"]}
                  validations:
                  - expression: "false"
                """);
        assertThatThrownBy(() -> AdmissionServer.start(settings(), log::add))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("these settings would lock the cluster: UPDATE of leases.coordination.k8s.io");
    }

    @Test
    void saysWhatIsWrongWithItsFiles() throws Exception {
        Files.writeString(folder.resolve("tls.key"), "nothing");
        assertThatThrownBy(() -> AdmissionServer.start(settings(), log::add))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("tls.key: no private key");
    }
}
