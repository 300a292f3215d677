package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.InputException;
import dev.holdfast.policy.Exemption;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdmissionServerTest {
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
        TestKeys.make(folder, "tls");
    }

    private ServerSettings settings() {
        return ServerSettings.of(
                        "127.0.0.1",
                        0,
                        folder.resolve("tls.crt"),
                        folder.resolve("tls.key"),
                        folder.resolve("settings.yaml"),
                        "holdfast")
                .withNotice(Duration.ZERO);
    }

    private HttpClient client() throws Exception {
        return HttpClient.newBuilder()
                .sslContext(TestKeys.client(folder.resolve("tls.crt"), folder, ""))
                .build();
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
                    .contains("\"uid\":\"u-7\"", "\"allowed\":false", "\"code\":403", "host namespaces");
            HttpResponse<String> malformed = post(client, server, "{");
            assertThat(malformed.statusCode()).isEqualTo(400);
            assertThat(malformed.body()).startsWith("no AdmissionReview: ").hasLineCount(1);
            assertThat(get(client, server, "/healthz")).isEqualTo("ok\n");
            assertThat(get(client, server, "/readyz")).isEqualTo("ok\n");
            assertThat(log).noneMatch(line -> line.contains("could not call itself"));
            assertThat(get(client, server, "/metrics"))
                    .contains(
                            "holdfast_admission_requests_total{operation=\"CREATE\",outcome=\"denied\",resource=\"pods\"} 1.0")
                    .contains("holdfast_admission_malformed_total 1.0");
        }
    }

    /** An exception for a file cannot hold here: nobody knows which file an object came from. */
    @Test
    void honoursTheExceptionsOfChecksThatNameNoPath() throws Exception {
        Files.writeString(folder.resolve("settings.yaml"), "mode: enforce\nchecks: high\n");
        Path file = Files.writeString(folder.resolve("ignore.yaml"), "deploy/*");
        ServerSettings settings = settings()
                .with(new ServerSettings.ExceptionFile(
                        file,
                        path -> List.of(new Exemption(
                                List.of("*"),
                                Files.readString(path).strip(),
                                "",
                                "known",
                                "",
                                Optional.empty(),
                                "ignore.yaml:1"))));
        try (AdmissionServer server = AdmissionServer.start(settings, log::add);
                HttpClient client = client()) {
            assertThat(post(client, server, POD).body()).contains("\"allowed\":false");
            Files.writeString(file, "");
            await("settings and policies read anew");
            assertThat(post(client, server, POD).body()).contains("\"allowed\":true", "known");
        }
    }

    @Test
    void takesNewSettingsAndKeepsTheOldWhenTheyAreWrong() throws Exception {
        try (AdmissionServer server = AdmissionServer.start(settings(), log::add);
                HttpClient client = client()) {
            Files.writeString(folder.resolve("settings.yaml"), "mode: enforced\n");
            await("a change was not taken");
            assertThat(post(client, server, POD).body()).contains("\"allowed\":false");
            Files.writeString(folder.resolve("settings.yaml"), "mode: warn\npodSecurity: baseline\n");
            await("settings and policies read anew");
            assertThat(post(client, server, POD).body()).contains("\"allowed\":true", "\"warnings\"");
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

    /** A certificate that expired is told, and nobody is sent here; it is taken anew without a restart. */
    @Test
    void startsWithAnExpiredCertificateAndSaysSo() throws Exception {
        TestKeys.make(folder, "tls", "-startdate", "-10d", "-validity", "1");
        try (AdmissionServer server = AdmissionServer.start(settings(), log::add)) {
            assertThat(log).anyMatch(line -> line.startsWith("the certificate expired on "));
            certificate();
            await("certificate read anew");
            try (HttpClient client = client()) {
                assertThat(get(client, server, "/readyz")).isEqualTo("ok\n");
                assertThat(get(client, server, "/metrics")).contains("holdfast_certificate_expires_seconds");
            }
        }
    }

    @Test
    void fillsInDefaultsWhereTheSettingsSaySo() throws Exception {
        Files.writeString(folder.resolve("settings.yaml"), "mode: enforce\nchanges: [runAsNonRoot]\n");
        try (AdmissionServer server = AdmissionServer.start(settings(), log::add);
                HttpClient client = client()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + "/mutate"))
                            .POST(HttpRequest.BodyPublishers.ofString(POD))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.body()).contains("\"patchType\":\"JSONPatch\",\"patch\":\"");
            assertThat(post(client, server, POD).body()).doesNotContain("patch");
        }
    }

    /** Bodies that no API server sends: too large, cut off, slow, none at all. Each costs its own connection and nobody else's answer. */
    @Test
    void isNotHeldUpByBadClients() throws Exception {
        try (AdmissionServer server = AdmissionServer.start(settings(), log::add);
                HttpClient client = client()) {
            SSLContext context = TestKeys.client(folder.resolve("tls.crt"), folder, "");
            List<Socket> slow = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                Socket socket = context.getSocketFactory().createSocket("127.0.0.1", server.port());
                socket.getOutputStream()
                        .write("POST /validate HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{\"kind\""
                                .getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
                slow.add(socket);
            }
            assertThat(post(client, server, POD).statusCode()).isEqualTo(200);
            assertThat(post(client, server, "").statusCode()).isEqualTo(400);
            try (Socket huge = context.getSocketFactory().createSocket("127.0.0.1", server.port())) {
                huge.getOutputStream()
                        .write("POST /validate HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n{"
                                .getBytes(StandardCharsets.US_ASCII));
                huge.getOutputStream().flush();
                byte[] head = huge.getInputStream().readNBytes(12);
                assertThat(new String(head, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 413");
            }
            assertThat(post(client, server, "[".repeat(100_000)).statusCode()).isEqualTo(400);
            assertThat(post(client, server, POD).statusCode()).isEqualTo(200);
            for (Socket socket : slow) {
                socket.close();
            }
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
