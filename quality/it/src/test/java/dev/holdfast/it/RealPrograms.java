package dev.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs of this machine that a test starts and ends. */
final class RealPrograms {
    private static final int PATIENCE_SECONDS = 60;

    private final Path folder;
    private final List<Process> started = new ArrayList<>();

    /** @param folder for their logs and their files */
    RealPrograms(Path folder) {
        this.folder = folder;
    }

    /** Skips the test where that program is not installed. */
    static void need(String program) {
        boolean isThere = false;
        for (String path : System.getenv().getOrDefault("PATH", "").split(":")) {
            isThere |= Files.isExecutable(Path.of(path, program));
        }
        assumeTrue(isThere, program + " is not installed");
    }

    static void needRoot() {
        assumeTrue("root".equals(System.getProperty("user.name")), "this needs root");
    }

    /** Starts a program that runs until the end of the test. */
    Process start(String... words) throws IOException {
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(words[0] + ".log").toFile())
                .start();
        started.add(process);
        return process;
    }

    /** Runs a program, which must succeed. */
    void run(String... words) throws Exception {
        assertThat(tryToRun(folder, PATIENCE_SECONDS, words)).as(log()).isTrue();
    }

    /** Whether a program, run in a folder, succeeds in time. */
    boolean tryToRun(Path in, int seconds, String... words) throws Exception {
        Process process = new ProcessBuilder(words)
                .directory(in.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("run.log").toFile())
                .start();
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return false;
        }
        return process.exitValue() == 0;
    }

    /** What the program run last printed. */
    String log() throws IOException {
        Path log = folder.resolve("run.log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    /** Starts a container engine without networks of its own; gives its address. Skips the test where it does not start. */
    String startEngine() throws Exception {
        need("dockerd");
        need("docker");
        needRoot();
        Path socket = folder.resolve("docker.sock");
        Process engine = start(
                "dockerd",
                "--host",
                "unix://" + socket,
                "--data-root",
                folder.resolve("engine").toString(),
                "--exec-root",
                folder.resolve("exec").toString(),
                "--pidfile",
                folder.resolve("docker.pid").toString(),
                "--bridge=none",
                "--iptables=false");
        assumeTrue(awaitFile(engine, socket), "dockerd does not start here");
        return "unix://" + socket;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static void awaitPort(int port) throws Exception {
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

    /** Whether the file comes before the program that makes it ends. */
    static boolean awaitFile(Process maker, Path file) throws Exception {
        for (int i = 0; i < PATIENCE_SECONDS * 10; i++) {
            if (Files.exists(file)) {
                return true;
            }
            if (!maker.isAlive()) {
                return false;
            }
            Thread.sleep(100);
        }
        return false;
    }

    /** Ends what was started, and removes what an engine kept: a mounted network, and links all over, which JUnit would name one by one. */
    void stop() throws Exception {
        for (Process process : started) {
            process.destroy();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
        if (!started.isEmpty()) {
            tryToRun(folder, PATIENCE_SECONDS, "umount", "--lazy", "exec/netns/default");
            tryToRun(folder, PATIENCE_SECONDS, "rm", "-rf", "engine", "exec");
        }
    }
}
