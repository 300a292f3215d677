package dev.holdfast.respond;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.InputException;
import dev.holdfast.respond.Outcome.Result;
import dev.holdfast.respond.journal.Entry;
import dev.holdfast.respond.journal.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The order of things, and who is spared, on control groups that are plain files. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "folders are held by the C library of Linux")
class ResponderTest {
    private static final Order FREEZE = Order.of(Action.FREEZE, "test");
    private static final Order HOLD = Order.of(Action.HOLD, "test");
    private static final String ID = "0123456789abcdef".repeat(4);

    @TempDir
    Path root;

    private FakeMachine fake;
    private Path web;

    @BeforeEach
    void aContainer() throws IOException {
        fake = new FakeMachine(root);
        fake.process(700, 1, 900, FakeMachine.INSIDE, "/web");
        web = fake.group("web", 700);
        fake.runc("web", "\"org.opencontainers.image.ref.name\":\"shop:1\"");
    }

    private static Outcome only(Responder responder, Order order, String name) throws InputException, IOException {
        List<Outcome> outcomes = responder.respond(order, name);
        assertThat(outcomes).hasSize(1);
        return outcomes.getFirst();
    }

    @Test
    void saysWhatItWouldDoAndDoesNothing() throws Exception {
        Outcome outcome = only(fake.responder(false), FREEZE, "web");
        assertThat(outcome.result()).isEqualTo(Result.WOULD);
        assertThat(outcome.sentence()).contains("would be frozen: 1 process in /web");
        assertThat(web.resolve("cgroup.freeze")).hasContent("0");
        assertThat(fake.journal()).doesNotExist();
    }

    @Test
    void writesTheIntentBeforeAndTheOutcomeAfter() throws Exception {
        Outcome outcome = only(fake.responder(true), FREEZE, "pid:700");
        assertThat(outcome.result()).isEqualTo(Result.DONE);
        assertThat(Files.readString(web.resolve("cgroup.freeze"))).startsWith("1");
        List<Entry> entries = fake.responder(true).history().entries();
        assertThat(entries).extracting(Entry::kind).containsExactly(Entry.Kind.INTENT, Entry.Kind.OUTCOME);
        assertThat(entries.getFirst().subject().orElseThrow().image()).isEqualTo("shop:1");
        assertThat(entries.getLast().result()).isEqualTo("done");
    }

    @Test
    void thawsWhenTheLastWhoAskedTakesItBack() throws Exception {
        Responder responder = fake.responder(true);
        long first = only(responder, FREEZE, "web").entry().orElseThrow();
        Outcome again = only(responder, FREEZE, "web");
        assertThat(again.result()).isEqualTo(Result.ALREADY);
        assertThat(responder.undo(first, "test", "").sentence()).contains("another entry asks for the same: it stays");
        assertThat(Files.readString(web.resolve("cgroup.freeze"))).startsWith("1");
        assertThat(responder.undo(again.entry().orElseThrow(), "test", "").result())
                .isEqualTo(Result.DONE);
        assertThat(Files.readString(web.resolve("cgroup.freeze"))).startsWith("0");
        assertThat(responder.undo(first, "test", "").result()).isEqualTo(Result.ALREADY);
    }

    @Test
    void leavesFrozenWhatSomebodyElseFroze() throws Exception {
        Files.writeString(web.resolve("cgroup.freeze"), "1\n");
        Responder responder = fake.responder(true);
        Outcome outcome = only(responder, FREEZE, "web");
        assertThat(outcome.result()).isEqualTo(Result.ALREADY);
        assertThat(responder.undo(outcome.entry().orElseThrow(), "test", "").sentence())
                .contains("it was so before");
        assertThat(Files.readString(web.resolve("cgroup.freeze"))).startsWith("1");
    }

    @Test
    void restoresTheLimitThatWas() throws Exception {
        Files.writeString(web.resolve("pids.max"), "77\n");
        Responder responder = fake.responder(true);
        long entry = only(responder, HOLD, "web").entry().orElseThrow();
        assertThat(Files.readString(web.resolve("pids.max"))).startsWith("1");
        assertThat(responder.inForce()).extracting(InForce::action).containsExactly(Action.HOLD);
        responder.undo(entry, "test", "");
        assertThat(Files.readString(web.resolve("pids.max"))).startsWith("77");
        assertThat(responder.inForce()).isEmpty();
    }

    /** The second finds the limit of the first: when both are taken back it is the one that was before both. */
    @Test
    void restoresTheLimitFromBeforeTheFirstOfSeveral() throws Exception {
        Responder responder = fake.responder(true);
        long first = only(responder, HOLD, "web").entry().orElseThrow();
        Files.writeString(web.resolve("pids.current"), "0\n"); // one has ended
        long second = only(responder, HOLD, "web").entry().orElseThrow();
        assertThat(Files.readString(web.resolve("pids.max"))).startsWith("0");
        responder.undo(first, "test", "");
        assertThat(Files.readString(web.resolve("pids.max"))).startsWith("0");
        responder.undo(second, "test", "");
        assertThat(Files.readString(web.resolve("pids.max"))).startsWith("max");
    }

    @Test
    void saysWhatCannotBeDoneHere() throws Exception {
        Files.delete(web.resolve("pids.max"));
        Outcome plan = only(fake.responder(false), HOLD, "web");
        assertThat(plan.result()).isEqualTo(Result.FAILED);
        assertThat(plan.sentence()).contains("nobody counts its processes");
        assertThat(only(fake.responder(true), HOLD, "web").result()).isEqualTo(Result.FAILED);
    }

    @Test
    void doesItToEveryContainerOfAPod() throws Exception {
        String pod = "\"io.kubernetes.cri.sandbox-name\":\"web-1\",\"io.kubernetes.cri.sandbox-namespace\":\"shop\",";
        fake.runc("web", pod + "\"io.kubernetes.cri.container-type\":\"container\"");
        fake.process(720, 1, 900, FakeMachine.INSIDE, "/proxy");
        Path proxy = fake.group("proxy", 720);
        fake.runc("proxy", pod + "\"io.kubernetes.cri.container-type\":\"container\"");
        fake.process(730, 1, 900, FakeMachine.INSIDE, "/pause");
        Path pause = fake.group("pause", 730);
        fake.runc("pause", pod + "\"io.kubernetes.cri.container-type\":\"sandbox\"");
        List<Outcome> outcomes = fake.responder(true).respond(FREEZE, "shop/web-1");
        assertThat(outcomes).extracting(Outcome::result).containsExactly(Result.DONE, Result.DONE);
        assertThat(List.of(web, proxy))
                .allSatisfy(group ->
                        assertThat(group.resolve("cgroup.freeze")).content().startsWith("1"));
        assertThat(pause.resolve("cgroup.freeze")).content().startsWith("0");
    }

    @Test
    void doesNotCallImpossibleWhatIsSpared() throws Exception {
        Path first = root.resolve("v1/web");
        Files.createDirectories(first);
        Files.writeString(first.resolve("cgroup.procs"), "700\n");
        Files.writeString(first.resolve("freezer.self_freezing"), "0\n");
        Files.writeString(first.resolve("freezer.state"), "THAWED\n");
        Machine here = fake.machine();
        Machine old =
                new Machine(root, Optional.empty(), Optional.of(root.resolve("v1")), Optional.empty(), here.pins());
        Responder responder =
                new Responder(old, fake.journal(), Protection.DEFAULT, InstantSource.fixed(FakeMachine.NOON), true);
        Outcome cut = only(responder, Order.of(Action.DISCONNECT, "test"), "web");
        assertThat(cut.result()).isEqualTo(Result.REFUSED);
        assertThat(cut.sentence()).startsWith("not cut off: its processes are in no control group of version 2");
        long entry = only(responder, FREEZE, "web").entry().orElseThrow();
        assertThat(Files.readString(first.resolve("freezer.state"))).startsWith("FROZEN");
        responder.undo(entry, "test", "");
        assertThat(Files.readString(first.resolve("freezer.state"))).startsWith("THAWED");
    }

    @Test
    void neverTouchesWhatHoldsTheMachinesFirstProcess() throws Exception {
        fake.group("web", 1, 700);
        refused("the machine's first process");
    }

    @Test
    void neverTouchesWhatHoldsItselfOrItsAncestors() throws Exception {
        int own = (int) ProcessHandle.current().pid();
        fake.process(own, 650, 950, FakeMachine.INSIDE, "/web");
        fake.process(650, 1, 940, FakeMachine.INSIDE, "/web");
        fake.group("web", 650);
        refused("it holds ourselves (process 650)");
        fake.group("web", own);
        refused("it holds ourselves");
    }

    @Test
    void neverTouchesAMonitorOfTheMachineThatWasThereBefore() throws Exception {
        fake.process(690, 1, 800, FakeMachine.MACHINE, "/web");
        fake.group("web", 690, 700);
        refused("process 690");
    }

    /** A process that has broken out is younger than its container, whatever it calls itself and wherever it went. */
    @Test
    void isNotKeptOffByAProcessThatHasBrokenOut() throws Exception {
        fake.process(710, 1, 990, FakeMachine.MACHINE, "/web");
        fake.group("web", 700, 710);
        assertThat(only(fake.responder(true), FREEZE, "web").result()).isEqualTo(Result.DONE);
    }

    @Test
    void findsProcessesInGroupsBelow() throws Exception {
        fake.group("web", 700);
        fake.group("web/inner/deeper", 1);
        refused("the machine's first process");
    }

    @Test
    void refusesWhatCannotBeSeen() throws Exception {
        fake.group("web", 0, 700);
        refused("cannot be seen from here");
    }

    @Test
    void neverTouchesPodsOfTheSystem() throws Exception {
        fake.runc(
                "web",
                "\"io.kubernetes.cri.sandbox-name\":\"dns\",\"io.kubernetes.cri.sandbox-namespace\":\"kube-system\"");
        Outcome outcome = only(fake.responder(true), FREEZE, "kube-system/dns");
        assertThat(outcome.result()).isEqualTo(Result.REFUSED);
        assertThat(outcome.sentence()).contains("kube-system");
    }

    @Test
    void neverTouchesWhatHasTheLabel() throws Exception {
        fake.runc("web", "\"dev.holdfast.respond\":\"never\"");
        refused("it has the label dev.holdfast.respond=never");
    }

    /** Else whoever makes an image could forbid to stop it. */
    @Test
    void doesNotBelieveALabelOfTheImage() throws Exception {
        String label = "\"dev.holdfast.respond\":\"never\"";
        fake.process(800, 1, 900, FakeMachine.INSIDE, "/docker/" + ID);
        fake.group("docker/" + ID, 800);
        fake.docker(ID, "shop", label, Optional.of(label));
        assertThat(only(fake.responder(true), FREEZE, "shop").result()).isEqualTo(Result.DONE);
        fake.docker(ID, "shop", label, Optional.of(""));
        assertThat(only(fake.responder(true), FREEZE, "shop").result()).isEqualTo(Result.REFUSED);
    }

    /** As Docker tells whose pod a container is in, so may an image. */
    @Test
    void doesNotBelieveANamespaceOfTheImage() throws Exception {
        String labels = "\"io.kubernetes.pod.name\":\"dns\",\"io.kubernetes.pod.namespace\":\"kube-system\"";
        fake.process(800, 1, 900, FakeMachine.INSIDE, "/docker/" + ID);
        fake.group("docker/" + ID, 800);
        fake.docker(ID, "shop", labels, Optional.of(labels));
        assertThat(only(fake.responder(true), FREEZE, "shop").result()).isEqualTo(Result.DONE);
        fake.docker(ID, "shop", labels, Optional.of(""));
        assertThat(only(fake.responder(true), FREEZE, "shop").sentence()).contains("a pod of kube-system");
    }

    private void refused(String reason) throws Exception {
        Outcome outcome = only(fake.responder(true), FREEZE, "web");
        assertThat(outcome.result()).isEqualTo(Result.REFUSED);
        assertThat(outcome.sentence()).contains(reason);
        assertThat(Files.readString(web.resolve("cgroup.freeze"))).startsWith("0");
    }

    @Test
    void asksForAnEnginesWord() throws Exception {
        fake.process(800, 1, 900, FakeMachine.INSIDE, "/docker/" + ID);
        fake.group("docker/" + ID, 800);
        assertThat(only(fake.responder(true), FREEZE, ID).result()).isEqualTo(Result.COULD_NOT_TELL);
        Order anyway = new Order(Action.FREEZE, FREEZE.openings(), "test", "", true);
        assertThat(only(fake.responder(true), anyway, "0123").result()).isEqualTo(Result.DONE);
    }

    @Test
    void saysWhomANameMayMean() throws Exception {
        for (String end : List.of("a", "b")) {
            String id = ID.substring(1) + end;
            fake.group("docker/" + id, 700);
            fake.docker(id, "same", "", Optional.empty());
        }
        assertThatThrownBy(() -> only(fake.responder(true), FREEZE, "same"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the whole id or pid:NUMBER tells them apart");
        assertThatThrownBy(() -> only(fake.responder(true), FREEZE, "other")).hasMessageContaining("no container");
        assertThatThrownBy(() -> only(fake.responder(true), FREEZE, "pid:1")).hasMessageContaining("never touched");
        assertThatThrownBy(() -> only(fake.responder(true), FREEZE, "pid:-1")).hasMessageContaining("no process");
    }

    @Test
    void doesNothingToAGroupThatHasTheNameOfOneThatEnded() throws Exception {
        Responder responder = fake.responder(true);
        long entry = only(responder, FREEZE, "web").entry().orElseThrow();
        Path old = web.resolveSibling("old");
        Files.move(web, old);
        fake.group("web", 700);
        Files.writeString(web.resolve("cgroup.freeze"), "1\n");
        Outcome outcome = responder.undo(entry, "test", "");
        assertThat(outcome.result()).isEqualTo(Result.GONE);
        assertThat(Files.readString(web.resolve("cgroup.freeze"))).startsWith("1");
    }

    @Test
    void undoesOnceAndSaysSoTheSecondTime() throws Exception {
        Responder responder = fake.responder(true);
        long entry = only(responder, FREEZE, "web").entry().orElseThrow();
        assertThat(responder.undo(entry, "test", "").result()).isEqualTo(Result.DONE);
        assertThat(responder.undo(entry, "test", "").result()).isEqualTo(Result.ALREADY);
        assertThat(responder.history().lines()).isEqualTo(4);
        long held = only(responder, HOLD, "web").entry().orElseThrow();
        Files.move(web, web.resolveSibling("old"));
        assertThat(responder.undo(held, "test", "").result()).isEqualTo(Result.GONE);
        assertThat(responder.undo(held, "test", "").result()).isEqualTo(Result.ALREADY);
    }

    /** The same container, in a group that was made since. */
    @Test
    void saysThatItWasStartedAnew() throws Exception {
        Responder responder = fake.responder(true);
        only(responder, FREEZE, "web");
        Files.move(web, web.resolveSibling("old"));
        fake.group("web", 700);
        InForce found = responder.inForce().getFirst();
        assertThat(found.notes()).containsExactly("NOT in force: the container was started anew since; order it again");
    }

    /** Whoever can write the journal may not have a path of his choice written to. */
    @Test
    void leavesTheControlGroupsForNoPathOfTheJournal() throws Exception {
        Responder responder = fake.responder(true);
        long entry = only(responder, HOLD, "web").entry().orElseThrow();
        Path outside = Files.createDirectories(root.resolve("outside"));
        Files.writeString(outside.resolve("pids.max"), "5\n");
        Files.writeString(outside.resolve("pids.current"), "5\n");
        Object inode = Files.getAttribute(outside, "unix:ino");
        Files.writeString(
                fake.journal(),
                Files.readString(fake.journal())
                        .replaceAll(
                                "\"group\":\"/web\",\"groupId\":[0-9]+",
                                "\"group\":\"/../outside\",\"groupId\":" + inode));
        assertThat(responder.history().isSound()).isFalse();
        assertThat(responder.undo(entry, "test", "").result()).isEqualTo(Result.GONE);
        assertThat(Files.readString(outside.resolve("pids.max"))).startsWith("5");
    }

    @Test
    void findsOutWhatBecameOfAHoldThatWasInterrupted() throws Exception {
        Responder responder = fake.responder(true);
        long first = only(responder, HOLD, "web").entry().orElseThrow();
        only(responder, HOLD, "web");
        cutLastLine();
        Files.writeString(web.resolve("pids.max"), "max\n"); // somebody took both back
        only(responder, FREEZE, "web");
        assertThat(responder.history().outcomeOf(first + 2).orElseThrow().result())
                .isEqualTo("interrupted");
    }

    @Test
    void findsOutWhatBecameOfWhatWasInterrupted() throws Exception {
        Responder responder = fake.responder(true);
        long entry = only(responder, FREEZE, "web").entry().orElseThrow();
        cutLastLine();
        assertThat(responder.inForce()).extracting(InForce::entries).containsExactly(List.of(entry));
        only(responder, HOLD, "web");
        Entry outcome = responder.history().outcomeOf(entry).orElseThrow();
        assertThat(outcome.result()).isEqualTo("done");
        assertThat(outcome.text()).contains("stopped before it could write down the outcome");
    }

    @Test
    void findsOutThatWhatWasInterruptedWasNeverDone() throws Exception {
        Responder responder = fake.responder(true);
        long entry = only(responder, FREEZE, "web").entry().orElseThrow();
        cutLastLine();
        Files.writeString(web.resolve("cgroup.freeze"), "0\n");
        only(responder, HOLD, "web");
        assertThat(responder.history().outcomeOf(entry).orElseThrow().result()).isEqualTo("interrupted");
        assertThat(responder.undo(entry, "test", "").result()).isEqualTo(Result.ALREADY);
    }

    /** As if the program had been stopped between the deed and its outcome. */
    private void cutLastLine() throws IOException {
        List<String> lines = Files.readAllLines(fake.journal());
        Files.writeString(fake.journal(), String.join("\n", lines.subList(0, lines.size() - 1)) + "\n");
        Files.delete(fake.journal().resolveSibling("journal.head"));
    }

    @Test
    void saysWhenSomebodyElseTookItBack() throws Exception {
        Responder responder = fake.responder(true);
        only(responder, FREEZE, "web");
        Files.writeString(web.resolve("cgroup.freeze"), "0\n");
        assertThat(responder.inForce().getFirst().notes().getFirst()).contains("NOT in force");
    }

    @Test
    void saysThatItDidNotFreezeWhatIsFrozen() throws Exception {
        Files.writeString(web.resolve("cgroup.freeze"), "1\n");
        InForce found = fake.responder(false).inForce().getFirst();
        assertThat(found.entries()).isEmpty();
        assertThat(found.notes().getFirst()).contains("does not know");
    }

    @Test
    void takesTurns() throws Exception {
        IntStream.range(0, 16).parallel().forEach(i -> {
            try {
                only(fake.responder(true), i % 2 == 0 ? FREEZE : HOLD, "web");
            } catch (IOException | InputException failed) {
                throw new AssertionError(failed);
            }
        });
        assertThat(fake.responder(true).history().isSound()).isTrue();
        assertThat(fake.responder(true).history().lines()).isEqualTo(32);
        assertThat(fake.responder(true).history().unfinished()).isEmpty();
    }

    @Test
    void undoesNothingThatIsNoDeed() throws Exception {
        Responder responder = fake.responder(true);
        only(responder, FREEZE, "web");
        for (long number : new long[] {0, 2, 99}) {
            assertThatThrownBy(() -> responder.undo(number, "test", "")).isInstanceOf(InputException.class);
        }
    }

    @Test
    void writesAfterALineThatWasTorn() throws Exception {
        only(fake.responder(true), FREEZE, "web");
        Files.writeString(fake.journal(), "{\"schema\":\"holdfast-jou", StandardOpenOption.APPEND);
        try (Journal journal = Journal.open(fake.journal(), InstantSource.fixed(FakeMachine.NOON))) {
            assertThat(journal.history().entries().getLast().text()).contains("not written to its end");
        }
        assertThat(fake.responder(true).history().isSound()).isTrue();
    }
}
