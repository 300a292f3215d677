package dev.holdfast.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.rules.event.Event;
import dev.holdfast.rules.event.FieldCatalogue;
import dev.holdfast.rules.event.Value;
import dev.holdfast.sensor.event.Kind;
import dev.holdfast.sensor.field.SensorEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sensor without programs in the kernel: needs root and a kernel with the process connector and fanotify. */
class NoticesTest {
    @TempDir
    Path folder;

    @BeforeEach
    void needsNotices() {
        try (Sensor sensor = Sensor.startByNotices(SensorRequest.of(Set.of()))) {
            assertThat(sensor.unseen()).isNotEmpty();
        } catch (IOException refused) {
            assumeTrue(false, String.valueOf(refused.getMessage()));
        }
    }

    private static String line(SensorEvent event, String... fields) {
        StringBuilder line = new StringBuilder(event.kind().word());
        for (String field : fields) {
            Value value = new Value();
            event.read(FieldCatalogue.standard().use(Event.SYSCALL, field).orElseThrow(), value);
            line.append(' ').append(value);
        }
        return line.toString();
    }

    private List<String> watch(Set<Kind> wanted, String command, String last) throws Exception {
        List<String> lines = new ArrayList<>();
        try (Sensor sensor = Sensor.startByNotices(SensorRequest.of(wanted))) {
            Process shell = new ProcessBuilder("sh", "-c", command)
                    .directory(folder.toFile())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            long end = System.nanoTime() + Patience.NANOS;
            sensor.run(
                    event ->
                            lines.add(line(event, "proc.name", "fd.name", "proc.cmdline", "user.name", "container.id")),
                    () -> lines.stream().anyMatch(line -> line.contains(last)) || System.nanoTime() > end);
            assertThat(shell.waitFor(Patience.SECONDS, TimeUnit.SECONDS)).isTrue();
        }
        return lines;
    }

    @Test
    void seesProgramsAndTheFilesThatTheyOpen() throws Exception {
        Path secret = Files.writeString(folder.toRealPath().resolve("secret"), "x");
        Files.createSymbolicLink(folder.resolve("link"), secret);
        List<String> lines =
                watch(Set.of(Kind.OPENAT), "tail -s 0.1 --pid=$$ -f link & sleep 1", "openat tail " + secret);
        assertThat(lines).anyMatch(line -> line.startsWith("execve tail") && line.contains("-f link root host"));
        assertThat(lines).anyMatch(line -> line.startsWith("openat tail " + secret + " "));
    }

    @Test
    void tellsAFileThatIsWrittenWhenItIsClosed() throws Exception {
        Path made = folder.toRealPath().resolve("made");
        List<String> lines = new ArrayList<>();
        try (Sensor sensor = Sensor.startByNotices(SensorRequest.of(Set.of(Kind.OPENAT)))) {
            Process shell = new ProcessBuilder("sh", "-c", "echo x > made; sleep 0.5")
                    .directory(folder.toFile())
                    .start();
            long end = System.nanoTime() + Patience.NANOS;
            sensor.run(
                    event -> lines.add(line(event, "fd.name", "evt.is_open_write")),
                    () -> lines.contains("openat " + made + " true") || System.nanoTime() > end);
            assertThat(shell.waitFor(Patience.SECONDS, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(lines).contains("openat " + made + " true");
    }

    @Test
    void tellsNoFilesThatNobodyAsksFor() throws Exception {
        assertThat(watch(Set.of(), "cat /etc/hostname; sleep 0.3", "execve sleep"))
                .noneMatch(line -> line.startsWith("openat"));
    }
}
