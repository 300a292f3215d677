package dev.holdfast.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.core.ByteSize;
import dev.holdfast.sensor.event.Kind;
import dev.holdfast.sensor.event.Wishes;
import dev.holdfast.sensor.field.SensorEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real kernel: needs root, or the capabilities that {@link Probe} names. */
class LiveSensorTest {
    @TempDir
    Path folder;

    @BeforeEach
    void needsAKernel() {
        Probe probe = Probe.of(Path.of("/"));
        assumeTrue(probe.tier() == Probe.Tier.KERNEL, () -> "no kernel sensor here: " + probe.findings());
    }

    private List<String> watch(String command, String last, String... fields) throws Exception {
        return WatchedShell.run(folder, command, last, fields);
    }

    @Test
    void seesTheRealFileBehindLinksAndTheRootOfAProcess() throws Exception {
        Path secret = Files.writeString(folder.toRealPath().resolve("secret"), "x");
        List<String> lines = watch(
                "ln -s secret link; cat link; cat /proc/self/root" + secret + "; cat no-such",
                "no-such ENOENT",
                "proc.name",
                "fd.name",
                "fd.nameraw",
                "evt.res");
        assertThat(lines)
                .contains("openat cat " + secret + " link SUCCESS")
                .contains("openat cat " + secret + " /proc/self/root" + secret + " SUCCESS")
                .contains("openat cat " + secret.resolveSibling("no-such") + " no-such ENOENT");
    }

    @Test
    void seesOperationsOnPaths() throws Exception {
        Path real = folder.toRealPath();
        List<String> lines = watch(
                "mkdir d; touch d/f; chmod 4755 d/f; mv d/f d/g; ln d/g d/h; rm d/g; rm d/h; rmdir d; cat no-such",
                "/no-such",
                "evt.res",
                "evt.arg.path",
                "evt.arg.name",
                "evt.arg.filename",
                "evt.arg.mode",
                "evt.arg.oldpath",
                "evt.arg.newpath");
        assertThat(lines).anyMatch(line -> line.startsWith("mkdir") && line.contains(real + "/d"));
        assertThat(lines)
                .anyMatch(line ->
                        line.startsWith("fchmodat") && line.contains(real + "/d/f S_") && line.contains("S_ISUID"));
        assertThat(lines).anyMatch(line -> line.startsWith("rename") && line.contains(real + "/d/f " + real + "/d/g"));
        assertThat(lines).anyMatch(line -> line.startsWith("link") && line.contains(real + "/d/g " + real + "/d/h"));
        assertThat(lines).anyMatch(line -> line.startsWith("unlink") && line.contains(real + "/d/h"));
    }

    @Test
    void keepsTheAncestorsOfADoubleFork() throws Exception {
        List<String> lines = watch(
                "sh -c '(sleep 0.2; exec cat /dev/null) & exit 0'; sleep 0.6",
                "execve cat",
                "proc.name",
                "proc.cmdline",
                "proc.aname[2]",
                "proc.ppid",
                "user.name",
                "container.id");
        assertThat(lines)
                .anyMatch(line -> line.startsWith("execve cat cat /dev/null sh") && line.endsWith("root host"));
    }

    @Test
    void tellsBothEndsOfConnections() throws Exception {
        List<String> lines = new ArrayList<>();
        long own = ProcessHandle.current().pid();
        try (Sensor sensor = Sensor.start(SensorRequest.of(Sensor.callsKnownToRules()));
                ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process client = new ProcessBuilder(
                            "bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/" + server.getLocalPort() + "; exec 0<&3; cat")
                    .start();
            try (Socket accepted = server.accept()) {
                accepted.getOutputStream().write(1);
            }
            long end = System.nanoTime() + Patience.NANOS;
            sensor.run(
                    event -> {
                        assertThat(event.kind().isCall() && event.kernel().pid() == own)
                                .isFalse();
                        if (event.kernel().pid() == client.pid()) {
                            lines.add(WatchedShell.line(event, "fd.sip", "fd.sport", "fd.l4proto", "evt.res"));
                        }
                    },
                    () -> lines.stream().anyMatch(line -> line.matches("dup[23] 127.*")) || System.nanoTime() > end);
            assertThat(lines).contains("connect 127.0.0.1 " + server.getLocalPort() + " tcp SUCCESS");
            assertThat(lines)
                    .as("dup3 where the processor has no dup2")
                    .anyMatch(
                            line -> line.matches("dup[23] 127\\.0\\.0\\.1 " + server.getLocalPort() + " tcp SUCCESS"));
        }
    }

    @Test
    void seesWhatIsDoneThroughIoUring() throws Exception {
        Path real = folder.toRealPath();
        Files.writeString(real.resolve("secret"), "x");
        Files.createSymbolicLink(real.resolve("link"), Path.of("secret"));
        Path disabled = Path.of("/proc/sys/kernel/io_uring_disabled");
        assumeTrue(Files.exists(disabled), "a kernel before 6.6, of which only some tell requests");
        assumeTrue(Files.readString(disabled).strip().equals("0"), "io_uring is disabled");
        List<String> lines;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            lines = watch(
                    Path.of(System.getProperty("java.home"), "bin/java") + " -XX:TieredStopAtLevel=1"
                            + " --enable-native-access=ALL-UNNAMED -cp " + System.getProperty("java.class.path")
                            + " dev.holdfast.sensor.RingRequests " + server.getLocalPort(),
                    "->127.0.0.1:",
                    "fd.name",
                    "fs.path.name",
                    "fs.path.source",
                    "fs.path.target",
                    "evt.res");
        }
        assertThat(lines).contains("openat " + real + "/secret " + real + "/secret <NA> <NA> SUCCESS");
        assertThat(lines).contains("openat " + real + "/no-such " + real + "/no-such <NA> <NA> ENOENT");
        assertThat(lines).contains("mkdirat <NA> " + real + "/made <NA> <NA> SUCCESS");
        assertThat(lines).contains("renameat <NA> <NA> " + real + "/made " + real + "/moved SUCCESS");
        assertThat(lines).contains("unlinkat <NA> " + real + "/moved <NA> <NA> SUCCESS");
        assertThat(lines).anyMatch(line -> line.startsWith("connect ") && line.contains("->127.0.0.1:"));
    }

    @Test
    void remembersWhoBeganAConnectionWhateverThePorts() throws Exception {
        List<String> lines = new ArrayList<>();
        try (Sensor sensor = Sensor.start(SensorRequest.of(Sensor.callsKnownToRules()));
                ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // The client's port is smaller than the server's.
            Process client = new ProcessBuilder(
                            "python3",
                            "-c",
                            "import socket,os; s=socket.socket(); s.bind(('127.0.0.1',0)); p=s.getsockname()[1];"
                                    + " s.close(); s=socket.socket(); s.setsockopt(1,2,1); s.bind(('127.0.0.1', 2000 + p % 1000));"
                                    + " s.connect(('127.0.0.1'," + server.getLocalPort() + ")); os.dup2(s.fileno(),0)")
                    .redirectErrorStream(true)
                    .start();
            server.accept().close();
            assertThat(client.waitFor(Patience.SECONDS, TimeUnit.SECONDS)).isTrue();
            long end = System.nanoTime() + Patience.NANOS;
            sensor.run(
                    event -> {
                        if (event.kernel().pid() == client.pid()
                                && (event.kind() == Kind.DUP2 || event.kind() == Kind.DUP3)) {
                            lines.add(WatchedShell.line(event, "fd.sport", "fd.is_server"));
                        }
                    },
                    () -> !lines.isEmpty() || System.nanoTime() > end);
            assertThat(lines).singleElement().asString().matches("dup[23] " + server.getLocalPort() + " false");
        }
    }

    @Test
    void changesItsWishesWhileRunning() throws Exception {
        try (Sensor sensor = Sensor.start(SensorRequest.of(Set.of()))) {
            assertThat(opens(sensor)).isZero();
            sensor.want(Wishes.of(Sensor.callsKnownToRules()));
            assertThat(opens(sensor)).isPositive();
        }
    }

    /** The kernel programs leave out just what {@link SensorEvent#aspect} says: with whatever wishes, the rest is as it was. */
    @Test
    void leavesOutTheAspectsThatNobodyWants() throws Exception {
        try (Sensor sensor = Sensor.start(SensorRequest.of(Set.of()))) {
            List<String> all = opened(sensor, Wishes.ALL);
            assertThat(all).contains("2 w", "6 none", "10 d");
            Set<Integer> aspects = new TreeSet<>();
            all.forEach(line -> aspects.add(aspect(line)));
            assertThat(aspects).as("read, written, both, failed, folder").hasSizeGreaterThan(5);
            for (int aspect : aspects) {
                int bit = 1 << aspect - 1;
                for (int wanted : new int[] {bit, Wishes.ALL & ~bit}) {
                    assertThat(opened(sensor, wanted))
                            .as("aspects %s", Integer.toBinaryString(wanted))
                            .isEqualTo(all.stream()
                                    .filter(line -> (wanted >> aspect(line) - 1 & 1) != 0)
                                    .toList());
                }
            }
            assertThat(sensor.loss().total()).isZero();
        }
    }

    private static int aspect(String line) {
        return Integer.parseInt(line.substring(0, line.indexOf(' ')));
    }

    /** Aspect and path of what a shell opens by relative paths. */
    private List<String> opened(Sensor sensor, int aspects) throws Exception {
        sensor.want(Wishes.chosen((kind, aspect) -> kind.body() != Kind.Body.OPEN || (aspects >> aspect - 1 & 1) != 0));
        Process shell = new ProcessBuilder(
                        "sh",
                        "-c",
                        "mkdir d; cat none; echo x >w; echo x >>w; cat w d; true <>w; true >d; true <>none/x; ls d; rm w; chmod 700 d; rmdir d")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> lines = new ArrayList<>();
        long end = System.nanoTime() + Patience.NANOS;
        boolean[] isSeen = new boolean[1];
        sensor.run(
                event -> {
                    if (WatchedShell.isBelow(event, (int) shell.pid())) {
                        isSeen[0] |= event.kind() == Kind.FCHMODAT;
                        boolean isOpen = event.kind().body() == Kind.Body.OPEN;
                        if (isOpen && !event.kernel().givenPath().startsWith("/")) {
                            lines.add(event.aspect() + " " + event.kernel().givenPath());
                        }
                    }
                },
                () -> isSeen[0] || System.nanoTime() > end);
        assertThat(isSeen[0]).isTrue();
        assertThat(shell.waitFor(Patience.SECONDS, TimeUnit.SECONDS)).isTrue();
        return lines;
    }

    private static int opens(Sensor sensor) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("cat", "/etc/hostname").start().waitFor()).isZero();
        int[] opens = new int[1];
        sensor.poll(event -> opens[0] += event.kind() == Kind.OPENAT ? 1 : 0);
        return opens[0];
    }

    @Test
    void leavesNothingBehind() throws Exception {
        Sensor.start(SensorRequest.of(Set.of())).close();
        Sensor.start(SensorRequest.of(Set.of())).close();
    }

    @Test
    void countsWhatIsLost() throws Exception {
        SensorRequest small = new SensorRequest(
                Wishes.of(Sensor.callsKnownToRules()), false, new ByteSize(1 << 16), Duration.ZERO, Path.of("/"));
        try (Sensor sensor = Sensor.start(small)) {
            assertThat(new ProcessBuilder(
                                    "sh",
                                    "-c",
                                    "for i in 1 2 3 4 5 6 7 8 9 0; do for j in 1 2 3 4 5 6 7 8 9 0; do for k in 1 2 3 4 5 6 7 8 9 0; do : </dev/null; done; done; done")
                            .start()
                            .waitFor())
                    .isZero();
            Loss loss = sensor.loss();
            assertThat(loss.total()).isPositive();
            assertThat(loss.byContainer()).containsKey("host");
            assertThat(loss.gaps()).isNotEmpty();
        }
    }
}
