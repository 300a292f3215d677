package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.Digest;
import dev.holdfast.core.InputException;
import dev.holdfast.server.images.ImageScan;
import dev.holdfast.store.Store;
import dev.holdfast.store.StoreSettings;
import dev.holdfast.store.Verdict;
import dev.holdfast.store.Verdicts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decisions by what is remembered of images: from an unknown image to its verdict, and across a restart. */
class StoredVerdictsTest {
    private static final Digest BAD = Digest.sha256("bad".getBytes(StandardCharsets.UTF_8));
    private static final String REPORT = """
            {"schema":"holdfast-scan/1","database":{"digest":"sha256:base"},"targets":[{"target":{"digest":"%s"},
             "findings":[{"severity":"critical"},{"severity":"low"}],"verdict":{"outcome":"pass","sentence":"no gate was set"}}]}
            """;

    @TempDir
    Path folder;

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final List<String> scanned = new CopyOnWriteArrayList<>();

    @BeforeEach
    void files() throws Exception {
        TestKeys.make(folder, "tls");
        TestKeys.make(folder, "ci");
        TestKeys.make(folder, "stranger");
        Files.writeString(
                folder.resolve("settings.yaml"),
                "mode: enforce\nimages: {failOn: high, failing: deny, unknown: warn}\n");
    }

    /** A registry in which every image is bad, save those that are not there. */
    private ImageScan.Scanned scan(String image) throws InputException {
        scanned.add(image);
        if (image.contains("missing")) {
            throw new InputException(InputException.Code.NOT_FOUND, "no such image");
        }
        Instant now = Instant.now();
        Verdict verdict = new Verdict(
                BAD,
                Verdict.Outcome.FAIL,
                "2 findings at or above high",
                "",
                "",
                "test",
                new Verdict.Counts(1, 1, 0, 0, 0),
                now,
                now.plus(Duration.ofDays(1)));
        return new ImageScan.Scanned(List.of(verdict), Optional.of(new Verdicts.Named(image, BAD, now)));
    }

    private ServerSettings settings(int scanners) {
        return ServerSettings.of(
                        "127.0.0.1",
                        0,
                        folder.resolve("tls.crt"),
                        folder.resolve("tls.key"),
                        folder.resolve("settings.yaml"),
                        "holdfast")
                .with(new ServerSettings.MemorySettings(
                        StoreSettings.in(folder.resolve("store")), this::scan, scanners, Duration.ofDays(1)))
                .withNotice(Duration.ZERO)
                .with(new ServerSettings.ReportDoor("127.0.0.1", 0, folder.resolve("ci.crt")));
    }

    private static String review(String image, boolean isDryRun) {
        return """
                {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u-7","operation":"CREATE","name":"p","namespace":"shop",
                "kind":{"group":"","version":"v1","kind":"Pod"},"resource":{"group":"","version":"v1","resource":"pods"},"dryRun":%s,
                "object":{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{"containers":[{"name":"a","image":"%s"}]}}}}
                """.replaceFirst("%s", "" + isDryRun).replaceFirst("%s", image);
    }

    private HttpClient client(String own) throws Exception {
        return HttpClient.newBuilder()
                .sslContext(TestKeys.client(folder.resolve("tls.crt"), folder, own))
                .build();
    }

    private static String ask(HttpClient client, int port, String path, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + path));
        HttpResponse<String> answer = client.send(
                body.isEmpty()
                        ? request.build()
                        : request.POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.sleep(50);
        }
    }

    @Test
    void anUnknownImageIsScannedAndThenRefusedAlsoAfterARestart() throws Exception {
        try (AdmissionServer server = AdmissionServer.start(settings(1), log::add);
                HttpClient client = client("")) {
            assertThat(ask(client, server.port(), "/validate", review("web:1", false)))
                    .startsWith("200 ")
                    .contains("\"allowed\":true", "was not looked up lately; a scan is wanted");
            await(() -> ask(client, server.port(), "/validate", review("web:1", false))
                    .contains("\"allowed\":false"));
            assertThat(scanned).containsExactly("docker.io/library/web:1");
            await(() -> ask(client, server.port(), "/metrics", "").contains("holdfast_scans_made_total 1.0"));
            await(() -> ask(client, server.port(), "/metrics", "").contains("holdfast_images_known 1.0"));
            assertThat(ask(client, server.port(), "/metrics", "")).contains("holdfast_store_up 1.0");
        }
        try (AdmissionServer server = AdmissionServer.start(settings(0), log::add);
                HttpClient client = client("");
                HttpClient reporter = client("ci")) {
            assertThat(ask(client, server.port(), "/validate", review("web:1", false)))
                    .contains("\"allowed\":false", "2 findings at or above high");
            await(() -> ask(reporter, server.reportPort(), "/api/v1/decisions?limit=1", "")
                    .contains("\"outcome\": \"denied\""));
            assertThat(ask(reporter, server.reportPort(), "/api/v1/verdicts/" + BAD, ""))
                    .startsWith("200 ")
                    .contains("\"outcome\": \"fail\"");
        }
    }

    @Test
    void aDryRunLeavesNoTrace() throws Exception {
        try (AdmissionServer server = AdmissionServer.start(settings(0), log::add);
                HttpClient client = client("");
                HttpClient reporter = client("ci")) {
            assertThat(ask(client, server.port(), "/validate", review("dry:1", true)))
                    .contains("a scan is wanted");
            assertThat(ask(client, server.port(), "/validate", review("wet:1", false)))
                    .contains("a scan is wanted");
            await(() ->
                    ask(reporter, server.reportPort(), "/api/v1/decisions", "").contains("wet:1"));
            assertThat(ask(reporter, server.reportPort(), "/api/v1/decisions", ""))
                    .doesNotContain("dry:1");
        }
        try (Store store = Store.open(StoreSettings.in(folder.resolve("store")))) {
            assertThat(store.scans().depth().waiting()).isEqualTo(1);
        }
    }

    @Test
    void whoHasACertificateMayReport() throws Exception {
        try (AdmissionServer server = AdmissionServer.start(settings(0), log::add);
                HttpClient client = client("");
                HttpClient reporter = client("ci");
                HttpClient stranger = client("stranger")) {
            String image = "registry.example/web@" + BAD;
            String report = REPORT.replace("%s", BAD.toString());
            assertThat(ask(client, server.port(), "/validate", review(image, true)))
                    .contains("it was not scanned yet");
            assertThatThrownBy(() -> ask(stranger, server.reportPort(), "/api/v1/verdicts", report))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> ask(client, server.reportPort(), "/api/v1/verdicts", report))
                    .isInstanceOf(IOException.class);
            assertThat(ask(client, server.port(), "/api/v1/verdicts", report)).startsWith("404 ");
            assertThat(ask(reporter, server.reportPort(), "/api/v1/verdicts", "{\"schema\":\"x\"}"))
                    .startsWith("400 no report of a scan: the schema is \"x\"");
            assertThat(ask(reporter, server.reportPort(), "/api/v1/verdicts?digest=sha256:1", report))
                    .startsWith("400 ");
            assertThat(ask(reporter, server.reportPort(), "/api/v1/verdicts", report))
                    .startsWith("204 ");
            assertThat(ask(client, server.port(), "/validate", review(image, true)))
                    .contains("\"allowed\":false", "1 finding at or above high (1 critical, 0 high)");
            assertThat(ask(reporter, server.reportPort(), "/api/v1/verdicts/" + BAD, ""))
                    .contains("\"reporter\": \"CN=ci\"");
            assertThat(ask(reporter, server.reportPort(), "/api/v1/verdicts/sha256:0", ""))
                    .startsWith("404 ");
        }
    }

    @Test
    void whatCannotBeScannedIsToldAndTriedAgainLater() throws Exception {
        try (AdmissionServer server = AdmissionServer.start(settings(1), log::add);
                HttpClient client = client("")) {
            ask(client, server.port(), "/validate", review("missing:1", false));
            await(() -> log.stream()
                    .anyMatch(line ->
                            line.equals("could not scan docker.io/library/missing:1 (attempt 1): no such image")));
        }
        try (Store store = Store.open(StoreSettings.in(folder.resolve("store")))) {
            assertThat(store.scans().depth().waiting()).isEqualTo(1);
        }
    }

    /** Somebody else has the folder: the server answers from what it knows, and goes on when the folder is free. */
    @Test
    void answersWhileTheStoreIsAway() throws Exception {
        Path place = folder.resolve("store");
        Files.createDirectories(place);
        Files.createFile(place.resolve("holdfast.mv.db"));
        try (var channel = java.nio.channels.FileChannel.open(
                        place.resolve("holdfast.mv.db"), java.nio.file.StandardOpenOption.WRITE);
                var _ = channel.lock();
                AdmissionServer server = AdmissionServer.start(settings(1), log::add);
                HttpClient client = client("")) {
            assertThat(ask(client, server.port(), "/validate", review("web:1", false)))
                    .contains("\"allowed\":true", "a scan is wanted");
            assertThat(ask(client, server.port(), "/readyz", "")).isEqualTo("200 ok\n");
            assertThat(ask(client, server.port(), "/metrics", "")).contains("holdfast_store_up 0.0");
            assertThat(log).anyMatch(line -> line.startsWith("the store cannot be used, decisions go on from memory"));
        }
    }
}
