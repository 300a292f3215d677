package dev.holdfast.respond;

import dev.holdfast.respond.deed.Cutting;
import dev.holdfast.respond.deed.Deed.Force;
import dev.holdfast.respond.deed.Freezing;
import dev.holdfast.respond.group.Target;
import dev.holdfast.respond.group.TargetFinder;
import dev.holdfast.respond.journal.Entry;
import dev.holdfast.respond.journal.History;
import dev.holdfast.sensor.network.NetworkCut;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks through the kernel for what is in force, and holds it against the journal. */
final class Survey {
    private final Machine machine;
    private final Kernel kernel;
    private final History history;
    private final List<Entry> standing;

    /** Without an outcome yet: whether they are in force is being found out. */
    private final Set<Long> unfinished;

    Survey(Machine machine, Kernel kernel, History history) {
        this.machine = machine;
        this.kernel = kernel;
        this.history = history;
        this.standing = history.standing();
        this.unfinished = history.unfinished().stream().map(Entry::number).collect(Collectors.toSet());
    }

    List<InForce> inForce() throws IOException {
        List<Target> targets = new TargetFinder(machine).all();
        List<InForce> found = new ArrayList<>();
        for (Target target : targets) {
            frozen(target).ifPresent(found::add);
        }
        for (Cutting.Cut cut : kernel.cutting().all()) {
            found.add(cut(cut, targets));
        }
        for (Entry entry : standing) {
            Force force = kernel.force(entry, history);
            if (entry.action().orElseThrow() == Action.HOLD && force == Force.WHOLE) {
                found.add(row(entry, List.of()));
            }
            whyNot(entry, force, targets).ifPresent(why -> found.add(row(entry, List.of(why))));
        }
        return List.copyOf(found);
    }

    private Optional<InForce> frozen(Target target) {
        try {
            if (new Freezing(target.folder(), target.hierarchy()).force("") != Force.WHOLE) {
                return Optional.empty();
            }
        } catch (IOException ended) {
            return Optional.empty();
        }
        List<Entry> entries = entries(Action.FREEZE, target.group().id());
        List<String> notes = entries.isEmpty()
                ? List.of("the journal does not know of it: its engine or somebody else did")
                : List.of();
        return Optional.of(row(Action.FREEZE, target.name(), target.group().path(), entries, notes));
    }

    private InForce cut(Cutting.Cut cut, List<Target> targets) {
        Optional<Target> target = targets.stream()
                .filter(each -> each.group().id() == cut.group())
                .findFirst();
        List<Entry> entries = entries(Action.DISCONNECT, cut.group()).stream()
                .filter(entry -> Kernel.openings(entry).equals(cut.state().openings()))
                .toList();
        return row(
                Action.DISCONNECT,
                target.map(Target::name).orElse(""),
                target.map(each -> each.group().path()).orElse("group " + cut.group()),
                entries,
                notes(cut, entries.isEmpty(), target.isEmpty()));
    }

    private static List<String> notes(Cutting.Cut cut, boolean isUnknown, boolean hasEnded) {
        NetworkCut.State state = cut.state();
        List<String> notes = new ArrayList<>();
        notes.add(state.droppedOut() + " packets stopped on the way out, " + state.droppedIn() + " on the way in, "
                + state.passed() + " let through");
        if (state.openings().keepLoopback()) {
            notes.add("the loopback is kept");
        }
        if (!state.openings().exceptions().isEmpty()) {
            notes.add("let through: "
                    + String.join(
                            ", ",
                            state.openings().exceptions().stream()
                                    .map(Object::toString)
                                    .toList()));
        }
        if (hasEnded) {
            notes.add("its container has ended: undoing it only tidies up");
        } else if (!state.isWhole()) {
            notes.add("it was interrupted, and only " + (state.group().isPresent() ? "one direction is" : "nothing is")
                    + " cut: order it again, or undo it");
        }
        if (isUnknown) {
            notes.add("the journal does not know of it; rm -r " + cut.pins() + " takes it out");
        }
        return notes;
    }

    /** What the journal says and the kernel does not have. */
    private Optional<String> whyNot(Entry entry, Force force, List<Target> targets) {
        boolean isDone = entry.action().orElseThrow().isReversible() && !unfinished.contains(entry.number());
        if (!isDone) {
            return Optional.empty();
        }
        String container = entry.subject().orElseThrow().container();
        boolean runsAgain = targets.stream().anyMatch(target -> target.id().equals(container));
        return switch (force) {
            case WHOLE, PARTLY -> Optional.empty();
            case NOT ->
                Optional.of("NOT in force: the journal says so, and the kernel does not; somebody else took it back");
            case GONE ->
                runsAgain
                        ? Optional.of("NOT in force: the container was started anew since; order it again")
                        : Optional.empty();
        };
    }

    private static InForce row(Entry entry, List<String> notes) {
        Entry.Subject subject = entry.subject().orElseThrow();
        return row(entry.action().orElseThrow(), subject.name(), subject.group(), List.of(entry), notes);
    }

    private List<Entry> entries(Action action, long group) {
        return standing.stream()
                .filter(entry -> entry.action().filter(action::equals).isPresent())
                .filter(entry ->
                        entry.subject().filter(each -> each.groupId() == group).isPresent())
                .toList();
    }

    private static InForce row(Action action, String container, String group, List<Entry> entries, List<String> notes) {
        return new InForce(
                action,
                container,
                group,
                entries.stream().map(Entry::number).toList(),
                entries.stream().findFirst().map(Entry::time),
                entries.stream().findFirst().map(Entry::by).orElse(""),
                notes);
    }
}
