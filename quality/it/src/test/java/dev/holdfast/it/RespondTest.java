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
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real containers of a real Docker Engine, stopped and let go again. Their image is empty: they run this machine's programs, mounted read-only, and
 * show that they make progress by counting in a folder of ours. Slow, as root: run with {@code -Dholdfast.slow}.
 */
class RespondTest {
    private static final String IMAGE = "holdfast-respond:test";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Long enough for a process that runs to count on: it does so every 10 ms. */
    private static final long WHILE = 400;

    private static final String COUNT =
            "my $n = 0; while (1) { open my $f, '>', '/out/NAME.new'; print $f ++$n; close $f;"
                    + " rename '/out/NAME.new', '/out/NAME'; select undef, undef, undef, 0.01 }";

    /** Sends a number every 10 ms to everybody who connects, by IPv4. */
    private static final String SERVE =
            "use IO::Socket::IP; $SIG{PIPE} = 'IGNORE'; my $s = IO::Socket::IP->new(LocalHost => '0.0.0.0', LocalPort => 7000,"
                    + " Listen => 9, ReuseAddr => 1) or die; while (my $c = $s->accept) { if (!fork) { my $n = 0; while (1) {"
                    + " $c->syswrite(++$n . \"\\n\") or exit; select undef, undef, undef, 0.01 } } }";

    /** Writes down what such a server last sent. */
    private static final String LISTEN =
            "use IO::Socket::IP; my $c; until ($c = IO::Socket::IP->new(PeerHost => 'HOST', PeerPort => 7000)) {"
                    + " select undef, undef, undef, 0.05 } while (<$c>) { open my $f, '>', '/out/NAME.new'; print $f $_; close $f; rename '/out/NAME.new', '/out/NAME' }";

    /** Whether a connection comes about within two seconds: 0 yes, 1 no. */
    private static final String REACH =
            "use IO::Socket::IP; exit(IO::Socket::IP->new(PeerHost => 'HOST', PeerPort => 7000, Timeout => 2) ? 0 : 1)";

    @TempDir
    Path folder;

    private final List<String> started = new ArrayList<>();
    private Path journal;

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
    }

    @AfterAll
    static void removeImage() throws Exception {
        if (System.getProperty("holdfast.slow") != null) {
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
        respond("list"); // tells of nothing that stays; what is left of cuts is removed by undo
    }

    @Test
    void aFrozenContainerMakesNoProgressUntilItIsUndone() throws Exception {
        start("respond-frozen", COUNT);
        progresses("respond-frozen");
        assertThat(respond("freeze", "respond-frozen").text()).contains("would be frozen");
        progresses("respond-frozen");
        long entry = entry(act("freeze", "respond-frozen"));
        stands("respond-frozen");
        ProgramRun again = act("freeze", "respond-frozen");
        assertThat(again.text()).contains("already");
        assertThat(respond("list").json().get("inForce").elements()).hasSize(1);
        act("undo", String.valueOf(entry));
        stands("respond-frozen");
        act("undo", String.valueOf(entry(again)));
        progresses("respond-frozen");
    }

    /** What an engine runs inside a container makes groups below the container's. */
    @Test
    void groupsBelowAreTheContainers() throws Exception {
        start(
                "respond-nested",
                "if (!fork) { " + COUNT.replace("NAME", "respond-inner") + " } "
                        + COUNT.replace("NAME", "respond-nested"));
        progresses("respond-inner");
        Path group = group("respond-nested");
        Path inner = Files.createDirectories(group.resolve("inner/innermost"));
        String child = Files.readAllLines(group.resolve("cgroup.procs")).getLast();
        Files.writeString(inner.resolve("cgroup.procs"), child);
        long entry = entry(act("freeze", "pid:" + child));
        stands("respond-inner");
        stands("respond-nested");
        act("undo", String.valueOf(entry));
        progresses("respond-inner");
        act("kill", "respond-nested");
        assertThat(Files.exists(Path.of("/proc/" + child))).isFalse();
    }

    @Test
    void nothingForksPastAKill() throws Exception {
        start(
                "respond-bomb",
                "$SIG{CHLD} = 'IGNORE'; $SIG{TERM} = 'IGNORE'; while (1) { fork; select undef, undef, undef, 0.001 }");
        Path group = group("respond-bomb");
        await(() -> Files.readAllLines(group.resolve("cgroup.procs")).size() > 100);
        ProgramRun killed = act("kill", "respond-bomb");
        assertThat(killed.json()
                        .get("outcomes")
                        .elements()
                        .getFirst()
                        .get("result")
                        .text())
                .contains("done");
        assertThat(Files.exists(group)
                        && !Files.readAllLines(group.resolve("cgroup.procs")).isEmpty())
                .isFalse();
        await(() -> run("docker", "inspect", "-f", "{{.State.Running}}", "respond-bomb")
                .out()
                .strip()
                .equals("false"));
        assertThat(act("kill", "respond-bomb").exit()).isEqualTo(3);
    }

    @Test
    void aHeldContainerStartsNothing() throws Exception {
        start(
                "respond-held",
                "while (1) { my $p = fork; exit if defined $p && !$p; if (defined $p) { waitpid $p, 0; "
                        + COUNT.replace("while (1)", "for (1)") + " }" + " select undef, undef, undef, 0.01 }");
        await(() -> Files.exists(folder.resolve("respond-held")));
        long entry = entry(act("hold", "respond-held"));
        assertThat(respond("list").json().get("inForce").elements()).hasSize(1);
        act("undo", String.valueOf(entry));
        assertThat(respond("list").json().get("inForce").elements()).isEmpty();
    }

    @Test
    void aCutContainerIsReachedByNobodyAndReachesNobody() throws Exception {
        start("respond-server", SERVE);
        String address = address("respond-server");
        start("respond-client", LISTEN.replace("HOST", address).replace("NAME", "respond-stream"));
        progresses("respond-stream");
        assertThat(reaches("respond-client", address)).isTrue();
        assertThat(reachesFromHere(address)).isTrue();
        long entry = entry(act("disconnect", "respond-server"));
        stands("respond-stream");
        assertThat(reaches("respond-client", address)).isFalse();
        assertThat(reachesFromHere(address)).isFalse();
        assertThat(reaches("respond-server", address("respond-client"))).isFalse();
        assertThat(reaches("respond-server", "127.0.0.1")).as("loopback").isFalse();
        JsonValue found = respond("list").json().get("inForce").elements().getFirst();
        assertThat(found.get("container").text()).contains("respond-server");
        assertThat(found.get("notes").texts().getFirst())
                .doesNotStartWith("0 packets")
                .contains("0 let through");
        assertThat(act("disconnect", "respond-server").text()).contains("already");
        act("undo", String.valueOf(entry));
        stands("respond-stream"); // the second entry asks for the same
        act("undo", String.valueOf(entry + 2));
        progresses("respond-stream"); // the connection was never closed
        assertThat(reachesFromHere(address)).isTrue();
        assertThat(Path.of("/sys/fs/bpf/holdfast")).doesNotExist();
    }

    @Test
    void exceptionsAreLetThrough() throws Exception {
        start("respond-server", SERVE);
        start("respond-client", COUNT.replace("NAME", "respond-client"));
        String address = address("respond-server");
        await(() -> reaches("respond-client", address));
        String client = address("respond-client");
        long entry = entry(act("disconnect", "respond-server", "--keep-loopback", "--except", client));
        assertThat(reaches("respond-client", address)).isTrue();
        assertThat(reaches("respond-server", "127.0.0.1")).isTrue();
        assertThat(reachesFromHere(address)).isFalse();
        JsonValue found = respond("list").json().get("inForce").elements().getFirst();
        assertThat(found.get("notes").texts()).anyMatch(note -> note.contains(client + "/32"));
        act("undo", String.valueOf(entry));
        assertThat(reachesFromHere(address)).isTrue();
    }

    /** IPv6 finds its neighbours by packets that are let through where an IPv6 address is excepted, and only there. */
    @Test
    void exceptionsMayBeIpv6() throws Exception {
        run("docker", "network", "rm", "respond-six");
        assumeTrue(
                run("docker", "network", "create", "--ipv6", "--subnet", "fd00:4f1d::/64", "respond-six")
                                .exit()
                        == 0,
                "Docker makes no network with IPv6 here");
        try {
            startIn("respond-six", "respond-server", SERVE.replace("0.0.0.0", "::"));
            startIn("respond-six", "respond-client", COUNT.replace("NAME", "respond-client"));
            String address = address6("respond-server");
            assumeTrue(reaches("respond-client", address), "containers do not reach each other by IPv6 here");
            long strict = entry(act("disconnect", "respond-server"));
            assertThat(reaches("respond-client", address)).isFalse();
            assertThat(reaches("respond-server", "::1")).isFalse();
            act("undo", String.valueOf(strict));
            long open = entry(act("disconnect", "respond-server", "--except", address6("respond-client")));
            assertThat(reaches("respond-client", address)).isTrue();
            assertThat(reachesFromHere(address)).isFalse();
            act("undo", String.valueOf(open));
        } finally {
            removeContainers();
            run("docker", "network", "rm", "respond-six");
        }
    }

    /** The pins of a container that has ended are found, and tidied up by undo. */
    @Test
    void tidiesUpAfterAContainerThatEnded() throws Exception {
        start("respond-ended", SERVE);
        long entry = entry(act("disconnect", "respond-ended"));
        run("docker", "rm", "-f", "respond-ended");
        JsonValue found = respond("list").json().get("inForce").elements().getFirst();
        assertThat(found.get("notes").texts()).anyMatch(note -> note.contains("has ended"));
        assertThat(act("undo", String.valueOf(entry)).text()).contains("gone");
        assertThat(respond("list").json().get("inForce").elements()).isEmpty();
        assertThat(Path.of("/sys/fs/bpf/holdfast")).doesNotExist();
    }

    /** Killed at any moment, nothing is half done that is not found and told, and the journal holds together. */
    @Test
    void survivesBeingKilled() throws Exception {
        start("respond-server", SERVE);
        String address = address("respond-server");
        await(() -> reachesFromHere(address));
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        for (int i = 0; i < 6; i++) {
            Process child = child("disconnect", "respond-server", "--except", "192.0.2." + i, "--act");
            if (!child.waitFor(200 + random.nextInt(1_500), TimeUnit.MILLISECONDS)) {
                child.destroyForcibly();
            }
            child.waitFor();
        }
        Process last = child("disconnect", "respond-server", "--act");
        assertThat(last.waitFor()).isZero();
        assertThat(reachesFromHere(address))
                .as("seed %d: we have ended, the cut stays", seed)
                .isFalse();
        act("hold", "respond-server");
        ProgramRun list = respond("list");
        assertThat(list.exit()).isZero();
        assertThat(list.json().get("journal").get("sound").isTrue()).isTrue();
        for (JsonValue each : list.json().get("inForce").elements()) {
            assertThat(each.get("entries").texts())
                    .as("seed %d: %s", seed, each)
                    .isNotEmpty();
            for (String entry : each.get("entries").texts()) {
                act("undo", entry);
            }
        }
        assertThat(respond("list").json().get("inForce").elements()).isEmpty();
        assertThat(reachesFromHere(address)).isTrue();
    }

    @Test
    void twoProgramsTakeTurns() throws Exception {
        start("respond-shared", COUNT);
        List<Process> children = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            children.add(child(i == 1 ? "hold" : "freeze", "respond-shared", "--act"));
        }
        for (Process child : children) {
            assertThat(child.waitFor()).isZero();
        }
        ProgramRun list = respond("list");
        assertThat(list.json().get("journal").get("lines").integer()).contains(6L);
        assertThat(list.exit()).isZero();
        stands("respond-shared");
        for (int entry : new int[] {1, 3, 5}) {
            act("undo", String.valueOf(entry));
        }
        progresses("respond-shared");
    }

    @Test
    void refusesTheMachineItselfAndWhatIsNotThere() throws Exception {
        assertThat(act("kill", "pid:1").exit()).isEqualTo(3);
        assertThat(act("kill", "pid:1").err()).contains("never touched");
        assertThat(act("kill", "pid:" + ProcessHandle.current().pid()).err()).contains("never touched");
        String dockerd = run("pgrep", "-o", "dockerd").out().strip();
        assertThat(act("kill", "pid:" + dockerd).err()).contains("never touched");
        assertThat(act("freeze", "no-such-container").exit()).isEqualTo(3);
        assertThat(Path.of("/proc/" + dockerd)).exists();
        start("respond-spared", COUNT, "--label", "dev.holdfast.respond=never");
        ProgramRun refused = act("kill", "respond-spared");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.text()).contains("it has the label");
        progresses("respond-spared");
    }

    @Test
    void saysWhenTheJournalWasChanged() throws Exception {
        start("respond-told", COUNT);
        act("freeze", "respond-told", "--reason", "a suspicion");
        Files.writeString(journal, Files.readString(journal).replace("a suspicion", "no reason at all"));
        ProgramRun list = respond("list");
        assertThat(list.exit()).isEqualTo(2);
        assertThat(list.err()).contains("line 2 does not follow");
    }

    /** A shell in a container, seen by the kernel sensor, met by a rule, answered by a policy: first said, then done. */
    @Test
    void answersAnAlertOfTheKernel() throws Exception {
        start("respond-watched", COUNT);
        progresses("respond-watched");
        Files.writeString(folder.resolve("rules.yaml"), """
                - rule: Trigger in a container
                  desc: a program of the test was executed
                  condition: evt.type = execve and container.name = respond-watched and proc.args contains "holdfast-trigger"
                  output: trigger %proc.cmdline
                  priority: CRITICAL
                """);
        Files.writeString(folder.resolve("policy.yaml"), """
                act: true
                respond:
                  - rules: ["Trigger*"]
                    action: freeze
                """);
        assertThat(watched()).contains("respond-watched: would be frozen: ");
        progresses("respond-watched");
        assertThat(watched("--act")).contains("freeze for \"Trigger in a container\": respond-watched: frozen: ");
        stands("respond-watched");
        JsonValue found = respond("list").json().get("inForce").elements().getFirst();
        assertThat(found.get("by").text()).contains("rule Trigger in a container");
        act("undo", found.get("entries").texts().getFirst());
        progresses("respond-watched");
    }

    /** What a watching program says about responses while the trigger is executed. */
    private String watched(String... options) throws Exception {
        Path told = folder.resolve("told");
        List<String> command = new ArrayList<>(java());
        command.removeAll(List.of("respond"));
        command.addAll(List.of("--rules", folder.resolve("rules.yaml").toString()));
        command.addAll(List.of("--respond", folder.resolve("policy.yaml").toString()));
        command.addAll(List.of(options));
        command.add(command.indexOf("dev.holdfast.cli.Main") + 1, "watch");
        Process watch = new ProcessBuilder(command)
                .redirectError(told.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            await(() -> Files.readString(told).contains("watching") || !watch.isAlive());
            assumeTrue(watch.isAlive(), () -> "no kernel sensor here");
            run("docker", "exec", "respond-watched", "/usr/bin/perl", "-e", "1", "holdfast-trigger");
            await(() -> Files.readString(told).contains("for \"Trigger"));
        } finally {
            watch.destroy();
            watch.waitFor();
        }
        return Files.readString(told);
    }

    /** Whoever is not root is told so, in a line. */
    @Test
    void needsRoot() throws Exception {
        List<String> command = new ArrayList<>(List.of("setpriv", "--reuid", "65534", "--clear-groups"));
        command.addAll(java("list"));
        assumeTrue(run("setpriv", "--version").exit() == 0, "setpriv is not here");
        Finished finished = run(command.toArray(new String[0]));
        assumeTrue(
                !finished.err().contains("ClassNotFound") && !finished.err().contains("could not find"),
                "others may not read our classes");
        assertThat(finished.err()).contains("responding needs root");
        assertThat(finished.exit()).isEqualTo(4);
    }

    private void start(String name, String program, String... options) throws Exception {
        startIn("bridge", name, program, options);
    }

    private void startIn(String network, String name, String program, String... options) throws Exception {
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

    private static String address(String name) throws Exception {
        return run("docker", "inspect", "-f", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", name)
                .out()
                .strip();
    }

    private static String address6(String name) throws Exception {
        return run("docker", "inspect", "-f", "{{range .NetworkSettings.Networks}}{{.GlobalIPv6Address}}{{end}}", name)
                .out()
                .strip();
    }

    private static Path group(String name) throws Exception {
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

    private static boolean reaches(String container, String address) throws Exception {
        Finished finished = run("docker", "exec", container, "/usr/bin/perl", "-e", REACH.replace("HOST", address));
        return finished.exit() == 0;
    }

    private static boolean reachesFromHere(String address) throws Exception {
        return run("/usr/bin/perl", "-e", REACH.replace("HOST", address)).exit() == 0;
    }

    private void progresses(String name) throws Exception {
        await(() -> Files.exists(folder.resolve(name)));
        String before = Files.readString(folder.resolve(name));
        await(() -> !Files.readString(folder.resolve(name)).equals(before));
    }

    private void stands(String name) throws Exception {
        String before = Files.readString(folder.resolve(name));
        Thread.sleep(WHILE);
        assertThat(Files.readString(folder.resolve(name))).isEqualTo(before);
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("waiting").isLessThan(end);
            Thread.sleep(20);
        }
    }

    private ProgramRun respond(String... words) {
        List<String> all = new ArrayList<>(List.of("respond"));
        all.addAll(List.of(words));
        all.addAll(List.of("--journal", journal.toString(), "--format", "json"));
        return ProgramRun.of(all.toArray(new String[0]));
    }

    private ProgramRun act(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.add("--act");
        return respond(all.toArray(new String[0]));
    }

    private static long entry(ProgramRun run) throws Exception {
        return run.json()
                .get("outcomes")
                .elements()
                .getFirst()
                .get("entry")
                .integer()
                .orElseThrow();
    }

    /** The program in a process of its own. */
    private List<String> java(String... words) {
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

    private Process child(String... words) throws IOException {
        return new ProcessBuilder(java(words))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private record Finished(int exit, String out, String err) {}

    private static Finished run(String... command) throws Exception {
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
