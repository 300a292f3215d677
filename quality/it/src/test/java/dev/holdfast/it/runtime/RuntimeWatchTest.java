package dev.holdfast.it.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code holdfast watch} as a program of its own: how it begins, reads its rules again, is counted, and ends. */
class RuntimeWatchTest {
    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void needsTheKernel() {
        LiveWatch.need();
        assumeTrue(Files.exists(Path.of("/usr/bin/true")), "/usr/bin/true is not here");
    }

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    /** With the signals as a terminal has them: what a script starts in the background ignores interrupts, and so would watching. */
    private Process watch(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "--default-signal=HUP,INT,TERM",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.holdfast.cli.Main",
                "watch"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        started.add(process);
        return process;
    }

    private String text(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    private void await(String name, String wanted) throws Exception {
        for (int i = 0; i < PATIENCE_SECONDS * 10; i++) {
            if (text(name).contains(wanted)) {
                return;
            }
            Thread.sleep(100);
        }
        throw new AssertionError(wanted + " did not come: " + text("err") + text("out"));
    }

    private Path rules(String word) throws IOException {
        return Files.writeString(folder.resolve("rules.yaml"), """
                - rule: Word
                  desc: A program is told a word.
                  condition: evt.type = execve and proc.args = "WORD"
                  output: "heard %proc.args of %proc.name"
                  priority: NOTICE
                """.replace("WORD", word));
    }

    private static void say(String word) throws Exception {
        assertThat(Engine.succeeds("/usr/bin/true", word)).isTrue();
    }

    @Test
    void beginsWithOurOwnRulesAloneAndEndsWithASum() throws Exception {
        Process watch = watch();
        await("err", "watching this machine and ");
        assertThat(text("err")).contains(" · " + OwnRules.count() + " rules");
        watch.destroy();
        assertThat(watch.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(text("err").lines().toList().getLast()).matches("holdfast: \\d+ events, \\d+ alerts.*");
    }

    @Test
    void readsRulesAgainWhenToldAndCountsForPrometheus() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path rules = rules("one-word");
        Process watch =
                watch("--rules", rules.toString(), "--metrics-listen", "127.0.0.1:" + port, "--format", "falco");
        await("err", "watching this machine");
        say("one-word");
        await("out", "heard one-word of true");

        Engine.succeeds("kill", "-HUP", Long.toString(watch.pid()));
        await("err", "rules were read again: 1 rules hold now");
        assertThat(watch.isAlive()).isTrue();

        String metrics = get(port, "/metrics");
        assertThat(metrics)
                .contains("holdfast_watch_alerts_total{priority=\"Notice\",rule=\"Word\"} 1\n")
                .contains("holdfast_watch_events_lost_total ")
                .contains("holdfast_watch_rule_reloads_total{result=\"taken\"} 1\n");
        assertThat(get(port, "/health")).isEqualTo("ok\n");
        Engine.succeeds("kill", "-INT", Long.toString(watch.pid()));
        assertThat(watch.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(text("err").lines().toList().getLast()).contains(" events, 1 alerts");
    }

    private static String get(int port, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    /** Killed as hard as can be, it leaves nothing in the kernel: no program that somebody holds, none that is pinned. */
    @Test
    void leavesNothingAttachedWhenItIsKilled() throws Exception {
        List<String> pinned = pinned();
        Process watch = watch();
        await("err", "watching this machine");
        assertThat(programs(watch.pid())).isGreaterThan(5);

        watch.destroyForcibly();
        assertThat(watch.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();

        assertThat(programs(watch.pid())).isZero();
        assertThat(pinned()).isEqualTo(pinned);
    }

    private static List<String> pinned() throws IOException {
        Path pins = Path.of("/sys/fs/bpf");
        if (!Files.isDirectory(pins)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(pins)) {
            return files.map(Path::toString).sorted().toList();
        }
    }

    /** How many kernel programs a process holds. */
    private static long programs(long process) {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(process), "fdinfo"))) {
            return descriptors.filter(RuntimeWatchTest::isProgram).count();
        } catch (IOException gone) {
            return 0;
        }
    }

    private static boolean isProgram(Path descriptor) {
        try {
            return Files.readString(descriptor).contains("prog_id:");
        } catch (IOException gone) {
            return false;
        }
    }

    /** As where a variable of a script is not set. */
    @Test
    void doesNotTakeAnEmptyNameForThisMachine() throws Exception {
        assertThat(watch("--replay", "").waitFor()).isEqualTo(3);
        assertThat(text("err")).contains("want a name");
    }

    @Test
    void readsTheResponsePolicyAgainWhenTold() throws Exception {
        Path policy = Files.writeString(
                folder.resolve("policy.yaml"), "respond: [ { rules: [ Word ], priority: debug, action: freeze } ]\n");
        Process watch = watch("--rules", rules("one").toString(), "--respond", policy.toString());
        await("err", "holdfast: watching ");
        Engine.succeeds("kill", "-HUP", Long.toString(watch.pid()));
        await("err", "the response policy was read again: 1 answer holds now");
        Files.writeString(policy, "respond: [ { rules: [ Word ], action: shoot } ]\n");
        Engine.succeeds("kill", "-HUP", Long.toString(watch.pid()));
        await("err", "the response policy is wrong, the one from before stays: ");
        assertThat(watch.isAlive()).isTrue();
    }
}
