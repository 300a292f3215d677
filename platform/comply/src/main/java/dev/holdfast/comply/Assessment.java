package dev.holdfast.comply;

import dev.holdfast.core.Gap;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What the evidence says of every clause of a framework. It never says that an organisation conforms.
 *
 * @param at when the inputs were looked at
 * @param results one for each clause, in the framework's order
 * @param inputs what was looked at
 * @param gaps what could not be looked at
 */
public record Assessment(
        Framework framework, Instant at, List<ClauseResult> results, List<Input> inputs, List<Gap> gaps) {
    public Assessment {
        results = List.copyOf(results);
        inputs = List.copyOf(inputs);
        gaps = List.copyOf(gaps);
    }

    /** What is known of a clause. {@link #word()} is the stable name in JSON. */
    public enum State {
        /** All its checks passed over all inputs that they speak to. */
        PROVEN,
        /** Its checks passed, and the clause asks for more than they can see. */
        SUPPORTED,
        /** At least one of its checks failed. */
        CONTRADICTED,
        /** Nothing that was looked at speaks to it; the reason says why. */
        NOT_SHOWN;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * A clause and its evidence.
     *
     * @param reason one sentence: why the state is what it is
     * @param checks the checks of ours that speak to the clause
     * @param evidence what they found; failures first, then what could not be looked at
     */
    public record ClauseResult(
            Framework.Clause clause, State state, String reason, List<String> checks, List<Observation> evidence) {
        public ClauseResult {
            checks = List.copyOf(checks);
            evidence = List.copyOf(evidence);
        }

        /** How many observations had this outcome. */
        public long count(Observation.Outcome outcome) {
            return evidence.stream().filter(one -> one.outcome() == outcome).count();
        }
    }

    /** A file or image, and its digest; empty when it has none. */
    public record Input(String given, String digest) {}

    /** How many clauses are in this state. */
    public long count(State state) {
        return results.stream().filter(result -> result.state() == state).count();
    }

    /** The result in one sentence. */
    public String sentence() {
        return count(State.PROVEN) + " of " + results.size() + " clauses proven for these inputs, "
                + count(State.SUPPORTED) + " supported by evidence, " + count(State.CONTRADICTED)
                + " contradicted, " + count(State.NOT_SHOWN) + " cannot be shown by this tool from these inputs.";
    }
}
