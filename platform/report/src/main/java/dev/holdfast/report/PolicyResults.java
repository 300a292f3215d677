package dev.holdfast.report;

import dev.holdfast.policy.PolicyReport;
import dev.holdfast.policy.PolicyTester.TestResult;
import dev.holdfast.policy.Refusal;
import java.util.List;
import java.util.Optional;

/**
 * All that a run of policies came to.
 *
 * @param version of the program
 * @param refusals policies and bindings that are wrong
 * @param tests tests, in the order given
 * @param judged what policies say about given objects; empty when none were given
 */
public record PolicyResults(
        String version, List<Refusal> refusals, List<TestResult> tests, Optional<PolicyReport> judged) {
    public PolicyResults {
        refusals = List.copyOf(refusals);
        tests = List.copyOf(tests);
    }

    /** How many cases came out otherwise than expected. */
    public long failures() {
        return tests.stream().mapToLong(TestResult::failures).sum();
    }
}
