package dev.holdfast.report.policy;

import dev.holdfast.policy.PolicyReport;
import dev.holdfast.policy.definition.Refusal;
import dev.holdfast.policy.trial.PolicyTester.TestResult;
import dev.holdfast.policy.typing.ExpressionWarning;
import java.util.List;
import java.util.Optional;

/**
 * All that a run of policies came to.
 *
 * @param version of the program
 * @param refusals policies and bindings that are wrong
 * @param warnings expressions that do not fit the kinds which their policies match
 * @param tests tests, in the order given
 * @param judged what policies say about given objects; empty when none were given
 */
public record PolicyResults(
        String version,
        List<Refusal> refusals,
        List<ExpressionWarning> warnings,
        List<TestResult> tests,
        Optional<PolicyReport> judged) {
    public PolicyResults {
        refusals = List.copyOf(refusals);
        warnings = List.copyOf(warnings);
        tests = List.copyOf(tests);
    }

    /** How many cases came out otherwise than expected. */
    public long failures() {
        return tests.stream().mapToLong(TestResult::failures).sum();
    }
}
