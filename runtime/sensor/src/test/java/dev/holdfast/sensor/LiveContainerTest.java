package dev.holdfast.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.sensor.container.Identity;
import dev.holdfast.sensor.event.Wishes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real containers, made by runc from this machine's own programs: needs root and runc. */
class LiveContainerTest {
    @TempDir
    Path bundle;

    @BeforeEach
    void needsRunc() {
        Probe probe = Probe.of(Path.of("/"));
        assumeTrue(probe.tier() == Probe.Tier.KERNEL, () -> "no kernel sensor here: " + probe.findings());
        assumeTrue(
                Files.exists(Path.of("/usr/sbin/runc")) || Files.exists(Path.of("/usr/bin/runc")), "runc is not here");
    }

    /** What is executed and opened in a container that runs a command, each with the container's name and image. */
    private List<String> watch(String id, String command, String last) throws Exception {
        return watch(id, command, last, Wishes.of(Sensor.callsKnownToRules()), "");
    }

    /** The same with some wishes and powers of the container. */
    private List<String> watch(String id, String command, String last, Wishes wishes, String capabilities)
            throws Exception {
        for (String folder : List.of("usr", "bin", "lib", "lib64", "proc", "etc", "tmp")) {
            Files.createDirectories(bundle.resolve("rootfs").resolve(folder));
        }
        Files.writeString(bundle.resolve("rootfs/etc/shadow"), "x");
        Files.writeString(bundle.resolve("config.json"), configuration(command, capabilities));
        List<String> lines = new ArrayList<>();
        try (Sensor sensor = Sensor.start(SensorRequest.of(wishes))) {
            Process runc = new ProcessBuilder("runc", "run", "--bundle", bundle.toString(), id)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            long end = System.nanoTime() + Patience.NANOS;
            boolean[] isSeen = new boolean[1];
            sensor.run(
                    event -> {
                        if (event.identity() instanceof Identity.Known known) {
                            String what = event.kind().body() == dev.holdfast.sensor.event.Kind.Body.OPEN
                                    ? event.kernel().openedPath()
                                    : event.program().rest();
                            lines.add(known.container().shortId() + " "
                                    + known.container().image().orElse("") + " "
                                    + event.kind().word() + " " + what);
                            isSeen[0] |= lines.getLast().contains(last);
                        }
                    },
                    () -> isSeen[0] || System.nanoTime() > end);
            assumeTrue(runc.waitFor() == 0, "runc cannot run a container here");
        }
        return lines;
    }

    private static String configuration(String command, String capabilities) throws IOException {
        StringBuilder mounts = new StringBuilder("""
                {"destination":"/proc","type":"proc","source":"proc"}""");
        for (String folder : List.of("/usr", "/bin", "/lib", "/lib64")) {
            if (Files.exists(Path.of(folder))) {
                mounts.append(
                        String.format(Locale.ROOT, """
                        ,{"destination":"%s","type":"bind","source":"%s","options":["rbind","ro"]}""", folder, Path.of(folder).toRealPath()));
            }
        }
        return String.format(
                Locale.ROOT, """
                {"ociVersion":"1.0.2","root":{"path":"rootfs"},"annotations":{"org.opencontainers.image.ref.name":"job:3"},
                 "process":{%s"user":{"uid":0,"gid":0},"cwd":"/","env":["PATH=/usr/bin:/bin"],"args":["/bin/sh","-c","%s"]},
                 "mounts":[%s],"linux":{"namespaces":[%s{"type":"mount"},{"type":"ipc"},{"type":"uts"},{"type":"network"}]}}""", capabilities, command, mounts, capabilities.isEmpty() ? "{\"type\":\"pid\"}," : "");
    }

    @Test
    void namesAContainerThatLivesAMoment() throws Exception {
        assertThat(watch("holdfast-moment", ":", "execve -c :")).contains("holdfast-moment job:3 execve -c :");
    }

    /** When nothing of the host is wanted, all of a container is told. */
    @Test
    void tellsContainersWhereNothingOfTheHostIsWanted() throws Exception {
        List<String> lines = watch(
                "holdfast-only",
                "mkdir /tmp/d; cat /etc/shadow; exit 0",
                "procexit -c",
                Wishes.chosen((kind, aspect) -> true, (kind, aspect) -> false),
                "");
        assertThat(lines)
                .contains("holdfast-only job:3 openat /etc/shadow")
                .anyMatch(line -> line.startsWith("holdfast-only job:3 mkdir"));
    }

    /** A container's process that has joined the name spaces of the host, and sees its files, is the container's still. */
    @Test
    void tellsWhatAContainerDoesInTheNameSpacesOfTheHost() throws Exception {
        String powers = "[\"CAP_SYS_ADMIN\",\"CAP_SYS_PTRACE\",\"CAP_SYS_CHROOT\"]";
        String own = "/proc/" + ProcessHandle.current().pid() + "/ns/";
        Path file = Files.writeString(bundle.toRealPath().resolve("of-the-host"), "x");
        List<String> lines = watch(
                "holdfast-escaped",
                "nsenter --mount=" + own + "mnt --uts=" + own + "uts --ipc=" + own + "ipc --net=" + own + "net cat "
                        + file + "; exit 0",
                "procexit -c",
                Wishes.chosen((kind, aspect) -> true, (kind, aspect) -> false),
                String.format(Locale.ROOT, """
                        "capabilities":{"bounding":%s,"effective":%s,"permitted":%s},""", powers, powers, powers));
        assertThat(lines).contains("holdfast-escaped job:3 openat " + file);
        assertThat(lines).anyMatch(line -> line.startsWith("holdfast-escaped job:3 setns"));
    }

    @Test
    void seesTheRealFileBehindALinkInAContainer() throws Exception {
        List<String> lines = watch(
                "holdfast-link",
                "ln -s /etc/shadow /tmp/l; cat /tmp/l; cat /proc/self/root/etc/passwd /etc/hosts; exit 0",
                "procexit -c");
        assertThat(lines).contains("holdfast-link job:3 openat /etc/shadow");
    }
}
