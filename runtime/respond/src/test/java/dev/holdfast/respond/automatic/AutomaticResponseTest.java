package dev.holdfast.respond.automatic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Limits;
import dev.holdfast.respond.FakeMachine;
import dev.holdfast.respond.Protection;
import dev.holdfast.respond.Responder;
import dev.holdfast.rules.Priority;
import dev.holdfast.watch.alert.Alert;
import dev.holdfast.watch.alert.Subject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, disabledReason = "folders are held by the C library of Linux")
class AutomaticResponseTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @TempDir
    Path root;

    private FakeMachine fake;

    @BeforeEach
    void tenContainers() throws Exception {
        fake = new FakeMachine(root);
        for (int i = 0; i < 10; i++) {
            fake.process(700 + i, 1, 900, "mnt:[4026532300]", "/web" + i);
            fake.group("web" + i, 700 + i);
            fake.runc("web" + i, "");
        }
    }

    private static Alert alert(String rule, String container, long seconds) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("container.id", container);
        if (!container.equals("host") && !container.isEmpty()) {
            facts.put("container.full_id", container);
            facts.put("container.name", container);
        }
        return alert(rule, facts, seconds);
    }

    private static Alert alert(String rule, Map<String, String> facts, long seconds) {
        return new Alert(
                seconds * SECOND,
                "",
                rule,
                Priority.CRITICAL,
                "syscall",
                "text",
                Map.of(),
                List.of(),
                new Subject(facts),
                0);
    }

    private List<String> answer(boolean acts, String limits, Alert... alerts) throws Exception {
        ResponsePolicy policy = PolicyFile.read(
                limits + "\nact: true\nrespond:\n  - { rules: [\"Shell*\"], action: freeze }\n",
                "p.yaml",
                Limits.DEFAULT);
        Responder responder = new Responder(
                fake.machine(), root.resolve("journal"), Protection.DEFAULT, InstantSource.system(), acts);
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        try (AutomaticResponse response = AutomaticResponse.on(fake.machine(), responder, policy, told::add)) {
            for (Alert alert : alerts) {
                response.accept(alert);
            }
        }
        return told;
    }

    private String state(String container) throws Exception {
        return Files.readString(root.resolve("cg").resolve(container).resolve("cgroup.freeze"))
                .strip();
    }

    @Test
    void freezesTheContainerOfAnAlert() throws Exception {
        assertThat(answer(true, "", alert("Shell in a container", "web3", 1)))
                .singleElement()
                .asString()
                .isEqualTo("freeze for \"Shell in a container\": web3: frozen: 1 process stands still (entry 1)");
        assertThat(state("web3")).isEqualTo("1");
        assertThat(state("web4")).isEqualTo("0");
    }

    private static ResponsePolicy policy(String rule, String limits) throws Exception {
        return PolicyFile.read(
                limits + "\nrespond:\n  - { rules: [" + rule + "], action: kill }\n", "p.yaml", Limits.DEFAULT);
    }

    /** As when the file is read again: what was answered before still counts. */
    @Test
    void adoptsAnotherPolicyWithWhatWasSpentUnderTheFirst() throws Exception {
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        try (AutomaticResponse response = AutomaticResponse.rehearsed(policy("First", ""), told::add)) {
            response.accept(alert("First", "web1", 1));
            while (told.isEmpty()) {
                Thread.sleep(1);
            }
            response.adopt(policy("Second", "limits: { per-container: 1/10m }"));
            response.accept(alert("First", "web2", 2));
            response.accept(alert("Second", "web1", 3));
            response.accept(alert("Second", "web3", 4));
        }
        assertThat(told)
                .hasSize(3)
                .satisfies(lines -> assertThat(lines.get(0)).contains("web1: would be killed"))
                .satisfies(lines -> assertThat(lines.get(1)).contains("web1: not done: the limit for a container"))
                .satisfies(lines -> assertThat(lines.get(2)).contains("web3: would be killed"));
    }

    @Test
    void onlySaysWhatItWouldDo() throws Exception {
        assertThat(answer(false, "", alert("Shell", "web3", 1)).getFirst()).contains("web3: would be frozen");
        assertThat(state("web3")).isEqualTo("0");
        assertThat(root.resolve("journal")).doesNotExist();
    }

    @Test
    void answersNothingAboutAnUnknownContainer() throws Exception {
        Map<String, String> nameless = Map.of("container.id", "web3", "container.full_id", "web3");
        assertThat(answer(true, "", alert("Shell", "host", 1), alert("Shell", "", 1), alert("Shell", nameless, 1)))
                .satisfiesExactly(
                        line -> assertThat(line).endsWith("which container it is about is not known"),
                        line -> assertThat(line).startsWith("2 times more: "));
        assertThat(state("web3")).isEqualTo("0");
        assertThat(answer(true, "", alert("Shell", "gone", 1)).getFirst()).contains("does not run any more");
        assertThat(answer(true, "", alert("Other rule", "web3", 1))).isEmpty();
    }

    @Test
    void coolsDown() throws Exception {
        List<String> told = answer(
                true,
                "limits: { cool-down: 10s, per-container: 9/1h }",
                alert("Shell", "web3", 1),
                alert("Shell", "web3", 10),
                alert("Shell 2", "web3", 10),
                alert("Shell", "web3", 11));
        assertThat(told.get(1)).contains("answered for this container less than 10 s ago");
        assertThat(told.get(2)).contains("already");
        assertThat(told.get(3)).contains("already");
    }

    @Test
    void keepsTheLimitsOfAContainerAndOfTheMachine() throws Exception {
        List<String> told = answer(
                true,
                "limits: { cool-down: 1s, per-container: 2/1m, per-node: 3/1m, share: 100% }",
                alert("Shell", "web1", 1),
                alert("Shell", "web1", 3),
                alert("Shell", "web1", 5),
                alert("Shell", "web2", 6),
                alert("Shell", "web3", 7),
                alert("Shell", "web3", 61));
        assertThat(told.get(2)).contains("the limit for a container is used up (2 in 60 s)");
        assertThat(told.get(3)).contains("web2: frozen");
        assertThat(told.get(4)).contains("the limit for this machine is used up (3 in 60 s)");
        assertThat(told.get(5)).contains("web3: frozen");
    }

    @Test
    void stopsNoMoreThanAShareOfTheMachine() throws Exception {
        List<String> told = answer(
                true,
                "limits: { per-node: 99/1m, share: 20% }",
                alert("Shell", "web1", 1),
                alert("Shell", "web2", 1),
                alert("Shell", "web3", 1));
        assertThat(told.get(1)).contains("web2: frozen");
        assertThat(told.get(2)).contains("more than 20% of the 10 containers");
        assertThat(state("web3")).isEqualTo("0");
    }

    /** A storm is told in a few lines, and does not grow what is kept. */
    @Test
    void tellsAStormInAFewLines() throws Exception {
        Alert[] storm = new Alert[900];
        for (int i = 0; i < storm.length; i++) {
            storm[i] = alert("Shell", i % 2 == 0 ? "web1" : "gone" + i % 3, 1 + i / 100);
        }
        List<String> told = answer(true, "limits: { per-node: 9/1m }", storm);
        assertThat(told).hasSizeLessThan(20);
        assertThat(told.getFirst()).contains("web1: frozen");
        assertThat(told).anyMatch(line -> line.matches("448 times more: .*answered for this container less than.*"));
        assertThat(state("web1")).isEqualTo("1");
    }

    @Test
    void doesNothingWhileTheSwitchIsThere() throws Exception {
        Path stop = Files.createFile(root.resolve("stop"));
        assertThat(answer(true, "stop: " + stop, alert("Shell", "web1", 1)).getFirst())
                .contains("stops all responses");
        assertThat(state("web1")).isEqualTo("0");
    }

    @Test
    void rehearsesRecordings() throws Exception {
        ResponsePolicy policy =
                PolicyFile.read("respond: [ { rules: [Shell], action: kill } ]", "p.yaml", Limits.DEFAULT);
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        try (AutomaticResponse response = AutomaticResponse.rehearsed(policy, told::add)) {
            response.accept(alert("Shell", "elsewhere", 1));
            response.accept(alert("Shell", "elsewhere", 2));
        }
        assertThat(told.getFirst()).isEqualTo("kill for \"Shell\": elsewhere: would be killed");
        assertThat(told.getLast()).contains("less than 300 s ago");
    }
}
