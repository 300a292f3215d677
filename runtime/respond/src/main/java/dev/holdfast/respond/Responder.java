package dev.holdfast.respond;

import dev.holdfast.core.InputException;
import dev.holdfast.respond.Outcome.Result;
import dev.holdfast.respond.group.NeverTouched;
import dev.holdfast.respond.group.Target;
import dev.holdfast.respond.group.Target.Hierarchy;
import dev.holdfast.respond.group.TargetFinder;
import dev.holdfast.respond.journal.History;
import dev.holdfast.respond.journal.Journal;
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

    /** Does to the containers that a text names, what is ordered; see {@link TargetFinder#find}. */
    public List<Outcome> respond(Order order, String name) throws InputException, IOException {
        List<Outcome> outcomes = new ArrayList<>();
        for (Target target : new TargetFinder(machine).find(name)) {
            outcomes.add(respond(order, target));
        }
        return List.copyOf(outcomes);
    }

    /** Does to a container that was found, what is ordered. */
    public Outcome respond(Order order, Target target) throws IOException {
        if (isUnknown(target) && !order.takesUnknown()) {
            return nothing(
                    Result.COULD_NOT_TELL,
                    order,
                    target,
                    "no engine's files tell what this container is, so whether it may be touched is not known");
        }
        try (HeldFolder held = target.hold()) {
            Optional<String> refusal = neverTouched
                    .reason(target, held.path())
                    .map(reason -> "never touched: " + reason)
                    .or(() -> impossible(order, target));
            if (refusal.isPresent()) {
                return nothing(Result.REFUSED, order, target, refusal.get());
            }
            Doing doing = new Doing(kernel, neverTouched, remarks, order, target, held);
            return acts ? act(doing) : doing.plan();
        } catch (NoSuchFileException ended) {
            return nothing(Result.GONE, order, target, "it has ended meanwhile");
        }
    }

    private static boolean isUnknown(Target target) {
        return !(target.group().identity() instanceof Identity.Known);
    }

    private static Optional<String> impossible(Order order, Target target) {
        if (order.action() != Action.DISCONNECT) {
            return Optional.empty();
        }
        if (target.hierarchy() != Hierarchy.UNIFIED) {
            return Optional.of(
                    "not cut off: its processes are in no control group of version 2, by which sockets are cut; freeze it");
        }
        boolean isHosts =
                target.container().filter(each -> each.host().network()).isPresent();
        return isHosts && order.openings().keepLoopback()
                ? Optional.of(
                        "not cut off: its loopback is the machine's own, and cannot be kept without what listens there;"
                                + " leave --keep-loopback away")
                : Optional.empty();
    }

    private Outcome act(Doing doing) throws IOException {
        try (Journal written = open()) {
            return doing.act(written);
        }
    }

    /**
     * Takes back what an entry of the journal did.
     *
     * @throws InputException when the journal has no such entry, or it is none that can be taken back
     */
    public Outcome undo(long number, String by, String reason) throws InputException, IOException {
        if (!acts) {
            return Undoing.of(number, kernel, history()).plan();
        }
        try (Journal written = open()) {
            return Undoing.of(number, kernel, written.history()).act(written, by, reason);
        }
    }

    /** Opens the journal to write; what was interrupted has its outcome then. */
    private Journal open() throws IOException {
        Journal written = Journal.open(journal, clock);
        try {
            new Interrupted(kernel).settle(written);
            written.compact(entry -> kernel.isOver(entry, written.history()));
            return written;
        } catch (IOException | RuntimeException failed) {
            written.close();
            throw failed;
        }
    }

    /** What is in force now, as the kernel has it. */
    public List<InForce> inForce() throws IOException {
        return new Survey(machine, kernel, history()).inForce();
    }

    /** What was done until now. */
    public History history() throws IOException {
        return Journal.read(journal);
    }

    private static Outcome nothing(Result result, Order order, Target target, String sentence) {
        return Outcome.of(result, order, target, OptionalLong.empty(), sentence, List.of());
    }
}
