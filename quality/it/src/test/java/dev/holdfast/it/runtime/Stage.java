package dev.holdfast.it.runtime;

import dev.holdfast.watch.alert.Alert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Runs commands one after the other in containers, and says which alerts belong to which. Before and behind each command a program with its
 * number is started; a rule of the stage's own tells of that, so that the order of the alerts says where each belongs.
 */
final class Stage {
    private static final int PATIENCE_SECONDS = 60;

    private static final String MARK = "Mark of the stage";
    private static final String MARKING = """
            - rule: Mark of the stage
              desc: Says where the next command begins.
              condition: evt.type = execve and proc.exepath = /usr/bin/true and proc.args startswith "stage-"
              output: "%proc.args"
              priority: DEBUG
            """;

    /** Kinds of which the engine itself starts the commands. */
    private static final Set<String> ONE_BY_ONE = Set.of("terminal", "exec");

    private final Place place;
    private final Path folder;
    private int number;

    /** @param folder for the commands, which the containers see */
    Stage(Place place, Path folder) {
        this.place = place;
        this.folder = folder;
    }

    /** The file with the rule that the stage needs, to be loaded beside the others. */
    Path marking() throws IOException {
        return Files.writeString(folder.resolve("marking.yaml"), MARKING);
    }

    /** Starts a container of a kind. */
    String start(String kind) throws Exception {
        return place.start(kind, folder);
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
        if (ONE_BY_ONE.contains(kind)) {
            oneByOne(container, kind.equals("terminal"), marks);
        } else if (kind.equals("host")) {
            onHost(Files.writeString(folder.resolve("all-host"), all.toString().replace("/stage/", folder + "/")));
        } else {
            Files.writeString(folder.resolve("all-" + kind), all);
            place.exec(container, false, "sh", "/stage/all-" + kind);
        }
        return alerts(marks, watch);
    }

    private void oneByOne(String container, boolean isTerminal, Map<Triggers, String> marks) throws Exception {
        for (Map.Entry<Triggers, String> mark : marks.entrySet()) {
            place.exec(container, false, "/usr/bin/true", mark.getValue() + "-begin");
            place.exec(container, isTerminal && mark.getKey().isMet(), "sh", "/stage/" + mark.getValue());
            place.exec(container, false, "/usr/bin/true", mark.getValue() + "-end");
        }
    }

    /** Programs on this machine that only are called so; sshd is Perl. */
    private void onHost(Path script) throws Exception {
        Path fake = Files.createDirectories(folder.resolve("fake"));
        for (String name : List.of("useradd", "nmap", "nc")) {
            Files.copy(Path.of("/usr/bin/true"), fake.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.copy(Path.of("/usr/bin/perl"), fake.resolve("sshd"), StandardCopyOption.COPY_ATTRIBUTES);
        ProcessBuilder shell = new ProcessBuilder("sh", script.toString());
        shell.environment().put("FAKE", fake.toString());
        shell.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        if (!shell.start().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("the commands on this machine did not end");
        }
    }

    /** The alerts of a container that an engine starts with options and that does nothing. */
    List<Alert> begin(Engine engine, Triggers trigger, LiveWatch watch) throws Exception {
        String mark = "stage-" + ++number;
        List<String> options = new ArrayList<>(List.of("--network", "none"));
        options.addAll(List.of(trigger.command().split(" ")));
        String container = engine.start("start", options);
        engine.exec(container, false, "/usr/bin/true", mark);
        Alert last = watch.await(is(mark), trigger.toString());
        engine.remove(container);
        String id = last.subject().fact("container.id");
        return watch.alerts().stream()
                .filter(alert -> alert.subject().fact("container.id").equals(id))
                .toList();
    }

    private static Map<Triggers, List<Alert>> alerts(Map<Triggers, String> marks, LiveWatch watch) throws Exception {
        Map<Triggers, List<Alert>> alerts = new LinkedHashMap<>();
        for (Map.Entry<Triggers, String> mark : marks.entrySet()) {
            Alert begin = watch.await(is(mark.getValue() + "-begin"), mark.getKey() + ": begin");
            Alert end = watch.await(is(mark.getValue() + "-end"), mark.getKey() + ": end");
            List<Alert> all = watch.alerts();
            List<Alert> between = all.subList(all.indexOf(begin), all.indexOf(end)).stream()
                    .filter(alert -> !alert.rule().equals(MARK))
                    .filter(alert -> alert.subject()
                            .fact("container.id")
                            .equals(end.subject().fact("container.id")))
                    .toList();
            alerts.put(mark.getKey(), between);
        }
        return alerts;
    }

    private static Predicate<Alert> is(String mark) {
        return alert -> alert.rule().equals(MARK) && alert.text().equals(mark);
    }
}
