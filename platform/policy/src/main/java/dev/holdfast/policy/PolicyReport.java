package dev.holdfast.policy;

import dev.holdfast.core.Gap;
import dev.holdfast.policy.Ruling.Outcome;
import dev.holdfast.policy.definition.PolicySet;
import dev.holdfast.policy.request.Resource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What policies say about objects.
 *
 * @param policies what was asked
 * @param resources how many objects there were
 * @param judged all answers, in the order of objects and policies
 * @param notes what the policies would write into the audit log, object by object
 * @param idle policies that were about none of the objects
 * @param expired exceptions that would hold if they had not expired
 * @param unmatched exceptions that met nothing
 * @param gaps what could not be seen; sorted
 */
public record PolicyReport(
        PolicySet policies,
        int resources,
        List<Judged> judged,
        List<Note> notes,
        List<String> idle,
        List<Exemption> expired,
        List<Exemption> unmatched,
        List<Gap> gaps) {
    public PolicyReport {
        judged = List.copyOf(judged);
        notes = List.copyOf(notes);
        idle = List.copyOf(idle);
        expired = List.copyOf(expired);
        unmatched = List.copyOf(unmatched);
        gaps = List.copyOf(gaps);
    }

    /**
     * Entries of the audit log about one object.
     *
     * @param isOfPod whether they are about the pod that the object makes
     * @param entries values by key: {@code POLICY/KEY}
     */
    public record Note(Resource resource, boolean isOfPod, Map<String, String> entries) {
        public Note {
            entries = new LinkedHashMap<>(entries);
        }

        /** What they are about, for people. */
        public String subject() {
            return isOfPod ? "the pod of " + resource.subject() : resource.subject();
        }
    }

    /** The ways it can end. */
    public enum Verdict {
        PASS,
        FAIL,
        COULD_NOT_TELL
    }

    public long count(Outcome outcome) {
        return judged.stream()
                .filter(one -> one.exemption().isEmpty() && one.ruling().outcome() == outcome)
                .count();
    }

    /** How many answers refuse an object for what it is. */
    public long denied() {
        return judged.stream()
                .filter(one ->
                        one.counts() && one.ruling().denies() && one.ruling().outcome() == Outcome.FAIL)
                .count();
    }

    /** How many answers are no answers, and would be a refusal. */
    public long unanswered() {
        return judged.stream()
                .filter(one ->
                        one.counts() && one.ruling().denies() && one.ruling().outcome() == Outcome.ERROR)
                .count();
    }

    public Verdict verdict() {
        if (denied() > 0) {
            return Verdict.FAIL;
        }
        boolean isUnsure =
                unanswered() > 0 || !gaps.isEmpty() || !policies.refusals().isEmpty();
        return isUnsure ? Verdict.COULD_NOT_TELL : Verdict.PASS;
    }

    /** The verdict in one sentence. */
    public String sentence() {
        long policyCount = policies.policies().size();
        if (denied() > 0) {
            return denied() + " of " + judged.size() + " answers of " + policyCount + " policies refuse an object";
        }
        if (!policies.refusals().isEmpty()) {
            return policies.refusals().size() + " policies or bindings are wrong, and were not asked";
        }
        if (unanswered() > 0) {
            return unanswered() + " of " + judged.size() + " questions have no answer";
        }
        if (!gaps.isEmpty()) {
            return gaps.size() + " things could not be judged";
        }
        return policyCount + " policies have nothing against " + resources + " objects";
    }
}
