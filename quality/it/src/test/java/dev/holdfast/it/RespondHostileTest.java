package dev.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.cli.ProgramRun;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.respond.Action;
import dev.holdfast.respond.Machine;
import dev.holdfast.respond.Order;
import dev.holdfast.respond.Outcome;
import dev.holdfast.respond.Protection;
import dev.holdfast.respond.Responder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who is never touched, and what goes wrong in the middle: we are killed, the disk is full, the engine starts a container anew. */
class RespondHostileTest extends RespondCase {
    @Test
    void saysWhenTheJournalWasChanged() throws Exception {
        start("respond-told", COUNT);
        act("freeze", "respond-told", "--reason", "a suspicion");
        Files.writeString(journal, Files.readString(journal).replace("a suspicion", "no reason at all"));
        ProgramRun list = respond("list");
        assertThat(list.exit()).isEqualTo(2);
        assertThat(list.err()).contains("line 2 does not follow");
    }

    /** Killed at any moment, nothing is half done that is not found and told, and the journal holds together. */
    @Test
    void survivesBeingKilled() throws Exception {
        start("respond-server", SERVE);
        String address = address("respond-server");
        await(() -> reachesFromHere(address));
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        for (int i = 0; i < 6; i++) {
            Process child = child("disconnect", "respond-server", "--except", "192.0.2." + i, "--act");
            if (!child.waitFor(200 + random.nextInt(1_500), TimeUnit.MILLISECONDS)) {
                child.destroyForcibly();
            }
            child.waitFor();
        }
        Process last = child("disconnect", "respond-server", "--act");
        assertThat(last.waitFor()).isZero();
        assertThat(reachesFromHere(address))
                .as("seed %d: we have ended, the cut stays", seed)
                .isFalse();
        act("hold", "respond-server");
        ProgramRun list = respond("list");
        assertThat(list.exit()).isZero();
        assertThat(list.json().get("journal").get("sound").isTrue()).isTrue();
        for (JsonValue each : list.json().get("inForce").elements()) {
            assertThat(each.get("entries").texts())
                    .as("seed %d: %s", seed, each)
                    .isNotEmpty();
            for (String entry : each.get("entries").texts()) {
                act("undo", entry);
            }
        }
        assertThat(respond("list").json().get("inForce").elements()).isEmpty();
        assertThat(reachesFromHere(address)).isTrue();
    }

    @Test
    void twoProgramsTakeTurns() throws Exception {
        start("respond-shared", COUNT);
        List<Process> children = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            children.add(child(i == 1 ? "hold" : "freeze", "respond-shared", "--act"));
        }
        for (Process child : children) {
            assertThat(child.waitFor()).isZero();
        }
        ProgramRun list = respond("list");
        assertThat(list.json().get("journal").get("lines").integer()).contains(6L);
        assertThat(list.exit()).isZero();
        stands("respond-shared");
        for (int entry : new int[] {1, 3, 5}) {
            act("undo", String.valueOf(entry));
        }
        progresses("respond-shared");
    }

    @Test
    void refusesTheMachineItselfAndWhatIsNotThere() throws Exception {
        assertThat(act("kill", "pid:1").exit()).isEqualTo(3);
        assertThat(act("kill", "pid:1").err()).contains("never touched");
        assertThat(act("kill", "pid:" + ProcessHandle.current().pid()).err()).contains("never touched");
        String dockerd = run("pgrep", "-o", "dockerd").out().strip();
        assertThat(act("kill", "pid:" + dockerd).err()).contains("never touched");
        assertThat(act("freeze", "no-such-container").exit()).isEqualTo(3);
        assertThat(Path.of("/proc/" + dockerd)).exists();
        start("respond-spared", COUNT, "--label", "dev.holdfast.respond=never");
        ProgramRun refused = act("kill", "respond-spared");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.text()).contains("it has the label");
        progresses("respond-spared");
    }

    /** As on machines that have version 1 only. */
    @Test
    void theFreezerOfVersionOneStopsAContainerOfDocker() throws Exception {
        Machine both = Machine.at(Path.of("/"));
        assumeTrue(both.freezer().isPresent(), "no freezer of version 1 is mounted here");
        Machine old = new Machine(both.root(), Optional.empty(), both.freezer(), both.pids(), both.pins());
        Responder responder = new Responder(old, journal, Protection.DEFAULT, InstantSource.system(), true);
        start("respond-old", COUNT);
        progresses("respond-old");
        Outcome frozen = responder
                .respond(Order.of(Action.FREEZE, "test"), "respond-old")
                .getFirst();
        assertThat(frozen.result()).isEqualTo(Outcome.Result.DONE);
        stands("respond-old");
        assertThat(responder.undo(frozen.entry().orElseThrow(), "test", "").result())
                .isEqualTo(Outcome.Result.DONE);
        progresses("respond-old");
        Outcome killed =
                responder.respond(Order.of(Action.KILL, "test"), "respond-old").getFirst();
        assertThat(killed.sentence()).contains("none is left");
        await(() -> !isRunning("respond-old"));
    }

    /** On machines with both versions Docker pauses by the first, and what it paused there does not die by the second alone. */
    @Test
    void killsWhatItsEngineHasPaused() throws Exception {
        start("respond-paused", COUNT);
        assertThat(run("docker", "pause", "respond-paused").exit()).isZero();
        assertThat(act("kill", "respond-paused").text()).contains("none is left");
        await(() -> !isRunning("respond-paused"));
    }

    /** What was done holds for the group that was there: the next one of the same container is free, which is told. */
    @Test
    void saysThatItsEngineStartedItAnew() throws Exception {
        start("respond-again", COUNT, "--restart", "always");
        progresses("respond-again");
        ProgramRun frozen = act("freeze", "respond-again");
        assertThat(frozen.text()).contains("restart policy always");
        act("disconnect", "respond-again");
        assertThat(run("docker", "restart", "--time", "0", "respond-again").exit())
                .isZero();
        progresses("respond-again");
        List<JsonValue> found = respond("list").json().get("inForce").elements();
        assertThat(found)
                .anySatisfy(each -> assertThat(each.get("notes").texts())
                        .contains("NOT in force: the container was started anew since; order it again"));
        assertThat(act("undo", String.valueOf(entry(frozen))).text()).contains("has ended");
        assertThat(act("undo", String.valueOf(entry(frozen))).text()).contains("not in force any more");
        act("undo", "3");
        assertThat(respond("list").json().get("inForce").elements()).isEmpty();
        assertThat(act("kill", "respond-again").text()).contains("its engine may start it again");
        progresses("respond-again");
    }

    /** What the container calls its first process, and what it hides from its own tools. */
    @Test
    void reachesProcessesInNamespacesOfTheirOwn() throws Exception {
        start(
                "respond-hidden",
                "if (!fork) { exec '/usr/bin/unshare', '--pid', '--fork', '/usr/bin/perl', '-e', q{"
                        + COUNT.replace("NAME", "respond-inner") + "} } sleep 600",
                "--cap-add",
                "SYS_ADMIN",
                "--security-opt",
                "seccomp=unconfined");
        progresses("respond-inner");
        long entry = entry(act("freeze", "respond-hidden"));
        stands("respond-inner");
        act("undo", String.valueOf(entry));
        progresses("respond-inner");
        act("kill", "respond-hidden");
        stands("respond-inner");
    }

    /** However much room there is, either it is done and written down, or it is not done. */
    @Test
    void aFullDiskLeavesNothingHalfDone() throws Exception {
        start("respond-full", COUNT);
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=64k", "none", disk.toString())
                                .exit()
                        == 0,
                "no small disk can be mounted here");
        try {
            journal = disk.resolve("journal");
            for (int kilobytes : new int[] {64, 60, 56, 52, 48}) {
                Path filler = Files.write(disk.resolve("filler"), new byte[1]);
                run("dd", "if=/dev/zero", "of=" + filler, "bs=1k", "count=" + kilobytes);
                ProgramRun acted = act("freeze", "respond-full");
                if (acted.exit() == 0) {
                    stands("respond-full");
                } else {
                    assertThat(acted.exit()).as("%d KiB", kilobytes).isEqualTo(4);
                    assertThat(acted.err()).containsIgnoringCase("no space left");
                    progresses("respond-full");
                }
                Files.delete(filler);
                act("hold", "respond-full"); // finds out what became of the others
                ProgramRun list = respond("list");
                assertThat(list.exit()).as(list.err()).isZero();
                undoAll();
                progresses("respond-full");
            }
            assertThat(run("mount", "-o", "remount,ro", disk.toString()).exit()).isZero();
            assertThat(act("freeze", "respond-full").exit()).isEqualTo(4);
            progresses("respond-full");
        } finally {
            run("umount", disk.toString());
        }
    }

    /** Whichever comes first: all of them end, the journal holds together, and nobody is left. */
    @Test
    void manyAtOnceEndWell() throws Exception {
        start("respond-raced", COUNT);
        List<Process> children = new ArrayList<>();
        for (String action : List.of("freeze", "kill", "disconnect", "freeze", "kill")) {
            children.add(child(action, "respond-raced", "--act"));
        }
        for (Process child : children) {
            assertThat(child.waitFor()).isIn(0, 3); // 3: it was not there any more
        }
        ProgramRun list = respond("list");
        assertThat(list.exit()).isZero();
        assertThat(isRunning("respond-raced")).isFalse();
        undoAll();
        assertThat(Path.of("/sys/fs/bpf/holdfast")).doesNotExist();
    }

    /** Ourselves in the container that is to be stopped, and a daemon of the machine that was put into it. */
    @Test
    void touchesNeitherItselfNorADaemonThatWasThereBefore() throws Exception {
        Process daemon = new ProcessBuilder("sleep", "600").start();
        try {
            start("respond-joined", COUNT);
            progresses("respond-joined");
            Path group = group("respond-joined");
            List<String> words = new ArrayList<>(
                    List.of("/bin/sh", "-c", "echo $$ > " + group + "/cgroup.procs; \"$@\" >/out 2>&1; exit $?", "sh"));
            words.set(2, words.get(2).replace("/out", folder + "/said"));
            words.addAll(java("kill", "respond-joined", "--act"));
            Process ours = new ProcessBuilder(words).start();
            assertThat(ours.waitFor()).isEqualTo(1);
            assertThat(Files.readString(folder.resolve("said"))).contains("it holds ourselves");
            progresses("respond-joined");
            Files.writeString(group.resolve("cgroup.procs"), Long.toString(daemon.pid()));
            ProgramRun refused = act("freeze", "respond-joined");
            assertThat(refused.exit()).isEqualTo(1);
            assertThat(refused.text()).contains("process " + daemon.pid());
            progresses("respond-joined");
        } finally {
            daemon.destroyForcibly();
        }
    }

    /** Names that are options, paths or others' beginnings. */
    @Test
    void namesMeanNamesOnly() throws Exception {
        start("respond-web", COUNT);
        start("respond-web-2", COUNT);
        progresses("respond-web");
        for (String name :
                List.of("--act", "../respond-web", "/docker", "docker", "respond", "respond-we", "respond-web/", "*")) {
            ProgramRun run = ProgramRun.of("respond", "freeze", "--act", "--journal", journal.toString(), "--", name);
            assertThat(run.exit()).as(name).isEqualTo(3);
            assertThat(run.err()).as(name).contains("no container that runs here is called so");
        }
        act("freeze", "respond-web");
        stands("respond-web");
        progresses("respond-web-2");
    }

    private static boolean isRunning(String name) throws Exception {
        return run("docker", "inspect", "-f", "{{.State.Running}}", name)
                .out()
                .strip()
                .equals("true");
    }
}
