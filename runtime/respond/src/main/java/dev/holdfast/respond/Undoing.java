package dev.holdfast.respond;

import dev.holdfast.core.InputException;
import dev.holdfast.respond.Outcome.Result;
import dev.holdfast.respond.deed.Deed.Force;
import dev.holdfast.respond.group.Target;
import dev.holdfast.respond.journal.Entry;
import dev.holdfast.respond.journal.Entry.Subject;
import dev.holdfast.respond.journal.History;
import dev.holdfast.respond.journal.Journal;
import dev.holdfast.sensor.libbpf.HeldFolder;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Takes back what one entry did: said, or done between two lines of the journal. */
final class Undoing {
    private final Kernel kernel;
    private final History history;
    private final Entry entry;

    private Undoing(Kernel kernel, History history, Entry entry) {
        this.kernel = kernel;
        this.history = history;
        this.entry = entry;
    }

    /**
     * The undoing of an entry.
     *
     * @throws InputException when there is no such entry, or it is none that did something
     */
    static Undoing of(long number, Kernel kernel, History history) throws InputException {
        Entry entry = history.entry(number)
                .filter(each -> each.kind() == Entry.Kind.INTENT)
                .orElseThrow(() -> new InputException(
                        InputException.Code.NOT_FOUND,
                        "entry " + number + " of the journal is no deed; holdfast respond list says what is in force"));
        return new Undoing(kernel, history, entry);
    }

    /** What undoing an entry comes to. */
    private enum Effect {
        RELEASE(Result.DONE, "would be taken back"),
        SHARED(Result.DONE, "another entry asks for the same: it would stay"),
        FOREIGN(Result.DONE, "it was so before this entry: it would stay"),
        GONE(Result.GONE, "the container has ended: there is nothing to take back");

        private final Result result;
        private final String plan;

        Effect(Result result, String plan) {
            this.result = result;
            this.plan = plan;
        }
    }

    /** Why there is nothing to undo; empty when there may be. */
    private Optional<Outcome> settled() {
        if (!entry.action().orElseThrow().isReversible()) {
            return Optional.of(outcome(Result.REFUSED, OptionalLong.empty(), "what was killed cannot be brought back"));
        }
        boolean isStanding = history.standing().stream().anyMatch(each -> each.number() == entry.number());
        return isStanding
                ? Optional.empty()
                : Optional.of(outcome(
                        Result.ALREADY, OptionalLong.empty(), "entry " + entry.number() + " is not in force any more"));
    }

    /** What would be taken back. */
    Outcome plan() throws IOException {
        Optional<Outcome> settled = settled();
        if (settled.isPresent()) {
            return settled.get();
        }
        Effect effect = effect();
        String what = entry.action().orElseThrow().word() + " of entry " + entry.number() + ": " + effect.plan;
        return outcome(effect == Effect.GONE ? Result.GONE : Result.WOULD, OptionalLong.empty(), what);
    }

    /** Takes it back: that this is wanted is on the disk before, what became of it behind. */
    Outcome act(Journal journal, String by, String reason) throws IOException {
        Optional<Outcome> settled = settled();
        if (settled.isPresent()) {
            return settled.get();
        }
        Effect effect = effect();
        long number = journal.undo(entry, by, reason);
        return attempt(effect, OptionalLong.of(number)).writtenTo(journal, number);
    }

    private Effect effect() throws IOException {
        if (kernel.force(entry, history) == Force.GONE) {
            return Effect.GONE;
        }
        boolean isShared = history.standing().stream()
                .anyMatch(other -> other.number() != entry.number()
                        && other.isFor(
                                entry.action().orElseThrow(),
                                entry.subject().orElseThrow().groupId(),
                                entry.settings()));
        if (isShared) {
            return Effect.SHARED;
        }
        return history.first(entry).before().equals("already") ? Effect.FOREIGN : Effect.RELEASE;
    }

    private Outcome attempt(Effect effect, OptionalLong number) {
        try {
            return switch (effect) {
                case RELEASE -> release(number);
                case SHARED, FOREIGN -> outcome(effect.result, number, effect.plan.replace("would stay", "stays"));
                case GONE -> gone(number);
            };
        } catch (IOException failed) {
            return outcome(Result.FAILED, number, Outcome.failed(failed));
        }
    }

    private Outcome release(OptionalLong number) throws IOException {
        Optional<Target> target = kernel.group(entry);
        if (target.isEmpty()) {
            return gone(number);
        }
        try (HeldFolder held = target.get().hold()) {
            kernel.deed(entry, target.get(), held).takeBack(history.first(entry).before());
        } catch (NoSuchFileException ended) {
            return gone(number);
        }
        return outcome(
                Effect.RELEASE.result,
                number,
                "entry " + entry.number() + " is taken back: it is not "
                        + entry.action().orElseThrow().done() + " any more");
    }

    /** Programs of a group that has ended do nothing, and would stay. */
    private Outcome gone(OptionalLong number) throws IOException {
        if (entry.action().orElseThrow() == Action.DISCONNECT) {
            kernel.cutting().remove(kernel.cuts(entry));
        }
        return outcome(Effect.GONE.result, number, Effect.GONE.plan);
    }

    private Outcome outcome(Result result, OptionalLong number, String sentence) {
        Subject subject = entry.subject().orElseThrow();
        return new Outcome(result, "undo", subject.name(), subject.group(), number, sentence, List.of());
    }
}
