package dev.holdfast.respond;

import dev.holdfast.respond.journal.Entry;
import dev.holdfast.respond.journal.History;
import dev.holdfast.respond.journal.Journal;
import java.io.IOException;
import java.util.Optional;

/** What was begun and has no outcome: the program was stopped in between, and the kernel tells how far it came. */
final class Interrupted {
    private final Kernel kernel;

    Interrupted(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Writes down what became of it. Only we can have the journal open, so nobody is still about it. */
    void settle(Journal journal) throws IOException {
        for (Entry entry : journal.history().unfinished()) {
            journal.outcome(
                    entry.number(),
                    found(entry, journal.history()),
                    "the program was stopped before it could write down the outcome; this is what was found later");
        }
    }

    private String found(Entry entry, History history) {
        boolean isUndo = entry.kind() == Entry.Kind.UNDO;
        Optional<Entry> deed = isUndo ? history.entry(entry.of()) : Optional.of(entry);
        if (deed.filter(each -> each.kind() == Entry.Kind.INTENT).isEmpty()) {
            return "gone"; // the undoing of a line that was taken out since
        }
        try {
            return switch (kernel.force(deed.get(), history)) {
                case WHOLE -> isUndo ? "failed" : "done";
                case PARTLY -> isUndo ? "failed" : "partly";
                case NOT -> isUndo ? "done" : "interrupted";
                case GONE -> "gone";
            };
        } catch (IOException unreadable) {
            return "could-not-tell"; // and is no reason to leave another container alone
        }
    }
}
