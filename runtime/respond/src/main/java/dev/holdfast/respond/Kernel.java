package dev.holdfast.respond;

import dev.holdfast.core.InputException;
import dev.holdfast.respond.deed.Cutting;
import dev.holdfast.respond.deed.Deed;
import dev.holdfast.respond.deed.Deed.Force;
import dev.holdfast.respond.deed.Disconnecting;
import dev.holdfast.respond.deed.Freezing;
import dev.holdfast.respond.deed.Holding;
import dev.holdfast.respond.deed.Killing;
import dev.holdfast.respond.group.Target;
import dev.holdfast.respond.group.TargetFinder;
import dev.holdfast.respond.journal.Entry;
import dev.holdfast.respond.journal.History;
import dev.holdfast.sensor.libbpf.HeldFolder;
import dev.holdfast.sensor.network.AddressPrefix;
import dev.holdfast.sensor.network.NetworkCut.Openings;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;

/** What the kernel has of what the journal says: a journal tells what was wanted, the kernel what is. */
final class Kernel {
    private final Machine machine;
    private final Cutting cutting;

    Kernel(Machine machine) {
        this.machine = machine;
        this.cutting = new Cutting(machine.pins());
    }

    Cutting cutting() {
        return cutting;
    }

    /** An action on a group that is held. */
    Deed deed(Action action, Openings openings, Target target, HeldFolder held) {
        return switch (action) {
            case FREEZE -> new Freezing(held.path(), target.hierarchy());
            case KILL -> new Killing(held.path(), target.hierarchy(), target.freezer());
            case DISCONNECT -> new Disconnecting(cutting, held, target.group().id(), openings);
            case HOLD -> Holding.of(held.path(), target);
        };
    }

    /** The deed of an entry, on the group that it was done to. */
    Deed deed(Entry entry, Target target, HeldFolder held) {
        return deed(entry.action().orElseThrow(), openings(entry), target, held);
    }

    /** The group that an entry is about; empty when it has ended, also when another one has its path now. */
    Optional<Target> group(Entry entry) {
        Entry.Subject subject = entry.subject().orElseThrow();
        return new TargetFinder(machine).at(subject.group(), subject.groupId(), subject.container());
    }

    /** How far an entry is in force. */
    Force force(Entry entry, History history) throws IOException {
        Optional<Target> found = group(entry);
        if (found.isEmpty()) {
            return Force.GONE;
        }
        try (HeldFolder held = found.get().hold()) {
            return deed(entry, found.get(), held).force(history.first(entry).before());
        } catch (NoSuchFileException ended) {
            return Force.GONE;
        }
    }

    /** Whether an entry that was done is over: its container has ended and left nothing behind, or nothing can bring back what it did. */
    boolean isOver(Entry entry, History history) {
        Action action = entry.action().orElseThrow();
        try {
            return !action.isReversible()
                    || force(entry, history) == Force.GONE
                            && (action != Action.DISCONNECT || cuts(entry).isEmpty());
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** The cuts that an entry asked for. */
    List<Cutting.Cut> cuts(Entry entry) throws IOException {
        return cutting.of(entry.subject().orElseThrow().groupId(), openings(entry));
    }

    /** What an entry lets through. An exception that is none is no line of ours: the journal was changed, which is told elsewhere. */
    static Openings openings(Entry entry) {
        List<AddressPrefix> exceptions = entry.settings().exceptions().stream()
                .map(Kernel::prefix)
                .flatMap(Optional::stream)
                .toList();
        return new Openings(entry.settings().keepsLoopback(), exceptions);
    }

    private static Optional<AddressPrefix> prefix(String text) {
        try {
            return Optional.of(AddressPrefix.parse(text));
        } catch (InputException changed) {
            return Optional.empty();
        }
    }
}
