package dev.holdfast.comply;

import dev.holdfast.comply.Assessment.ClauseResult;
import dev.holdfast.comply.Assessment.Input;
import dev.holdfast.comply.Assessment.State;
import dev.holdfast.comply.Framework.Clause;
import dev.holdfast.comply.Framework.Reach;
import dev.holdfast.comply.Observation.Outcome;
import dev.holdfast.core.Gap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Puts observations beside the clauses of a framework. It looks at nothing itself. */
public final class Assessor {
    private static final Comparator<Observation> FAILURES_FIRST = Comparator.comparingInt(
                    (Observation one) -> one.outcome() == Outcome.FAIL ? 0 : one.outcome() == Outcome.PASS ? 2 : 1)
            .thenComparing(Observation::input)
            .thenComparing(Observation::subject)
            .thenComparing(Observation::check)
            .thenComparing(Observation::place)
            .thenComparing(Observation::detail);

    private final Framework framework;
    /** The checks that speak to a clause, by the clause's id. */
    private final Map<String, SortedSet<String>> checksOf = new HashMap<>();

    /**
     * @param clausesOf for each check the ids of the clauses that it speaks to; clauses that the framework does not have are left out
     */
    public Assessor(Framework framework, Map<String, List<String>> clausesOf) {
        this.framework = framework;
        clausesOf.forEach((check, clauses) -> clauses.forEach(clause ->
                checksOf.computeIfAbsent(clause, none -> new TreeSet<>()).add(check)));
    }

    /** Judges every clause by what was observed until {@code at}. */
    public Assessment assess(List<Observation> observations, List<Input> inputs, List<Gap> gaps, Instant at) {
        Map<String, List<Observation>> byCheck = new TreeMap<>();
        for (Observation one : observations) {
            byCheck.computeIfAbsent(one.check(), none -> new ArrayList<>()).add(one);
        }
        List<ClauseResult> results = new ArrayList<>();
        for (Clause clause : framework.clauses()) {
            SortedSet<String> checks = checksOf.getOrDefault(clause.id(), new TreeSet<>());
            List<Observation> evidence = new ArrayList<>();
            checks.forEach(check -> evidence.addAll(byCheck.getOrDefault(check, List.of())));
            evidence.sort(FAILURES_FIRST);
            results.add(result(clause, List.copyOf(checks), evidence));
        }
        return new Assessment(framework, at, results, inputs, gaps);
    }

    private static ClauseResult result(Clause clause, List<String> checks, List<Observation> evidence) {
        long failed = count(evidence, Outcome.FAIL);
        long passed = count(evidence, Outcome.PASS);
        long unseen = count(evidence, Outcome.NOT_ASSESSED);
        if (failed > 0) {
            return new ClauseResult(
                    clause,
                    State.CONTRADICTED,
                    failed + " of " + evidence.size() + " checks made failed",
                    checks,
                    evidence);
        }
        if (clause.reach() == Reach.NONE) {
            return new ClauseResult(clause, State.NOT_SHOWN, clause.reason(), checks, evidence);
        }
        if (checks.isEmpty()) {
            return new ClauseResult(clause, State.NOT_SHOWN, "no check of this tool speaks to it", checks, evidence);
        }
        if (passed == 0) {
            String reason = unseen == 0
                    ? "no input that was given speaks to it"
                    : "its " + unseen + " checks could not be made";
            return new ClauseResult(clause, State.NOT_SHOWN, reason, checks, evidence);
        }
        if (unseen > 0) {
            String reason = passed + " checks passed, " + unseen + " could not be made";
            return new ClauseResult(clause, State.SUPPORTED, reason, checks, evidence);
        }
        String reason = passed == 1 ? "the one check made passed" : "all " + passed + " checks made passed";
        return clause.reach() == Reach.PROOF
                ? new ClauseResult(clause, State.PROVEN, reason, checks, evidence)
                : new ClauseResult(
                        clause, State.SUPPORTED, reason + "; the clause asks for more than they see", checks, evidence);
    }

    private static long count(List<Observation> evidence, Outcome outcome) {
        return evidence.stream().filter(one -> one.outcome() == outcome).count();
    }
}
