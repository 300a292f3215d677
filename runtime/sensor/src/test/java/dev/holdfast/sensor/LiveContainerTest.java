package dev.holdfast.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.sensor.container.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real containers, made by runc from this machine's own programs: needs root and runc. */
class LiveContainerTest {
    private static final long PATIENCE = Duration.ofSeconds(15).toNanos();

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
        for (String folder : List.of("usr", "bin", "lib", "lib64", "proc", "etc", "tmp")) {
            Files.createDirectories(bundle.resolve("rootfs").resolve(folder));
        }
        Files.writeString(bundle.resolve("rootfs/etc/shadow"), "x");
        Files.writeString(bundle.resolve("config.json"), configuration(command));
        List<String> lines = new ArrayList<>();
        try (Sensor sensor = Sensor.start(SensorRequest.of(Sensor.callsKnownToRules()))) {
            Process runc = new ProcessBuilder("runc", "run", "--bundle", bundle.toString(), id)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            long end = System.nanoTime() + PATIENCE;
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

    private static String configuration(String command) throws IOException {
        StringBuilder mounts = new StringBuilder("""
                {"destination":"/proc","type":"proc","source":"proc"}""");
        for (String folder : List.of("/usr", "/bin", "/lib", "/lib64")) {
            if (Files.exists(Path.of(folder))) {
                mounts.append(
                        String.format(Locale.ROOT, """
                        ,{"destination":"%s","type":"bind","source":"%s","options":["rbind","ro"]}""", folder, Path.of(folder).toRealPath()));
            }
        }
        return String.format(Locale.ROOT, """
                {"ociVersion":"1.0.2","root":{"path":"rootfs"},"annotations":{"org.opencontainers.image.ref.name":"job:3"},
                 "process":{"user":{"uid":0,"gid":0},"cwd":"/","env":["PATH=/usr/bin:/bin"],"args":["/bin/sh","-c","%s"]},
                 "mounts":[%s],"linux":{"namespaces":[{"type":"pid"},{"type":"mount"},{"type":"ipc"},{"type":"uts"},{"type":"network"}]}}""", command, mounts);
    }

    @Test
    void namesAContainerThatLivesAMoment() throws Exception {
        assertThat(watch("holdfast-moment", ":", "execve -c :")).contains("holdfast-moment job:3 execve -c :");
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
