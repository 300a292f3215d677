package dev.holdfast.respond;

import dev.holdfast.core.InputException;
import dev.holdfast.respond.Kernel.Force;
import dev.holdfast.respond.Outcome.Result;
import dev.holdfast.respond.deed.Freezing;
import dev.holdfast.respond.deed.Holding;
import dev.holdfast.respond.deed.Killing;
import dev.holdfast.respond.group.Members;
import dev.holdfast.respond.group.NeverTouched;
import dev.holdfast.respond.group.Target;
import dev.holdfast.respond.group.Target.Hierarchy;
import dev.holdfast.respond.group.TargetFinder;
import dev.holdfast.respond.journal.Entry;
import dev.holdfast.respond.journal.Entry.Settings;
import dev.holdfast.respond.journal.Entry.Subject;
import dev.holdfast.respond.journal.History;
import dev.holdfast.respond.journal.Journal;
import dev.holdfast.sensor.container.Container;
import dev.holdfast.sensor.container.Identity;
import dev.holdfast.sensor.libbpf.HeldFolder;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Stops containers after the fact, and takes that back. May be used by several threads and by several programs at once: they take turns at the
 * journal.
 *
 * <p>An order is met so: the container's group is found and held; whether it may be touched is asked; the intent is on the disk; whether it may
 * be touched is asked once more; it is done; it is seen to hold; the outcome is on the disk. When we are stopped in between, the next one who
 * opens the journal looks what the kernel has and writes the outcome down.
 */
public final class Responder {
    private final Machine machine;
    private final Path journal;
    private final InstantSource clock;
    private final boolean acts;
    private final NeverTouched neverTouched;
    private final Kernel kernel;
    private final Remarks remarks;

    /**
     * A responder.
     *
     * @param journal the file in which all is written down
     * @param clock what the journal's times are told by
     * @param acts whether anything is done; if not, it is said what would be
     */
    public Responder(Machine machine, Path journal, Protection protection, InstantSource clock, boolean acts) {
        this.machine = machine;
        this.journal = journal;
        this.clock = clock;
        this.acts = acts;
        this.neverTouched = new NeverTouched(machine.root(), protection);
        this.kernel = new Kernel(machine);
        this.remarks = new Remarks(machine);
    }

    /** Does to the container that a text names, what is ordered; see {@link TargetFinder#find}. */
    public Outcome respond(Order order, String name) throws InputException, IOException {
        return respond(order, new TargetFinder(machine).find(name));
    }

    /** Does to a container that was found, what is ordered. */
    public Outcome respond(Order order, Target target) throws IOException {
        if (target.group().identity() instanceof Identity.Unknown && !order.takesUnknown()) {
            return outcome(
                    Result.COULD_NOT_TELL,
                    order,
                    target,
                    OptionalLong.empty(),
                    "no engine's files tell what this container is, so whether it may be touched is not known");
        }
        try (HeldFolder held = target.hold()) {
            Optional<String> refusal = neverTouched.reason(target, held.path()).or(() -> refusal(order, target));
            if (refusal.isPresent()) {
                return outcome(Result.REFUSED, order, target, OptionalLong.empty(), "never touched: " + refusal.get());
            }
            return acts ? act(order, target, held) : plan(order, target, held);
        } catch (NoSuchFileException ended) {
            return outcome(Result.GONE, order, target, OptionalLong.empty(), "it has ended meanwhile");
        }
    }

    private Optional<String> refusal(Order order, Target target) {
        boolean isCut = order.action() == Action.DISCONNECT;
        if (isCut && target.hierarchy() != Hierarchy.UNIFIED) {
            return Optional.of("its processes are in no control group of version 2, by which sockets are cut");
        }
        boolean isHosts =
                target.container().filter(each -> each.host().network()).isPresent();
        return isCut && isHosts && order.openings().keepLoopback()
                ? Optional.of("its loopback is the machine's own, and cannot be kept without what listens there")
                : Optional.empty();
    }

    private Outcome plan(Order order, Target target, HeldFolder held) throws IOException {
        boolean isAlready = isInForce(order, target, held);
        int processes = Members.numbers(held.path()).size();
        String what = isAlready
                ? "it is " + order.action().done() + " already"
                : "would be " + order.action().done() + ": " + processes + (processes == 1 ? " process" : " processes")
                        + " in " + target.group().path();
        return outcome(isAlready ? Result.ALREADY : Result.WOULD, order, target, OptionalLong.empty(), what);
    }

    private boolean isInForce(Order order, Target target, HeldFolder held) throws IOException {
        return switch (order.action()) {
            case FREEZE -> new Freezing(held.path(), target.hierarchy()).isAsked();
            case KILL -> false;
            case DISCONNECT ->
                kernel.cutting().of(target.group().id(), order.openings()).stream()
                        .anyMatch(cut -> cut.state().isWhole());
            case HOLD -> {
                Optional<Holding> holding = Holding.of(held.path(), target);
                yield holding.isPresent()
                        && holding.get().limit().equals(holding.get().current());
            }
        };
    }

    private Outcome act(Order order, Target target, HeldFolder held) throws IOException {
        try (Journal written = Journal.open(journal, clock)) {
            settle(written);
            boolean isAlready = isInForce(order, target, held);
            String before = before(order, target, held, isAlready, written.history());
            long entry = written.intent(
                    order.action(), subject(target), before, settings(order), order.by(), order.reason());
            Outcome outcome;
            try {
                Optional<String> refusal = neverTouched.reason(target, held.path());
                outcome = refusal.isPresent()
                        ? outcome(
                                Result.REFUSED,
                                order,
                                target,
                                OptionalLong.of(entry),
                                "never touched: " + refusal.get())
                        : isAlready
                                ? outcome(
                                        Result.ALREADY,
                                        order,
                                        target,
                                        OptionalLong.of(entry),
                                        "it is " + order.action().done() + " already")
                                : carryOut(order, target, held, entry);
            } catch (NoSuchFileException ended) {
                outcome = outcome(Result.GONE, order, target, OptionalLong.of(entry), "it has ended meanwhile");
            } catch (IOException failed) {
                String reason = java.util.Objects.requireNonNullElse(failed.getMessage(), failed.toString());
                outcome = outcome(Result.FAILED, order, target, OptionalLong.of(entry), "failed: " + reason);
            }
            written.outcome(entry, outcome.result().word(), outcome.sentence());
            return outcome;
        }
    }

    /** How it was: so already by somebody else, so already by an entry of ours, or the limit that is to be restored. */
    private static String before(Order order, Target target, HeldFolder held, boolean isAlready, History history)
            throws IOException {
        Optional<Entry> ours = history.standing().stream()
                .filter(entry -> isSame(entry, order.action(), target.group().id(), settings(order)))
                .findFirst();
        if (isAlready) {
            return ours.map(entry -> "entry " + entry.number()).orElse("already");
        }
        Optional<Holding> holding = order.action() == Action.HOLD ? Holding.of(held.path(), target) : Optional.empty();
        return holding.isPresent() ? holding.get().limit() : "";
    }

    private static boolean isSame(Entry entry, Action action, long group, Settings settings) {
        return entry.action().filter(action::equals).isPresent()
                && entry.subject().filter(each -> each.groupId() == group).isPresent()
                && entry.settings().equals(settings);
    }

    private static Settings settings(Order order) {
        return new Settings(
                order.openings().keepLoopback(),
                order.openings().exceptions().stream().map(Object::toString).toList());
    }

    private static Subject subject(Target target) {
        Optional<Container> container = target.container();
        return new Subject(
                target.id(),
                target.name(),
                container.flatMap(Container::image).orElse(""),
                container.flatMap(Container::digest).orElse(""),
                target.group().path(),
                target.group().id());
    }

    private Outcome carryOut(Order order, Target target, HeldFolder held, long entry) throws IOException {
        List<String> notes = new ArrayList<>(remarks.about(order, target));
        Done done = switch (order.action()) {
            case FREEZE -> freeze(target, held);
            case KILL -> kill(target, held);
            case DISCONNECT -> disconnect(order, target, held, notes);
            case HOLD -> hold(target, held);
        };
        return new Outcome(
                done.isSeen ? Result.DONE : Result.COULD_NOT_TELL,
                order.action().word(),
                target.name(),
                target.group().path(),
                OptionalLong.of(entry),
                done.sentence,
                notes);
    }

    /** What was done, and whether it was seen to hold. */
    private record Done(boolean isSeen, String sentence) {}

    private static Done freeze(Target target, HeldFolder held) throws IOException {
        boolean isStill = new Freezing(held.path(), target.hierarchy()).freeze();
        int count = Members.numbers(held.path()).size();
        String still = "frozen: " + processes(count) + (count == 1 ? " stands still" : " stand still");
        return new Done(
                isStill,
                isStill
                        ? still
                        : "it was told to freeze, and some process still runs in the kernel; it stops when it comes back");
    }

    private static Done kill(Target target, HeldFolder held) throws IOException {
        int count = Members.numbers(held.path()).size();
        Set<Integer> left = new Killing(held.path(), target.hierarchy(), target.freezer()).kill();
        String killed = "killed: " + processes(count) + (count == 1 ? " was" : " were") + " there, none is left";
        return new Done(left.isEmpty(), left.isEmpty() ? killed : processes(left.size()) + " did not end yet: " + left);
    }

    private Done disconnect(Order order, Target target, HeldFolder held, List<String> notes) throws IOException {
        kernel.cutting().cut(held, target.group().id(), order.openings());
        boolean isOther = kernel.cutting().all().stream()
                .filter(cut -> cut.group() == target.group().id())
                .anyMatch(cut -> !cut.state().openings().equals(order.openings()));
        if (isOther) {
            notes.addFirst("it is cut off by another entry too: what that one does not let through stays cut");
        }
        return new Done(true, "disconnected: its sockets send and receive nothing" + openings(order));
    }

    private static Done hold(Target target, HeldFolder held) throws IOException {
        Holding holding = Holding.of(held.path(), target)
                .orElseThrow(() -> new IOException(
                        "nobody counts the processes of " + target.group().path() + " (pids.max is not there)"));
        String count = holding.current();
        holding.limit(count);
        return new Done(true, "held: no more than the " + count + " processes and threads that it has");
    }

    private static String processes(int count) {
        return count + (count == 1 ? " process" : " processes");
    }

    private static String openings(Order order) {
        List<String> kept = new ArrayList<>();
        if (order.openings().keepLoopback()) {
            kept.add("the loopback");
        }
        order.openings().exceptions().forEach(each -> kept.add(each.toString()));
        return kept.isEmpty() ? " any more" : " but for " + String.join(", ", kept);
    }

    private Outcome outcome(Result result, Order order, Target target, OptionalLong entry, String sentence)
            throws IOException {
        List<String> notes = result == Result.WOULD ? remarks.about(order, target) : List.of();
        return new Outcome(
                result, order.action().word(), target.name(), target.group().path(), entry, sentence, notes);
    }

    /**
     * Takes back what an entry of the journal did.
     *
     * @throws InputException when the journal has no such entry, or it is none that can be taken back
     */
    public Outcome undo(long number, String by, String reason) throws InputException, IOException {
        if (!acts) {
            return undo(number, by, reason, Journal.read(journal), Optional.empty());
        }
        try (Journal written = Journal.open(journal, clock)) {
            settle(written);
            return undo(number, by, reason, written.history(), Optional.of(written));
        }
    }

    private Outcome undo(long number, String by, String reason, History history, Optional<Journal> written)
            throws InputException, IOException {
        Entry entry = history.entry(number)
                .filter(each ->
                        each.kind() == Entry.Kind.INTENT && each.subject().isPresent())
                .orElseThrow(() -> new InputException(
                        InputException.Code.NOT_FOUND,
                        "entry " + number + " of " + journal
                                + " is no deed; holdfast respond list says what is in force"));
        if (!entry.action().orElseThrow().isReversible()) {
            return undone(Result.REFUSED, entry, OptionalLong.empty(), "what was killed cannot be brought back");
        }
        if (history.standing().stream().noneMatch(each -> each.number() == number)) {
            return undone(Result.ALREADY, entry, OptionalLong.empty(), "entry " + number + " is not in force any more");
        }
        Undoing undoing = undoing(entry, history);
        if (written.isEmpty()) {
            return undone(
                    undoing == Undoing.GONE ? Result.GONE : Result.WOULD,
                    entry,
                    OptionalLong.empty(),
                    undoing.plan(entry));
        }
        long undo = written.get().undo(entry, by, reason);
        Outcome outcome;
        try {
            outcome = undone(
                    undoing == Undoing.GONE ? Result.GONE : Result.DONE,
                    entry,
                    OptionalLong.of(undo),
                    takeBack(entry, undoing, history));
        } catch (IOException failed) {
            String why = java.util.Objects.requireNonNullElse(failed.getMessage(), failed.toString());
            outcome = undone(Result.FAILED, entry, OptionalLong.of(undo), "failed: " + why);
        }
        written.get().outcome(undo, outcome.result().word(), outcome.sentence());
        return outcome;
    }

    /** What undoing an entry comes to. */
    private enum Undoing {
        RELEASE("would be taken back"),
        SHARED("another entry asks for the same: it would stay"),
        FOREIGN("it was so before this entry: it would stay"),
        GONE("the container has ended: there is nothing to take back");

        private final String plan;

        Undoing(String plan) {
            this.plan = plan;
        }

        String plan(Entry entry) {
            return entry.action().orElseThrow().word() + " of entry " + entry.number() + ": " + plan;
        }
    }

    private Undoing undoing(Entry entry, History history) throws IOException {
        if (kernel.force(entry) == Force.GONE) {
            return Undoing.GONE;
        }
        boolean isShared = history.standing().stream()
                .anyMatch(other -> other.number() != entry.number()
                        && isSame(
                                other,
                                entry.action().orElseThrow(),
                                entry.subject().orElseThrow().groupId(),
                                entry.settings()));
        if (isShared) {
            return Undoing.SHARED;
        }
        return first(entry, history).before().equals("already") ? Undoing.FOREIGN : Undoing.RELEASE;
    }

    /** The entry that found it otherwise: later ones that ask for the same refer to it. */
    private static Entry first(Entry entry, History history) {
        Entry first = entry;
        while (first.before().startsWith("entry ")) {
            long number = Long.parseLong(first.before().substring("entry ".length()));
            Optional<Entry> earlier = history.entry(number).filter(each -> each.number() < entry.number());
            if (earlier.isEmpty() || earlier.get().number() >= first.number()) {
                return first;
            }
            first = earlier.get();
        }
        return first;
    }

    private String takeBack(Entry entry, Undoing undoing, History history) throws IOException {
        if (entry.action().orElseThrow() == Action.DISCONNECT && undoing == Undoing.GONE) {
            kernel.cutting()
                    .remove(kernel.cuts(entry)); // programs of a group that has ended do nothing, and would stay
        }
        Optional<Target> target =
                undoing == Undoing.RELEASE ? kernel.group(entry.subject().orElseThrow()) : Optional.empty();
        if (target.isEmpty()) {
            return undoing.plan.replace("would stay", "stays");
        }
        try (HeldFolder held = target.get().hold()) {
            switch (entry.action().orElseThrow()) {
                case FREEZE -> new Freezing(held.path(), target.get().hierarchy()).thaw();
                case DISCONNECT -> kernel.cutting().remove(kernel.cuts(entry));
                case HOLD -> {
                    Optional<Holding> holding = Holding.of(held.path(), target.get());
                    if (holding.isPresent()) {
                        holding.get().limit(first(entry, history).before());
                    }
                }
                case KILL -> throw new IllegalStateException("not reversible");
            }
        }
        return "entry " + entry.number() + " is taken back: it is not "
                + entry.action().orElseThrow().done() + " any more";
    }

    private static Outcome undone(Result result, Entry entry, OptionalLong number, String sentence) {
        Subject subject = entry.subject().orElseThrow();
        return new Outcome(result, "undo", subject.name(), subject.group(), number, sentence, List.of());
    }

    /** Writes down what became of what was interrupted. Only we can have the journal open, so nobody is still about it. */
    private void settle(Journal written) throws IOException {
        for (Entry entry : written.history().unfinished()) {
            boolean isUndo = entry.kind() == Entry.Kind.UNDO;
            Optional<Entry> deed = isUndo ? written.history().entry(entry.of()) : Optional.of(entry);
            Force force = deed.isPresent() && deed.get().subject().isPresent() ? kernel.force(deed.get()) : Force.GONE;
            String found = switch (force) {
                case WHOLE -> isUndo ? "failed" : "done";
                case PARTLY -> isUndo ? "failed" : "partly";
                case NOT -> isUndo ? "done" : "interrupted";
                case GONE -> "gone";
            };
            written.outcome(
                    entry.number(),
                    found,
                    "the program was stopped before it could write down the outcome; this is what was found later");
        }
    }

    /** What is in force now, as the kernel has it. */
    public List<InForce> inForce() throws IOException {
        return new Survey(machine, kernel, Journal.read(journal)).inForce();
    }

    /** What was done until now. */
    public History history() throws IOException {
        return Journal.read(journal);
    }
}
