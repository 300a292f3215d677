package dev.holdfast.it.runtime;

import dev.holdfast.watch.alert.Alert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs commands one after the other in containers, and says which alerts belong to which. Before and behind each command a program with its
 * number is started; a rule of the stage's own tells of that, so that the order of the alerts says where each belongs.
 */
final class Stage {
    private static final String MARK = "Mark of the stage";
    private static final String MARKING = """
            - rule: Mark of the stage
              desc: Says where the next command begins.
              condition: evt.type = execve and proc.exepath = /usr/bin/true and proc.args startswith "stage-"
              output: "%proc.args"
              priority: DEBUG
            """;

    private static final Map<String, List<String>> KINDS = Map.of(
            "root", List.of(),
            "app", List.of("--user", "10001"),
            "terminal", List.of(),
            "device", List.of("--device", "/dev/kmsg"),
            "mounts", List.of("--volume", "/etc:/host-etc:ro"));

    private final Engine engine;
    private final Path folder;
    private int number;

    /** @param folder for the commands, which the containers see */
    Stage(Engine engine, Path folder) {
        this.engine = engine;
        this.folder = folder;
    }

    /** The file with the rule that the stage needs, to be loaded beside the others. */
    Path marking() throws IOException {
        return Files.writeString(folder.resolve("marking.yaml"), MARKING);
    }

    /** Starts a container of a kind. */
    String start(String kind) throws Exception {
        List<String> options = new ArrayList<>(List.of(
                "--network", "none", "--tmpfs", "/dev/shm:rw,exec", "--volume", folder + ":/stage:ro", "--cpus", "2"));
        options.addAll(KINDS.getOrDefault(kind, List.of()));
        return engine.start(kind, options);
    }

    /** The alerts of each command, the stage's own left out. */
    Map<Triggers, List<Alert>> play(String kind, String container, List<Triggers> triggers, LiveWatch watch)
            throws Exception {
        Map<Triggers, String> marks = new LinkedHashMap<>();
        StringBuilder all = new StringBuilder();
        for (Triggers trigger : triggers) {
            String mark = "stage-" + ++number;
            marks.put(trigger, mark);
            Path file = Files.writeString(folder.resolve(mark), trigger.command() + "\n");
            file.toFile().setReadable(true, false);
            all.append("/usr/bin/true ").append(mark).append("-begin\n");
            all.append("timeout --signal=KILL 10 sh /stage/").append(mark).append(" </dev/null >/dev/null 2>&1\n");
            all.append("/usr/bin/true ").append(mark).append("-end\n");
        }
        if (kind.equals("terminal")) {
            onTerminal(container, marks);
        } else {
            Files.writeString(folder.resolve("all-" + kind), all);
            engine.exec(container, List.of(), "sh", "/stage/all-" + kind);
        }
        return alerts(marks, watch);
    }

    private void onTerminal(String container, Map<Triggers, String> marks) throws Exception {
        for (Map.Entry<Triggers, String> mark : marks.entrySet()) {
            engine.exec(container, List.of(), "/usr/bin/true", mark.getValue() + "-begin");
            List<String> options = mark.getKey().isMet() ? List.of("--tty") : List.of();
            engine.exec(container, options, "sh", "/stage/" + mark.getValue());
            engine.exec(container, List.of(), "/usr/bin/true", mark.getValue() + "-end");
        }
    }

    private static Map<Triggers, List<Alert>> alerts(Map<Triggers, String> marks, LiveWatch watch) throws Exception {
        Map<Triggers, List<Alert>> alerts = new LinkedHashMap<>();
        for (Map.Entry<Triggers, String> mark : marks.entrySet()) {
            Alert begin = watch.await(is(mark.getValue() + "-begin"), mark.getKey() + ": begin");
            Alert end = watch.await(is(mark.getValue() + "-end"), mark.getKey() + ": end");
            List<Alert> all = watch.alerts();
            List<Alert> between = all.subList(all.indexOf(begin), all.indexOf(end)).stream()
                    .filter(alert -> !alert.rule().equals(MARK))
                    .filter(alert -> alert.subject().fact("container.id").equals(end.subject().fact("container.id")))
                    .toList();
            alerts.put(mark.getKey(), between);
        }
        return alerts;
    }

    private static java.util.function.Predicate<Alert> is(String mark) {
        return alert -> alert.rule().equals(MARK) && alert.text().equals(mark);
    }
}
