package dev.holdfast.respond;

import dev.holdfast.core.ExitCode;
import java.util.List;
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
}
