package dev.holdfast.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.rules.event.Event;
import dev.holdfast.rules.event.FieldCatalogue;
import dev.holdfast.rules.event.FieldUse;
import dev.holdfast.rules.event.Value;
import dev.holdfast.sensor.field.SensorEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A shell on this machine, and what the kernel tells of it and of what it starts. */
final class WatchedShell {
    private WatchedShell() {}

    /** What a shell's command does, as lines of fields, until something like the last is seen, or a file of this name. */
    static List<String> run(Path folder, String command, String last, String... fields) throws Exception {
        List<String> lines = new ArrayList<>();
        try (Sensor sensor = Sensor.start(SensorRequest.of(Sensor.callsKnownToRules()))) {
            Process shell = new ProcessBuilder("sh", "-c", command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            long end = System.nanoTime() + Patience.NANOS;
            boolean[] isSeen = new boolean[1];
            sensor.run(
                    event -> {
                        if (isBelow(event, (int) shell.pid())) {
                            String line = line(event, fields);
                            lines.add(line);
                            isSeen[0] |= line.contains(last)
                                    || line(event, "fd.name").endsWith(last);
                        }
                    },
                    () -> isSeen[0] || System.nanoTime() > end);
            assertThat(shell.waitFor(Patience.SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(sensor.loss().total()).isZero();
        }
        return lines;
    }

    static boolean isBelow(SensorEvent event, int pid) {
        for (int i = 0; i < 8; i++) {
            if (event.actor().flatMap(actor -> actor.ancestor(0)).isEmpty()) {
                return false;
            }
            int generation = i;
            if (event.actor()
                    .flatMap(actor -> actor.ancestor(generation))
                    .filter(ancestor -> ancestor.pid() == pid)
                    .isPresent()) {
                return true;
            }
        }
        return false;
    }

    static String line(SensorEvent event, String... fields) {
        StringBuilder line = new StringBuilder(event.kind().word());
        for (String field : fields) {
            int open = field.indexOf('[');
            FieldCatalogue catalogue = FieldCatalogue.standard();
            Optional<FieldUse> use = open < 0
                    ? catalogue.use(Event.SYSCALL, field)
                    : catalogue.use(
                            Event.SYSCALL, field.substring(0, open), field.substring(open + 1, field.length() - 1));
            Value value = new Value();
            event.read(use.orElseThrow(), value);
            line.append(' ').append(value);
        }
        return line.toString();
    }
}
