package dev.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.cli.ProgramRun;
import dev.holdfast.core.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real containers of a real Docker Engine, to be stopped and let go again. Their image is empty: they run this machine's programs, mounted
 * read-only, and show that they make progress by counting in a folder of ours. Slow, as root: run with {@code -Dholdfast.slow}.
 */
abstract class RespondCase {
    static final String IMAGE = "holdfast-respond:test";

    /** A network of our own: it leads nowhere, and is there whatever networks the engine was told to have. */
    static final String NETWORK = "holdfast-respond";

    static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Long enough for a process that runs to count on: it does so every 10 ms. */
    static final long WHILE = 400;

    static final String COUNT = "my $n = 0; while (1) { open my $f, '>', '/out/NAME.new'; print $f ++$n; close $f;"
            + " rename '/out/NAME.new', '/out/NAME'; select undef, undef, undef, 0.01 }";

    /** Sends a number every 10 ms to everybody who connects, by IPv4. */
    static final String SERVE =
            "use IO::Socket::IP; $SIG{PIPE} = 'IGNORE'; my $s = IO::Socket::IP->new(LocalHost => '0.0.0.0', LocalPort => 7000,"
                    + " Listen => 9, ReuseAddr => 1) or die; while (my $c = $s->accept) { if (!fork) { my $n = 0; while (1) {"
                    + " $c->syswrite(++$n . \"\\n\") or exit; select undef, undef, undef, 0.01 } } }";

    /** Writes down what such a server last sent. */
    static final String LISTEN =
            "use IO::Socket::IP; my $c; until ($c = IO::Socket::IP->new(PeerHost => 'HOST', PeerPort => 7000)) {"
                    + " select undef, undef, undef, 0.05 } while (<$c>) { open my $f, '>', '/out/NAME.new'; print $f $_; close $f; rename '/out/NAME.new', '/out/NAME' }";

    /** Whether a connection comes about within two seconds: 0 yes, 1 no. */
    static final String REACH =
            "use IO::Socket::IP; exit(IO::Socket::IP->new(PeerHost => 'HOST', PeerPort => 7000, Timeout => 2) ? 0 : 1)";

    @TempDir
    Path folder;

    private final List<String> started = new ArrayList<>();
    Path journal;

    @BeforeAll
    static void needsDocker() throws Exception {
        assumeTrue(System.getProperty("holdfast.slow") != null, "slow: set -Dholdfast.slow");
        assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "needs root");
        assumeTrue(Files.exists(Path.of("/usr/bin/perl")), "perl is not here, which the containers run");
        assumeTrue(run("docker", "info").exit() == 0, "no Docker Engine runs here");
        assumeTrue(Files.isDirectory(Path.of("/sys/fs/bpf")), "no file system of BPF is mounted");
        Path empty = Files.createTempDirectory("holdfast-respond");
        Files.createDirectories(empty.resolve("root/etc"));
        assumeTrue(
                run("tar", "-C", empty.resolve("root").toString(), "-cf", empty + "/image.tar", "etc")
                                .exit()
                        == 0,
                "no tar here");
        assumeTrue(run("docker", "import", empty + "/image.tar", IMAGE).exit() == 0, "Docker imports no image");
        run("docker", "network", "rm", NETWORK);
        Finished made = run("docker", "network", "create", "--internal", NETWORK);
        assumeTrue(made.exit() == 0, () -> "Docker makes no network here: " + made.err());
    }

    @AfterAll
    static void removeWhatAllShared() throws Exception {
        if (System.getProperty("holdfast.slow") != null) {
            run("docker", "network", "rm", NETWORK);
            run("docker", "rmi", "-f", IMAGE);
        }
    }

    @BeforeEach
    void aJournal() {
        journal = folder.resolve("journal");
    }

    @AfterEach
    void removeContainers() throws Exception {
        for (String container : started) {
            run("docker", "rm", "-f", container);
        }
        undoAll(); // what a test that failed has left would be met by the next one
    }

    /** Takes back all that is in force, also what is left of containers that have ended. */
    void undoAll() throws Exception {
        for (JsonValue each : respond("list").json().get("inForce").elements()) {
            for (String number : each.get("entries").texts()) {
                act("undo", number);
            }
        }
    }

    void start(String name, String program, String... options) throws Exception {
        startIn(NETWORK, name, program, options);
    }

    void startIn(String network, String name, String program, String... options) throws Exception {
        run("docker", "rm", "-f", name);
        List<String> command = new ArrayList<>(List.of(
                "docker",
                "run",
                "-d",
                "--name",
                name,
                "--network",
                network,
                "--pids-limit",
                "300",
                "-v",
                folder + ":/out"));
        for (String each : List.of("/usr", "/bin", "/lib", "/lib64", "/etc/perl", "/etc/alternatives")) {
            if (Files.exists(Path.of(each))) {
                command.addAll(List.of("-v", Path.of(each).toRealPath() + ":" + each + ":ro"));
            }
        }
        command.addAll(List.of(options));
        command.addAll(List.of(IMAGE, "/usr/bin/perl", "-e", program.replace("NAME", name)));
        started.add(name);
        Finished finished = run(command.toArray(new String[0]));
        assumeTrue(finished.exit() == 0, () -> "Docker runs no container here: " + finished.err());
    }

    static String address(String name) throws Exception {
        return run("docker", "inspect", "-f", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", name)
                .out()
                .strip();
    }

    static String address6(String name) throws Exception {
        return run("docker", "inspect", "-f", "{{range .NetworkSettings.Networks}}{{.GlobalIPv6Address}}{{end}}", name)
                .out()
                .strip();
    }

    static Path group(String name) throws Exception {
        String pid =
                run("docker", "inspect", "-f", "{{.State.Pid}}", name).out().strip();
        for (String line : Files.readAllLines(Path.of("/proc", pid, "cgroup"))) {
            if (line.startsWith("0::")) {
                return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                        .filter(mount -> mount.contains(" - cgroup2 "))
                        .map(mount -> Path.of(mount.split(" ")[4] + line.substring(3)))
                        .findFirst()
                        .orElseThrow();
            }
        }
        throw new IOException(name + " is in no unified group");
    }

    static boolean reaches(String container, String address) throws Exception {
        Finished finished = run("docker", "exec", container, "/usr/bin/perl", "-e", REACH.replace("HOST", address));
        return finished.exit() == 0;
    }

    static boolean reachesFromHere(String address) throws Exception {
        return run("/usr/bin/perl", "-e", REACH.replace("HOST", address)).exit() == 0;
    }

    void progresses(String name) throws Exception {
        await(() -> Files.exists(folder.resolve(name)));
        String before = Files.readString(folder.resolve(name));
        await(() -> !Files.readString(folder.resolve(name)).equals(before));
    }

    void stands(String name) throws Exception {
        String before = Files.readString(folder.resolve(name));
        Thread.sleep(WHILE);
        assertThat(Files.readString(folder.resolve(name))).isEqualTo(before);
    }

    /** What is on its way is read yet, then nothing comes any more. */
    void dries(String name) throws Exception {
        await(() -> {
            String before = Files.readString(folder.resolve(name));
            Thread.sleep(WHILE);
            return Files.readString(folder.resolve(name)).equals(before);
        });
    }

    interface Condition {
        boolean holds() throws Exception;
    }

    static void await(Condition condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("waiting").isLessThan(end);
            Thread.sleep(20);
        }
    }

    ProgramRun respond(String... words) {
        List<String> all = new ArrayList<>(List.of("respond"));
        all.addAll(List.of(words));
        all.addAll(List.of("--journal", journal.toString(), "--format", "json"));
        return ProgramRun.of(all.toArray(new String[0]));
    }

    ProgramRun act(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.add("--act");
        return respond(all.toArray(new String[0]));
    }

    static long entry(ProgramRun run) throws Exception {
        List<JsonValue> outcomes = run.json().get("outcomes").elements();
        assertThat(outcomes).as(() -> run.text() + run.err()).isNotEmpty();
        return outcomes.getFirst().get("entry").integer().orElseThrow();
    }

    /** The program in a process of its own. */
    List<String> java(String... words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.holdfast.cli.Main",
                "respond"));
        command.addAll(List.of(words));
        command.addAll(List.of("--journal", journal.toString()));
        return command;
    }

    Process child(String... words) throws IOException {
        return new ProcessBuilder(java(words))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    record Finished(int exit, String out, String err) {}

    static Finished run(String... command) throws Exception {
        Path err = Files.createTempFile("holdfast-respond", ".err");
        try {
            Process process =
                    new ProcessBuilder(command).redirectError(err.toFile()).start();
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            return new Finished(process.waitFor(), out, Files.readString(err));
        } catch (IOException absent) {
            return new Finished(127, "", String.valueOf(absent.getMessage()));
        } finally {
            Files.deleteIfExists(err);
        }
    }
}
