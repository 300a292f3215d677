package dev.holdfast.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.holdfast.dist.Installation.Run;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./holdfast --fetch-jdk} against a local server with the vendor's layout: a redirect to the archive, the checksum beside it. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class FetchJdkTest {
    private static final String TOOLS =
            "sh uname ldd mkdir rm mv sed head tail cat grep tar gzip sha256sum flock find touch id readlink";
    private static final String ARCHIVE = "/release/OpenJDK25U-jdk_25.0.9_1.tar.gz";

    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final Installation installation;
    private final byte[] archive;
    private final Path cache;
    private int cutAfter = Integer.MAX_VALUE;

    FetchJdkTest(@TempDir Path folder) throws Exception {
        installation = Installation.in(folder.resolve("tree"));
        cache = folder.resolve("cache");
        archive = archiveOfAJdk(folder);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        installation
                .with("XDG_CACHE_HOME", cache.toString())
                .with(
                        "HOLDFAST_JDK_MIRROR",
                        "http://127.0.0.1:" + server.getAddress().getPort());
    }

    @BeforeEach
    void serve() {
        files.put(ARCHIVE, archive);
        files.put(ARCHIVE + ".sha256.txt", (sha256(archive) + "  OpenJDK25U.tar.gz\n").getBytes(UTF_8));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl", "wget"})
    void fetchesVerifiesAndUsesTheJdk(String downloader) throws Exception {
        only(downloader);
        Run fetched = installation.run("--fetch-jdk");

        assertThat(fetched.err()).contains("JDK 25.0.9+1 is in " + cache.resolve("holdfast/jdk/temurin-25.0.9+1"));
        assertThat(fetched.exit()).isZero();
        assertThat(kept()).containsExactly("temurin-25.0.9+1");
        assertThat(installation.run("scan", "x").arguments()).endsWith("scan", "x");
    }

    @Test
    void runsTheCommandThatFollows() throws Exception {
        assertThat(installation.run("--fetch-jdk", "scan", "x").arguments()).endsWith("scan", "x");
    }

    @Test
    void downloadsNothingWhenItIsThere() throws Exception {
        installation.run("--fetch-jdk");
        requests.clear();
        Run again = installation.run("--fetch-jdk");

        assertThat(again.exit()).isZero();
        assertThat(requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl", "wget"})
    void keepsNothingWhoseChecksumIsWrong(String downloader) throws Exception {
        only(downloader);
        byte[] tampered = archive.clone();
        tampered[tampered.length / 2] ^= 1;
        files.put(ARCHIVE, tampered);

        Run run = installation.run("--fetch-jdk");

        assertThat(run.exit()).isEqualTo(4);
        assertThat(run.errorLines())
                .last()
                .asString()
                .contains("has SHA-256 " + sha256(tampered), sha256(archive) + " is published", "nothing was kept");
        assertThat(kept()).isEmpty();
    }

    @Test
    void goesOnAfterADownloadThatWasCutOff() throws Exception {
        cutAfter = archive.length / 2;
        Run cut = installation.run("--fetch-jdk");
        assertThat(cut.exit()).isEqualTo(4);
        assertThat(cut.errorLines()).last().asString().contains("was cut off");
        assertThat(kept()).isEmpty();

        cutAfter = Integer.MAX_VALUE;
        requests.clear();
        Run again = installation.run("--fetch-jdk");

        assertThat(again.exit()).isZero();
        assertThat(requests).contains(ARCHIVE + " bytes=" + archive.length / 2 + "-");
        assertThat(kept()).containsExactly("temurin-25.0.9+1");
    }

    @Test
    void downloadsNothingWithoutAPublishedChecksum() throws Exception {
        files.remove(ARCHIVE + ".sha256.txt");
        Run run = installation.run("--fetch-jdk");

        assertThat(run.exit()).isEqualTo(4);
        assertThat(run.errorLines()).last().asString().contains("no checksum at", "nothing was downloaded");
        assertThat(kept()).isEmpty();
    }

    @Test
    void keepsNothingWhenTheArchiveIsMissing() throws Exception {
        files.remove(ARCHIVE);
        Run run = installation.run("--fetch-jdk");

        assertThat(run.exit()).isEqualTo(4);
        assertThat(kept()).isEmpty();
    }

    @Test
    void refusesAnArchiveThatHoldsAnOlderJdk(@TempDir Path other) throws Exception {
        byte[] old = pack(Installation.fakeJdk(other.resolve("jdk"), "21.0.1"));
        files.put(ARCHIVE, old);
        files.put(ARCHIVE + ".sha256.txt", sha256(old).getBytes(UTF_8)); // no name, no end of line
        Run run = installation.run("--fetch-jdk");

        assertThat(run.exit()).isEqualTo(4);
        assertThat(run.errorLines()).last().asString().contains("holds no JDK 25");
        assertThat(kept()).isEmpty();
    }

    @Test
    void saysInOneLineThatTheMirrorCannotBeReached() throws Exception {
        server.stop(0);
        Run run = installation.run("--fetch-jdk");

        assertThat(run.exit()).isEqualTo(4);
        assertThat(run.errorLines()).singleElement().asString().contains("cannot reach http://127.0.0.1:");
        assertThat(kept()).isEmpty();
    }

    /** Leaves only what the script needs on PATH, and only one of curl and wget. */
    private void only(String downloader) throws IOException {
        for (String tool : (TOOLS + " " + downloader).split(" ")) {
            Path real =
                    Files.isExecutable(Path.of("/usr/bin", tool)) ? Path.of("/usr/bin", tool) : Path.of("/bin", tool);
            assumeTrue(Files.isExecutable(real) || tool.equals("flock"), tool + " is not installed");
            if (Files.isExecutable(real)) {
                installation.write("tools/" + tool, "#!/bin/sh\nexec " + real + " \"$@\"\n");
            }
        }
        installation.with("PATH", installation.root().resolve("tools").toString());
    }

    /** What a user would find in the cache: not the hidden files that a later attempt goes on with. */
    private List<String> kept() throws IOException {
        Path jdks = cache.resolve("holdfast/jdk");
        if (!Files.exists(jdks)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(jdks)) {
            return all.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(".lock") && !name.endsWith(".part"))
                    .toList();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String range = exchange.getRequestHeaders().getFirst("Range");
            requests.add(range == null ? path : path + " " + range);
            byte[] body = files.get(path);
            if (path.startsWith("/v3/binary/latest/25/ga/")) {
                exchange.getResponseHeaders().add("Location", ARCHIVE);
                exchange.sendResponseHeaders(307, -1);
            } else if (body == null) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                send(exchange, body, range);
            }
        }
    }

    private void send(HttpExchange exchange, byte[] body, @Nullable String range) throws IOException {
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-.*", "$1"));
        if (from > 0) {
            exchange.getResponseHeaders()
                    .add("Content-Range", "bytes " + from + "-" + (body.length - 1) + "/" + body.length);
        }
        exchange.sendResponseHeaders(
                from > 0 ? 206 : 200, exchange.getRequestMethod().equals("HEAD") ? -1 : body.length - from);
        if (!exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseBody().write(body, from, Math.min(body.length, Math.max(cutAfter, from)) - from);
            exchange.getResponseBody().flush();
        }
    }

    private static byte[] archiveOfAJdk(Path folder) throws IOException, InterruptedException {
        return pack(Installation.fakeJdk(folder.resolve("jdk-25.0.9+1"), "25.0.9"));
    }

    private static byte[] pack(Path jdk) throws IOException, InterruptedException {
        Path tar = jdk.resolveSibling("jdk.tar.gz");
        Process process = new ProcessBuilder(
                        "tar",
                        "-czf",
                        tar.toString(),
                        "-C",
                        jdk.resolveSibling(".").toString(),
                        jdk.getFileName().toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
        return Files.readAllBytes(tar);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
