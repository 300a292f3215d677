package dev.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.cli.ProgramRun;
import dev.holdfast.core.json.JsonValue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example image out of a real registry and a real container engine, started here, is what it is as a file. */
final class RealSourcesTest {
    private static final Path SHOP = Path.of(System.getProperty("holdfast.root", "."), "examples", "shop.tar");
    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();
    private String base = "";

    @BeforeEach
    void makeBase() throws Exception {
        base = Facts.small().write(folder.resolve("facts.hfdb")).toString();
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (Process process : started) {
            process.destroy();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    private static void need(String program) {
        boolean isThere = false;
        for (String path : System.getenv().getOrDefault("PATH", "").split(":")) {
            isThere |= Files.isExecutable(Path.of(path, program));
        }
        assumeTrue(isThere, program + " is not installed");
    }

    private Process start(String... words) throws IOException {
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(words[0] + ".log").toFile())
                .start();
        started.add(process);
        return process;
    }

    private void run(String... words) throws Exception {
        Path log = folder.resolve("run.log");
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    }

    private ProgramRun scan(String... words) {
        List<String> all = new ArrayList<>(List.of("scan", "--db", base, "--format", "json"));
        all.addAll(List.of(words));
        return ProgramRun.withEnvironment(
                Map.of(
                        "XDG_CACHE_HOME",
                        folder.resolve("cache").toString(),
                        "CONTAINERD_ROOT",
                        folder.resolve("containerd").toString(),
                        "DOCKER_HOST",
                        "unix://" + folder.resolve("docker.sock")),
                all.toArray(String[]::new));
    }

    private static List<String> packages(ProgramRun run) throws Exception {
        List<String> packages = new ArrayList<>();
        for (JsonValue one :
                run.json().get("targets").elements().getFirst().get("packages").elements()) {
            packages.add(one.get("purl").text().orElse(""));
        }
        assertThat(packages).isNotEmpty();
        return packages;
    }

    private static String kind(ProgramRun run) throws Exception {
        return run.json()
                .get("targets")
                .elements()
                .getFirst()
                .at("target", "kind")
                .text()
                .orElse("");
    }

    @Test
    void registryGivesWhatTheFileHolds() throws Exception {
        need("docker-registry");
        need("skopeo");
        int port = freePort();
        Path config = Files.writeString(
                folder.resolve("registry.yml"),
                "version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: " + folder.resolve("registry")
                        + "\nhttp:\n  addr: 127.0.0.1:" + port + "\n");
        start("docker-registry", "serve", config.toString());
        awaitPort(port);
        String name = "127.0.0.1:" + port + "/team/shop:1.4";
        run("skopeo", "copy", "--dest-tls-verify=false", "docker-archive:" + SHOP, "docker://" + name);

        ProgramRun first = scan(name);
        ProgramRun again = scan("registry:" + name);

        assertThat(first.err()).isEmpty();
        assertThat(kind(first)).isEqualTo("registry");
        assertThat(packages(first)).isEqualTo(packages(scan(SHOP.toString())));
        assertThat(packages(again)).isEqualTo(packages(first));
        ProgramRun missing = scan("127.0.0.1:" + port + "/team/shop:2");
        assertThat(missing.exit()).isEqualTo(3);
        assertThat(missing.err()).contains("the registry has no 127.0.0.1:" + port + "/team/shop with tag 2");
    }

    @Test
    void engineGivesWhatTheFileHolds() throws Exception {
        need("dockerd");
        need("docker");
        assumeTrue("root".equals(System.getProperty("user.name")), "a container engine needs root");
        String host = "unix://" + folder.resolve("docker.sock");
        start(
                "dockerd",
                "--host",
                host,
                "--data-root",
                folder.resolve("engine").toString(),
                "--exec-root",
                folder.resolve("exec").toString(),
                "--pidfile",
                folder.resolve("docker.pid").toString(),
                "--bridge=none",
                "--iptables=false",
                "--storage-driver=vfs");
        assumeTrue(awaitFile(folder.resolve("docker.sock")), "dockerd does not start here");
        run("docker", "--host", host, "load", "--input", SHOP.toString());
        run("docker", "--host", host, "create", "--name", "box", "shop:1.4", "true");

        assertThat(kind(scan("shop:1.4"))).isEqualTo("engine");
        assertThat(packages(scan("docker:shop:1.4"))).isEqualTo(packages(scan(SHOP.toString())));
        ProgramRun container = scan("container:box");
        assertThat(kind(container)).isEqualTo("container");
        assertThat(installed(container)).isEqualTo(installed(scan(SHOP.toString())));
        assertThat(scan("docker:absent").exit()).isEqualTo(3);
    }

    @Test
    void containerdGivesWhatTheFileHolds() throws Exception {
        need("containerd");
        need("ctr");
        assumeTrue("root".equals(System.getProperty("user.name")), "containerd needs root");
        Path config = Files.writeString(folder.resolve("containerd.toml"), """
                version = 2
                root = "%1$s/containerd"
                state = "%1$s/state"
                disabled_plugins = ["io.containerd.grpc.v1.cri"]
                [grpc]
                  address = "%1$s/containerd.sock"
                """.replace("%1$s", folder.toString()));
        start("containerd", "--config", config.toString());
        assumeTrue(awaitFile(folder.resolve("containerd.sock")), "containerd does not start here");
        String socket = folder.resolve("containerd.sock").toString();
        run("ctr", "-a", socket, "-n", "k8s.io", "images", "import", "--no-unpack", SHOP.toString());

        ProgramRun run = scan("containerd:shop:1.4");
        assertThat(kind(run)).isEqualTo("containerd");
        assertThat(packages(run)).isEqualTo(packages(scan(SHOP.toString())));
        assertThat(scan("containerd:absent").err()).contains("containerd has no image absent");
    }

    /** A container has no lower layers, so it does not remember what was removed. */
    private static List<String> installed(ProgramRun run) throws Exception {
        List<String> packages = new ArrayList<>();
        for (JsonValue one :
                run.json().get("targets").elements().getFirst().get("packages").elements()) {
            if (one.get("state").text().orElse("").equals("installed")) {
                packages.add(one.get("purl").text().orElse(""));
            }
        }
        assertThat(packages).isNotEmpty();
        return packages;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void awaitPort(int port) throws Exception {
        for (int i = 0; i < PATIENCE_SECONDS * 10; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (socket.isConnected()) {
                    return;
                }
            } catch (IOException notYet) {
                Thread.sleep(100);
            }
        }
        throw new AssertionError("nobody listens on " + port);
    }

    private boolean awaitFile(Path file) throws Exception {
        for (int i = 0; i < PATIENCE_SECONDS * 10; i++) {
            if (Files.exists(file)) {
                return true;
            }
            if (!started.getFirst().isAlive()) {
                return false;
            }
            Thread.sleep(100);
        }
        return false;
    }
}
