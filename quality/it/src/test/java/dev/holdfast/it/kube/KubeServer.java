package dev.holdfast.it.kube;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.core.net.CertificateFile;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A kube-apiserver of our own over an etcd of its own, on loopback. Nothing else runs: no controllers, no kubelet. Addresses of services are
 * taken from 127.10.0.0/16, so that whoever listens on the address of a service is reached by the API server as a service is.
 *
 * <p>The one who asks is {@code operator} of {@code system:masters}; other users are impersonated.
 */
final class KubeServer implements AutoCloseable {
    private static final String TOKEN = "operators-token";
    private static final Duration LONGEST_START = Duration.ofSeconds(90);

    private final Path folder;
    private final int port;
    private final List<Process> processes = new ArrayList<>();
    private final HttpClient client;

    /** What the server answered. */
    record Answer(int status, JsonValue body, List<String> warnings) {
        String message() {
            return body.get("message").text().orElse("");
        }
    }

    private KubeServer(KubePrograms programs, Path folder) throws Exception {
        this.folder = folder;
        int store = freePort();
        int peers = freePort();
        this.port = freePort();
        try {
            start("etcd", etcd(programs, store, peers));
            Files.writeString(folder.resolve("tokens.csv"), TOKEN + ",operator,u-1,\"system:masters\"\n");
            Files.writeString(folder.resolve("audit.yaml"), """
                    apiVersion: audit.k8s.io/v1
                    kind: Policy
                    omitStages: [RequestReceived]
                    rules:
                    - level: Metadata
                      resources: [{group: "", resources: [pods]}, {group: apps}, {group: batch}]
                    - level: None
                    """);
            keyPair();
            start("kube-apiserver", apiServer(programs, store));
            this.client = client();
            awaitReady();
        } catch (Exception failed) {
            close();
            throw failed;
        }
    }

    static KubeServer start(KubePrograms programs, Path folder) throws Exception {
        return new KubeServer(programs, folder);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private List<String> etcd(KubePrograms programs, int port, int peers) {
        String address = "http://127.0.0.1:" + port;
        String peer = "http://127.0.0.1:" + peers;
        return List.of(
                programs.etcd().toString(),
                "--data-dir=" + folder.resolve("etcd"),
                "--listen-client-urls=" + address,
                "--advertise-client-urls=" + address,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--name=test",
                "--initial-cluster=test=" + peer,
                "--unsafe-no-fsync");
    }

    private List<String> apiServer(KubePrograms programs, int store) {
        return List.of(
                programs.apiServer().toString(),
                "--etcd-servers=http://127.0.0.1:" + store,
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--secure-port=" + port,
                "--endpoint-reconciler-type=none",
                "--cert-dir=" + folder.resolve("run"),
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + folder.resolve("sa.pub"),
                "--service-account-signing-key-file=" + folder.resolve("sa.key"),
                "--service-cluster-ip-range=127.10.0.0/16",
                "--authorization-mode=Node,RBAC",
                "--token-auth-file=" + folder.resolve("tokens.csv"),
                "--allow-privileged=true",
                "--enable-admission-plugins=NodeRestriction",
                "--audit-policy-file=" + folder.resolve("audit.yaml"),
                "--audit-log-path=" + folder.resolve("audit.log"));
    }

    private void keyPair() throws GeneralSecurityException, IOException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        pem("sa.key", "PRIVATE KEY", pair.getPrivate().getEncoded());
        pem("sa.pub", "PUBLIC KEY", pair.getPublic().getEncoded());
    }

    private void pem(String file, String kind, byte[] der) throws IOException {
        Files.writeString(
                folder.resolve(file),
                "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + kind
                        + "-----\n");
    }

    private void start(String name, List<String> command) throws IOException {
        processes.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start());
    }

    /** It makes its own certificate when it starts. */
    private HttpClient client() throws Exception {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (!Files.exists(certificate())) {
            pauseUntil(deadline);
        }
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        for (X509Certificate each : CertificateFile.read(certificate())) {
            trusted.setCertificateEntry(each.getSerialNumber().toString(), each);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    private void awaitReady() throws Exception {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (!isReady()) {
            pauseUntil(deadline);
        }
    }

    private boolean isReady() throws Exception {
        try {
            return text("/readyz").equals("ok")
                    && get("/api/v1/namespaces/default").status() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private void pauseUntil(long deadline) throws InterruptedException {
        boolean isDead = processes.stream().anyMatch(process -> !process.isAlive());
        if (isDead || System.nanoTime() > deadline) {
            throw new AssertionError(
                    "the API server does not start: " + KubePrograms.tail(folder.resolve("kube-apiserver.log")));
        }
        Thread.sleep(50);
    }

    /** The certificate that the server shows, and its authority. */
    Path certificate() {
        return folder.resolve("run/apiserver.crt");
    }

    String address() {
        return "https://127.0.0.1:" + port;
    }

    static String token() {
        return TOKEN;
    }

    List<String> auditLog() throws IOException {
        return Files.readAllLines(folder.resolve("audit.log"));
    }

    private String text(String path) throws Exception {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address() + path))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Accept", "application/json")
                .timeout(Duration.ofSeconds(60));
    }

    Answer get(String path) throws Exception {
        return send(request(path));
    }

    Answer delete(String path) throws Exception {
        return send(request(path).DELETE());
    }

    /** @param as a user and groups that are impersonated; none: the operator */
    Answer send(String method, String path, String type, String body, String... as) throws Exception {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", type)
                .method(method, HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        for (int i = 0; i < as.length; i++) {
            request.header(i == 0 ? "Impersonate-User" : "Impersonate-Group", as[i]);
        }
        return send(request);
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException, InputException {
        HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        List<String> warnings = response.headers().allValues("Warning").stream()
                .map(warning -> warning.replaceFirst("^299 - \"", "")
                        .replaceFirst("\"$", "")
                        .replace("\\\"", "\""))
                .toList();
        return new Answer(response.statusCode(), Json.parse(response.body(), Limits.DEFAULT), warnings);
    }

    /** Creates an object written in YAML. */
    Answer create(String path, String yaml, String... as) throws Exception {
        return send("POST", path, "application/yaml", yaml, as);
    }

    Answer replace(String path, String yaml, String... as) throws Exception {
        return send("PUT", path, "application/yaml", yaml, as);
    }

    Answer merge(String path, String json, String... as) throws Exception {
        return send("PATCH", path, "application/merge-patch+json", json, as);
    }

    /** A namespace in which pods can be made: nobody but us makes its service account. */
    void namespace(String name) throws Exception {
        create("/api/v1/namespaces", "{apiVersion: v1, kind: Namespace, metadata: {name: " + name + "}}");
        serviceAccount(name);
    }

    void serviceAccount(String namespace) throws Exception {
        create(
                "/api/v1/namespaces/" + namespace + "/serviceaccounts",
                "{apiVersion: v1, kind: ServiceAccount, metadata: {name: default}}");
    }

    /** Where objects like this one are created. */
    static String collection(String apiVersion, String kind, String namespace) {
        String resource = kind.toLowerCase(Locale.ROOT);
        String plural = resource.endsWith("y") ? resource.substring(0, resource.length() - 1) + "ies" : resource + "s";
        return (apiVersion.equals("v1") ? "/api/v1" : "/apis/" + apiVersion)
                + (namespace.isEmpty() ? "" : "/namespaces/" + namespace) + "/" + plural;
    }

    @Override
    public void close() {
        for (Process process : processes.reversed()) {
            process.destroy();
            boolean isOver = false;
            try {
                isOver = process.waitFor(10, TimeUnit.SECONDS);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
            if (!isOver) {
                process.destroyForcibly();
            }
        }
        if (client != null) {
            client.shutdownNow();
        }
    }
}
