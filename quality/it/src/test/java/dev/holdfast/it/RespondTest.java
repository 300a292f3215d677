package dev.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.cli.ProgramRun;
import dev.holdfast.core.json.JsonValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is done to real containers, and taken back: freezing, killing, holding; by hand and in answer to an alert. */
class RespondTest extends RespondCase {
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

    /** It forks once it is told to, and counts how often that worked. */
    @Test
    void aHeldContainerStartsNothing() throws Exception {
        start(
                "respond-held",
                "my $n = 0; while (1) { select undef, undef, undef, 0.01; next unless -e '/out/NAME.go'; my $p = fork; next unless defined $p;"
                        + " exit unless $p; waitpid $p, 0; open my $f, '>', '/out/NAME.new'; print $f ++$n; close $f; rename '/out/NAME.new', '/out/NAME' }");
        long entry = entry(act("hold", "respond-held"));
        Files.createFile(folder.resolve("respond-held.go"));
        Thread.sleep(WHILE);
        assertThat(folder.resolve("respond-held")).doesNotExist();
        assertThat(respond("list").json().get("inForce").elements()).hasSize(1);
        act("undo", String.valueOf(entry));
        progresses("respond-held");
        assertThat(respond("list").json().get("inForce").elements()).isEmpty();
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
}
