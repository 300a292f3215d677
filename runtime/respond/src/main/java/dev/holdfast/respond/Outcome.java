package dev.holdfast.respond;

import dev.holdfast.core.ExitCode;
import dev.holdfast.respond.group.Target;
import dev.holdfast.respond.journal.Journal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What became of an order.
 *
 * @param action the word of what was ordered; {@code undo} for an undoing
 * @param container as a person knows it
 * @param group the path of its control group; empty when there is none
 * @param entry its number in the journal, by which it can be undone; empty when nothing was written
 * @param sentence one, for a person
 * @param notes what else is to be known: what the action does not reach, and what may bring the container back
 */
public record Outcome(
        Result result,
        String action,
        String container,
        String group,
        OptionalLong entry,
        String sentence,
        List<String> notes) {

    /** How it went. {@link #word()} is stable. */
    public enum Result {
        /** Done, and seen to hold. */
        DONE("done", ExitCode.PASS),
        /** It was so before. */
        ALREADY("already", ExitCode.PASS),
        /** Nothing was done: it was asked what would be. */
        WOULD("would", ExitCode.PASS),
        /** There is no such container any more. */
        GONE("gone", ExitCode.PASS),
        /** It is on the list of what is never touched, or cannot be undone. */
        REFUSED("refused", ExitCode.FAIL),
        /** It could not be told whose it is, or whether it holds. */
        COULD_NOT_TELL("could-not-tell", ExitCode.COULD_NOT_TELL),
        /** The kernel did not do it. */
        FAILED("failed", ExitCode.ENVIRONMENT);

        private final String word;
        private final ExitCode exit;

        Result(String word, ExitCode exit) {
            this.word = word;
            this.exit = exit;
        }

        public String word() {
            return word;
        }

        public ExitCode exit() {
            return exit;
        }
    }

    public Outcome {
        notes = List.copyOf(notes);
    }

    static Outcome of(
            Result result, Order order, Target target, OptionalLong entry, String sentence, List<String> notes) {
        return new Outcome(
                result, order.action().word(), target.name(), target.group().path(), entry, sentence, notes);
    }

    /** The sentence of what did not work. */
    static String failed(IOException failure) {
        return "failed: " + Objects.requireNonNullElse(failure.getMessage(), failure.toString());
    }

    /** Writes down that this became of an entry. What is done stays done when there is no room for that, and it is said. */
    Outcome writtenTo(Journal journal, long of) {
        try {
            journal.outcome(of, result.word(), sentence);
            return this;
        } catch (IOException unwritten) {
            List<String> all = new ArrayList<>(notes);
            all.addFirst("the journal has the intent, and could not be told the outcome (" + unwritten.getMessage()
                    + "); the next one who acts looks what holds");
            return new Outcome(result, action, container, group, entry, sentence, all);
        }
    }
}
