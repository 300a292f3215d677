package dev.holdfast.respond;

import dev.holdfast.core.InputException;
import dev.holdfast.respond.deed.Cutting;
import dev.holdfast.respond.deed.Freezing;
import dev.holdfast.respond.deed.Holding;
import dev.holdfast.respond.group.Members;
import dev.holdfast.respond.group.Target;
import dev.holdfast.respond.group.Target.Hierarchy;
import dev.holdfast.respond.journal.Entry;
import dev.holdfast.sensor.container.ContainerGroups.Group;
import dev.holdfast.sensor.container.Identity;
import dev.holdfast.sensor.libbpf.HeldFolder;
import dev.holdfast.sensor.network.AddressPrefix;
import dev.holdfast.sensor.network.NetworkCut;
import dev.holdfast.sensor.network.NetworkCut.Openings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the kernel has of what the journal says: a journal tells what was wanted, the kernel what is. */
final class Kernel {
    /** How far something is in force. */
    enum Force {
        WHOLE,
        /** One direction of a cut. */
        PARTLY,
        NOT,
        /** The container has ended. */
        GONE
    }

    private final Machine machine;
    private final Cutting cutting;

    Kernel(Machine machine) {
        this.machine = machine;
        this.cutting = new Cutting(machine.pins());
    }

    Cutting cutting() {
        return cutting;
    }

    /** The group that an entry is about; empty when it has ended, also when another one has its path now. */
    Optional<Target> group(Entry.Subject subject) {
        String relative = subject.group().replaceFirst("^/+", "");
        for (Hierarchy hierarchy : Hierarchy.values()) {
            Optional<Path> mounted = switch (hierarchy) {
                case UNIFIED -> machine.unified();
                case FREEZER -> machine.freezer();
            };
            Optional<Path> folder = mounted.map(at -> at.resolve(relative).normalize())
                    .filter(at -> !relative.isEmpty() && inode(at) == subject.groupId());
            if (folder.isPresent()) {
                Group group = new Group(
                        subject.groupId(),
                        "/" + relative,
                        new Identity.Unknown(subject.container(), dev.holdfast.sensor.container.Container.Engine.OCI));
                return Optional.of(new Target(
                        group,
                        hierarchy,
                        folder.get(),
                        machine.pids().map(at -> at.resolve(relative)).filter(Files::isDirectory),
                        machine.freezer().map(at -> at.resolve(relative)).filter(Files::isDirectory)));
            }
        }
        return Optional.empty();
    }

    private static long inode(Path folder) {
        try {
            return ((Number) Files.getAttribute(folder, "unix:ino")).longValue();
        } catch (IOException | UnsupportedOperationException none) {
            return -1;
        }
    }

    /** How far an entry is in force. */
    Force force(Entry entry) throws IOException {
        Optional<Target> found = entry.subject().flatMap(this::group);
        if (found.isEmpty()) {
            return Force.GONE;
        }
        try (HeldFolder held = found.get().hold()) {
            return switch (entry.action().orElseThrow()) {
                case FREEZE -> new Freezing(held.path(), found.get().hierarchy()).isAsked() ? Force.WHOLE : Force.NOT;
                case KILL -> Members.numbers(held.path()).isEmpty() ? Force.WHOLE : Force.NOT;
                case DISCONNECT -> cut(entry);
                case HOLD -> isHeld(entry, held, found.get()) ? Force.WHOLE : Force.NOT;
            };
        } catch (NoSuchFileException ended) {
            return Force.GONE;
        }
    }

    private Force cut(Entry entry) throws IOException {
        List<Cutting.Cut> cuts = cuts(entry);
        if (cuts.stream().anyMatch(cut -> cut.state().isWhole())) {
            return Force.WHOLE;
        }
        return cuts.stream().anyMatch(cut -> cut.state().group().isPresent()) ? Force.PARTLY : Force.NOT;
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
        return new NetworkCut.Openings(entry.settings().keepsLoopback(), exceptions);
    }

    private static Optional<AddressPrefix> prefix(String text) {
        try {
            return Optional.of(AddressPrefix.parse(text));
        } catch (InputException changed) {
            return Optional.empty();
        }
    }

    private static boolean isHeld(Entry entry, HeldFolder held, Target target) throws IOException {
        Optional<Holding> holding = Holding.of(held.path(), target);
        return holding.isPresent() && !holding.get().limit().equals(entry.before());
    }
}
