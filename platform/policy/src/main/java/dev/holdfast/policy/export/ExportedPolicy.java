package dev.holdfast.policy.export;

import dev.holdfast.policy.export.ExportRequest.Mode;
import java.util.List;

/**
 * A policy, ready to be written.
 *
 * @param conditions name and expression of what must be true of a request for it to be judged
 * @param clauses what is asked
 * @param mode what happens to what fails
 * @param warnsOfWorkloads whether what makes pods is only warned of where pods are denied
 */
record ExportedPolicy(
        String name, List<Condition> conditions, List<Clause> clauses, Mode mode, boolean warnsOfWorkloads) {
    ExportedPolicy {
        conditions = List.copyOf(conditions);
        clauses = List.copyOf(clauses);
    }

    /** A condition for being judged at all. */
    record Condition(String name, String expression) {}
}
