package dev.holdfast.respond;

import dev.holdfast.respond.Outcome.Result;
import dev.holdfast.respond.deed.Deed;
import dev.holdfast.respond.deed.Deed.Done;
import dev.holdfast.respond.deed.Deed.Force;
import dev.holdfast.respond.group.Members;
import dev.holdfast.respond.group.NeverTouched;
import dev.holdfast.respond.group.Target;
import dev.holdfast.respond.journal.Entry;
import dev.holdfast.respond.journal.Entry.Settings;
import dev.holdfast.respond.journal.Entry.Subject;
import dev.holdfast.respond.journal.History;
import dev.holdfast.respond.journal.Journal;
import dev.holdfast.sensor.container.Container;
import dev.holdfast.sensor.libbpf.HeldFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One order for one container whose group is held: said, or done between two lines of the journal. */
final class Doing {
    private final Kernel kernel;
    private final NeverTouched neverTouched;
    private final Remarks remarks;
    private final Order order;
    private final Target target;
    private final HeldFolder held;
    private final Deed deed;

    Doing(Kernel kernel, NeverTouched neverTouched, Remarks remarks, Order order, Target target, HeldFolder held) {
        this.kernel = kernel;
        this.neverTouched = neverTouched;
        this.remarks = remarks;
        this.order = order;
        this.target = target;
        this.held = held;
        this.deed = kernel.deed(order.action(), order.openings(), target, held);
    }

    /** What would be done. */
    Outcome plan() throws IOException {
        if (isInForce()) {
            return outcome(Result.ALREADY, OptionalLong.empty(), already(), List.of());
        }
        Optional<String> missing = deed.missing();
        if (missing.isPresent()) {
            return outcome(Result.FAILED, OptionalLong.empty(), "cannot be done here: " + missing.get(), List.of());
        }
        int processes = Members.numbers(held.path()).size();
        String what = "would be " + order.action().done() + ": " + Members.processes(processes) + " in "
                + target.group().path();
        return outcome(Result.WOULD, OptionalLong.empty(), what, remarks.about(order, target));
    }

    private boolean isInForce() throws IOException {
        return deed.force("") == Force.WHOLE;
    }

    private String already() {
        return "it is " + order.action().done() + " already";
    }

    /** Does it: the intent is on the disk before, the outcome behind. */
    Outcome act(Journal journal) throws IOException {
        boolean isAlready = isInForce();
        String before = before(isAlready, journal.history());
        long entry = journal.intent(order.action(), subject(), before, settings(), order.by(), order.reason());
        return attempt(isAlready, OptionalLong.of(entry)).writtenTo(journal, entry);
    }

    /** How it was: so by an entry of ours, so by somebody else, or what is to be restored. */
    private String before(boolean isAlready, History history) throws IOException {
        Optional<Entry> ours = history.standing().stream()
                .filter(entry -> entry.isFor(order.action(), target.group().id(), settings()))
                .findFirst();
        if (ours.isPresent() && kernel.force(ours.get(), history) == Force.WHOLE) {
            return "entry " + ours.get().number();
        }
        return isAlready ? "already" : deed.before();
    }

    private Outcome attempt(boolean isAlready, OptionalLong entry) {
        try {
            Optional<String> refusal = neverTouched.reason(target, held.path());
            if (refusal.isPresent()) {
                return outcome(Result.REFUSED, entry, "never touched: " + refusal.get(), List.of());
            }
            if (isAlready) {
                return outcome(Result.ALREADY, entry, already(), List.of());
            }
            List<String> notes = new ArrayList<>(remarks.about(order, target));
            Done done = deed.carryOut();
            notes.addAll(0, done.notes());
            return outcome(done.isSeen() ? Result.DONE : Result.COULD_NOT_TELL, entry, done.sentence(), notes);
        } catch (NoSuchFileException ended) {
            return outcome(Result.GONE, entry, "it has ended meanwhile", List.of());
        } catch (IOException failed) {
            boolean hasEnded = !Files.exists(held.path().resolve("cgroup.procs"));
            if (hasEnded) {
                return outcome(Result.GONE, entry, "it has ended meanwhile", List.of());
            }
            return outcome(Result.FAILED, entry, Outcome.failed(failed), List.of());
        }
    }

    private Settings settings() {
        return new Settings(
                order.openings().keepLoopback(),
                order.openings().exceptions().stream().map(Object::toString).toList());
    }

    private Subject subject() {
        Optional<Container> container = target.container();
        return new Subject(
                target.id(),
                target.name(),
                container.flatMap(Container::image).orElse(""),
                container.flatMap(Container::digest).orElse(""),
                target.group().path(),
                target.group().id());
    }

    private Outcome outcome(Result result, OptionalLong entry, String sentence, List<String> notes) {
        return Outcome.of(result, order, target, entry, sentence, notes);
    }
}
