package dev.holdfast.it.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.rules.ShippedRules;
import dev.holdfast.watch.alert.Alert;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ways past rules: other names for a file, for a program, for a process; a process that has lost its parent, or has another one's number; containers that live a moment. */
class RuntimeEvasionTest {
    private static final String TREE = """
            - rule: Family
              desc: Who stands above a program.
              condition: evt.type = execve and proc.args startswith family-
              output: "%proc.pid %proc.name %proc.args %proc.aname[1] %proc.aname[2] %proc.aname[3] %container.name"
              priority: DEBUG
            - rule: Accepted
              desc: A program took a connection.
              condition: evt.type in (accept, accept4) and evt.rawres >= 0 and proc.cmdline contains "ring.py" and proc.cmdline contains "accept"
              output: "accepted %fd.num %fd.name by %proc.cmdline in %container.name"
              priority: DEBUG
            """;

    @TempDir
    Path folder;

    private Engine engine;
    private Stage stage;

    @BeforeEach
    void setStage() throws Exception {
        LiveWatch.need();
        engine = Engine.need();
        folder.toFile().setExecutable(true, false);
        folder.toFile().setReadable(true, false);
        stage = new Stage(engine, folder);
        try (InputStream program =
                Objects.requireNonNull(RuntimeEvasionTest.class.getResourceAsStream("ring.py"), "ring.py")) {
            Files.copy(program, folder.resolve("ring.py"));
        }
        folder.resolve("ring.py").toFile().setReadable(true, false);
    }

    @AfterEach
    void clear() {
        if (engine != null) {
            engine.close();
        }
    }

    private List<Path> rules() throws Exception {
        return List.of(
                Path.of(ShippedRules.NAME), stage.marking(), Files.writeString(folder.resolve("family.yaml"), TREE));
    }

    @Test
    void otherNamesHideNothing() throws Exception {
        List<String> wrong = new ArrayList<>();
        try (LiveWatch watch = LiveWatch.start(rules())) {
            for (Map.Entry<String, List<Triggers>> part :
                    Triggers.read("evasion.txt").entrySet()) {
                String container = stage.start(part.getKey());
                stage.play(part.getKey(), container, part.getValue(), watch).forEach((trigger, alerts) -> {
                    List<Alert> met = alerts.stream()
                            .filter(alert -> alert.rule().equals(trigger.rule()))
                            .toList();
                    if (met.isEmpty() == trigger.isMet()
                            || !met.stream()
                                    .allMatch(alert -> alert.subject()
                                            .fact("container.name")
                                            .equals(container))) {
                        wrong.add(trigger + "; there were " + alerts);
                    }
                });
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void aContainerOfAMomentIsNamedWithItsImage() throws Exception {
        try (LiveWatch watch = LiveWatch.start(rules())) {
            for (int i = 0; i < 3; i++) {
                String name = "holdfast-it-moment-" + i;
                Engine.say(
                        "docker",
                        "run",
                        "--rm",
                        "--name",
                        name,
                        "--network",
                        "none",
                        "--entrypoint",
                        "/bin/cat",
                        Engine.IMAGE,
                        "/etc/shadow");
                Alert alert = watch.await(
                        each -> each.rule().equals("Password hashes read")
                                && each.subject().fact("container.name").equals(name),
                        name);
                assertThat(alert.subject().fact("container.image")).startsWith("holdfast-it/tools");
                assertThat(alert.text()).contains("cat /etc/shadow");
            }
        }
    }

    /** An accept that is asked for once and has an end for every connection. */
    @Test
    void everyConnectionOfAnAcceptThatGoesOnIsTold() throws Exception {
        try (LiveWatch watch = LiveWatch.start(rules())) {
            String container = stage.start("unconfined");
            for (String how : List.of("accept", "polled accept")) {
                engine.exec(container, false, "sh", "-c", "python3 /stage/ring.py " + how + " 3; true told-" + how);
                watch.await(
                        alert -> watch.alerts().stream()
                                        .filter(each -> each.text().startsWith("accepted ")
                                                && each.text().contains("127.0.0.1:")
                                                && each.text().endsWith("ring.py " + how + " 3 in " + container))
                                        .count()
                                == 3,
                        how);
            }
        }
    }

    @Test
    void theFamilyOfAProcessIsToldInAContainer() throws Exception {
        try (LiveWatch watch = LiveWatch.start(rules())) {
            String container = stage.start("root");
            engine.exec(
                    container,
                    false,
                    "bash",
                    "-c",
                    "sh -c 'python3 -c \"import os; os.system(\\\"/usr/bin/true family-a; :\\\")\"; :'; :");
            assertThat(watch.await(each -> each.text().contains("family-a "), "family-a")
                            .text())
                    .endsWith("true family-a sh python3 sh " + container);
        }
    }

    /** The kernel is told which number it gave last, until one process has the number of another that is gone. */
    @Test
    void aProcessWithTheNumberOfAnotherIsNotTakenForIt() throws Exception {
        Path last = Path.of("/proc/sys/kernel/ns_last_pid");
        assumeTrue(Files.isWritable(last), "this kernel does not let numbers be chosen");
        Path script = Files.writeString(folder.resolve("reuse"), """
                for i in $(seq 200); do
                  /usr/bin/true family-first-$i & p=$!; wait $p
                  echo $((p - 1)) >/proc/sys/kernel/ns_last_pid
                  /usr/bin/env family-second-$i 2>/dev/null & q=$!; wait $q
                  [ $p = $q ] && { echo $i; exit 0; }
                done
                exit 1
                """);
        try (LiveWatch watch = LiveWatch.start(rules())) {
            String round = Engine.say("sh", script.toString()).strip();
            Alert first = watch.await(each -> each.text().contains("family-first-" + round + " "), "first");
            Alert second = watch.await(each -> each.text().contains("family-second-" + round + " "), "second");
            assertThat(number(first)).isEqualTo(number(second));
            assertThat(first.text()).contains(" true family-first-" + round + " sh ");
            assertThat(second.text()).contains(" env family-second-" + round + " sh ");
        }
    }

    private static String number(Alert alert) {
        return alert.text().substring(0, alert.text().indexOf(' '));
    }
}
