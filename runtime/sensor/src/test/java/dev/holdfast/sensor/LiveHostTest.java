package dev.holdfast.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.rules.event.Event;
import dev.holdfast.rules.event.FieldCatalogue;
import dev.holdfast.rules.event.Value;
import dev.holdfast.sensor.container.CgroupTree;
import dev.holdfast.sensor.event.Kind;
import dev.holdfast.sensor.event.Wishes;
import dev.holdfast.sensor.field.SensorEvent;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the real kernel leaves out when nothing of the host is wanted: needs root, or the capabilities that {@link Probe} names. */
class LiveHostTest {
    private static final Wishes OF_CONTAINERS = Wishes.chosen((kind, aspect) -> true, (kind, aspect) -> false);

    /** The folders of the groups that this test makes. */
    private final List<Path> made = new ArrayList<>();

    @TempDir
    Path folder;

    @BeforeEach
    void needsAKernelAndTheRootGroup() throws IOException {
        Probe probe = Probe.of(Path.of("/"));
        assumeTrue(probe.tier() == Probe.Tier.KERNEL, () -> "no kernel sensor here: " + probe.findings());
        assumeTrue(
                Files.readAllLines(Path.of("/proc/self/cgroup")).contains("0::/"),
                "this process is not in the root of the control groups, which is certainly the host's");
    }

    @AfterEach
    void removeTheGroups() throws IOException {
        for (Path group : made) {
            Files.deleteIfExists(group);
        }
    }

    /** The kinds of what a command does, until its shell ends. */
    private List<Kind> kinds(Sensor sensor, String command) throws Exception {
        sensor.poll(event -> {});
        Process shell = new ProcessBuilder("sh", "-c", command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<Kind> kinds = new ArrayList<>();
        boolean[] hasEnded = new boolean[1];
        long end = System.nanoTime() + Patience.NANOS;
        sensor.run(
                event -> {
                    if (isBelow(event, shell.pid())) {
                        kinds.add(event.kind());
                        hasEnded[0] |=
                                event.kind() == Kind.EXIT && event.kernel().pid() == shell.pid();
                    }
                },
                () -> hasEnded[0] || System.nanoTime() > end);
        assertThat(hasEnded[0]).as("the shell's end is told: %s", kinds).isTrue();
        assertThat(shell.waitFor()).as(command).isZero();
        return kinds;
    }

    private static boolean isBelow(SensorEvent event, long pid) {
        return event.actor()
                .filter(actor -> actor.pid() == pid
                        || actor.parent().filter(parent -> parent.pid() == pid).isPresent())
                .isPresent();
    }

    @Test
    void tellsNoCallOfTheHostButItsProcesses() throws Exception {
        String command = "mkdir d; cat /etc/hostname none; echo x >d/w; mv d/w d/v; rm d/v; rmdir d; true";
        try (Sensor sensor = Sensor.start(SensorRequest.of(OF_CONTAINERS))) {
            List<Kind> few = kinds(sensor, command);
            assertThat(few).filteredOn(Kind::isCall).isEmpty();
            assertThat(few).contains(Kind.EXECVE, Kind.FORK, Kind.EXIT);
            sensor.want(Wishes.of(Sensor.callsKnownToRules()));
            List<Kind> all = kinds(sensor, command);
            assertThat(all)
                    .contains(Kind.OPENAT, Kind.UNLINKAT)
                    .filteredOn(Kind::isCall)
                    .hasSizeGreaterThan(10);
            assertThat(all).filteredOn(kind -> !kind.isCall()).containsExactlyInAnyOrderElementsOf(few);
            sensor.want(Wishes.chosen((kind, aspect) -> true, (kind, aspect) -> kind == Kind.UNLINKAT));
            assertThat(kinds(sensor, command)).filteredOn(Kind::isCall).containsOnly(Kind.UNLINKAT);
            assertThat(sensor.loss().total()).isZero();
        }
    }

    /** Of files it depends on how they are opened: what is wanted of the host is told of it, and no more. */
    @Test
    void tellsTheAspectsOfTheHostThatAreWanted() throws Exception {
        int writes = 1 + 2;
        Wishes wishes = Wishes.chosen((kind, aspect) -> true, (kind, aspect) -> aspect == writes);
        try (Sensor sensor = Sensor.start(SensorRequest.of(wishes))) {
            assertThat(kinds(sensor, "cat /etc/hostname none; echo x >w; true >none/w; ls . >/dev/null"))
                    .filteredOn(Kind::isCall)
                    .containsExactly(Kind.OPENAT, Kind.OPENAT);
        }
    }

    /** A new group may become a container's: nothing of it is left out before that is certain. */
    @Test
    void tellsEverythingOfAGroupThatNobodyKnowsYet() throws Exception {
        Path groups = CgroupTree.mounted(Path.of("/proc/self/mountinfo"))
                .orElseThrow()
                .root();
        Path group = groups.resolve("holdfast-live-host-test");
        made.add(group);
        String command = "echo $$ >" + group + "/cgroup.procs; cat /etc/hostname";
        try (Sensor sensor = Sensor.start(SensorRequest.of(OF_CONTAINERS))) {
            sensor.poll(event -> {});
            Files.createDirectory(group);
            long end = System.nanoTime() + Patience.NANOS;
            assertThat(kinds(sensor, command)).contains(Kind.OPENAT);
            boolean isTold = true;
            while (isTold && System.nanoTime() < end) {
                Thread.sleep(500);
                isTold = kinds(sensor, command).contains(Kind.OPENAT);
            }
            assertThat(isTold).as("after a while it is the host's").isFalse();
            Files.delete(group);
            assertThat(kinds(sensor, "sleep 0.2")).doesNotContain(Kind.OPENAT);
            Files.createDirectory(group);
            assertThat(kinds(sensor, command))
                    .as("another group of the same name")
                    .contains(Kind.OPENAT);
        }
    }

    /** That the host sent first is remembered, although it is not told: of the answer it is known who called whom. */
    @Test
    void remembersWhoSentFirst() throws Exception {
        Wishes wishes =
                Wishes.chosen((kind, aspect) -> true, (kind, aspect) -> kind == Kind.RECVFROM || kind == Kind.RECVMSG);
        List<String> lines = new ArrayList<>();
        try (Sensor sensor = Sensor.start(SensorRequest.of(wishes));
                DatagramSocket server =
                        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            sensor.poll(event -> {});
            Process client = new ProcessBuilder(
                            "python3",
                            "-c",
                            "import socket; s=socket.socket(socket.AF_INET,socket.SOCK_DGRAM);"
                                    + " s.sendto(b'x',('127.0.0.1'," + server.getLocalPort() + ")); s.recvfrom(9)")
                    .redirectErrorStream(true)
                    .start();
            DatagramPacket packet = new DatagramPacket(new byte[9], 9);
            server.receive(packet);
            server.send(packet);
            assertThat(client.waitFor()).isZero();
            long end = System.nanoTime() + Patience.NANOS;
            sensor.run(
                    event -> {
                        if (event.kernel().pid() == client.pid() && event.kind().isCall()) {
                            lines.add(event.kind() + " " + read(event, "fd.sport") + " " + read(event, "fd.is_server"));
                        }
                    },
                    () -> !lines.isEmpty() || System.nanoTime() > end);
            assertThat(lines).containsExactly("RECVFROM " + server.getLocalPort() + " false");
        }
    }

    private static Value read(SensorEvent event, String field) {
        Value value = new Value();
        event.read(FieldCatalogue.standard().use(Event.SYSCALL, field).orElseThrow(), value);
        return value;
    }
}
