package dev.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.ProgramRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way of an unknown image: a pod is admitted with a warning, its image is scanned out of a real registry, the next pod is refused. */
final class ServeTest {
    private static final Path SHOP = Path.of(System.getProperty("holdfast.root", "."), "examples", "shop.tar");

    @TempDir
    Path folder;

    private final List<String> said = new CopyOnWriteArrayList<>();
    private RealPrograms programs = new RealPrograms(Path.of(""));
    private Process server =
            new ProcessBuilder("true").redirectErrorStream(true).start();

    ServeTest() throws Exception {}

    @AfterEach
    void stop() throws Exception {
        server.destroy();
        server.waitFor();
        programs.stop();
    }

    private int registry() throws Exception {
        int port = RealPrograms.freePort();
        Path config = Files.writeString(
                folder.resolve("registry.yml"),
                "version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: " + folder.resolve("registry")
                        + "\nhttp:\n  addr: 127.0.0.1:" + port + "\n");
        programs.start("docker-registry", "serve", config.toString());
        RealPrograms.awaitPort(port);
        return port;
    }

    /** Starts {@code holdfast serve} as a process of its own; answers its port. */
    private int serve(String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.holdfast.cli.Main",
                "serve",
                "--admission",
                folder.resolve("settings.yaml").toString(),
                "--certificate",
                folder.resolve("tls/tls.crt").toString(),
                "--key",
                folder.resolve("tls/tls.key").toString(),
                "--listen",
                "127.0.0.1:0",
                "--store",
                folder.resolve("store").toString()));
        words.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        server = builder.start();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(server.getErrorStream(), StandardCharsets.UTF_8));
        String line = lines.readLine();
        while (line != null && !line.contains("listening on")) {
            said.add(line);
            line = lines.readLine();
        }
        assertThat(line).as("said " + said).isNotNull();
        Thread.ofVirtual().start(() -> gather(lines));
        return Integer.parseInt(String.valueOf(line).replaceFirst(".*listening on [^ ]*:(\\d+).*", "$1"));
    }

    private void gather(BufferedReader lines) {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(line);
            }
        } catch (IOException ended) {
            said.add("its output ended");
        }
    }

    private HttpClient client() throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(folder.resolve("tls/ca.crt"))) {
            trusted.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    private static String ask(HttpClient client, int port, String image) throws Exception {
        String review = """
                {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u-1","operation":"CREATE","name":"p","namespace":"shop",
                "kind":{"group":"","version":"v1","kind":"Pod"},"resource":{"group":"","version":"v1","resource":"pods"},
                "object":{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{"containers":[{"name":"a","image":"IMAGE"}]}}}}
                """.replace("IMAGE", image);
        return client.send(
                        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/validate"))
                                .POST(HttpRequest.BodyPublishers.ofString(review))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void anUnknownImageIsScannedAndThenRefused() throws Exception {
        RealPrograms.need("docker-registry");
        RealPrograms.need("skopeo");
        programs = new RealPrograms(folder);
        int registry = registry();
        String image = "127.0.0.1:" + registry + "/team/shop:1.4";
        programs.run("skopeo", "copy", "--dest-tls-verify=false", "docker-archive:" + SHOP, "docker://" + image);
        String base = Facts.small().write(folder.resolve("facts.hfdb")).toString();
        assertThat(ProgramRun.of("serve", "--init-certs", folder.resolve("tls").toString(), "--name", "127.0.0.1")
                        .exit())
                .isZero();
        Files.writeString(
                folder.resolve("settings.yaml"),
                "mode: enforce\nimages: {failOn: low, failing: deny, unknown: warn}\nnamespaces:\n- names: [holdfast]\n  mode: 'off'\n");
        int port = serve("--db", base, "--insecure-registry", "127.0.0.1:" + registry);
        try (HttpClient client = client()) {
            assertThat(ask(client, port, image)).contains("\"allowed\":true", "a scan is wanted");
            long deadline = System.nanoTime() + 120_000_000_000L;
            String answer = ask(client, port, image);
            while (answer.contains("\"allowed\":true") && System.nanoTime() < deadline) {
                Thread.sleep(100);
                answer = ask(client, port, image);
            }
            assertThat(answer).as("said " + said).contains("\"allowed\":false", "at or above low", "\"code\":403");
            assertThat(ask(client, port, "127.0.0.1:" + registry + "/team/shop:2"))
                    .contains("which image this tag stands for was not looked up lately");
        }
    }
}
