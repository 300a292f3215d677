package dev.holdfast.policy;

import dev.holdfast.policy.definition.Binding;
import dev.holdfast.policy.definition.Policy;

/**
 * What one expectation of a policy says about a request.
 *
 * @param policy the policy
 * @param binding the binding under which it was asked
 * @param index which validation it is, from 0; -1 when the policy could not be asked as a whole
 * @param outcome how it came out
 * @param message what the server would say; empty when it passed
 * @param expression the text of the validation; empty when there is none
 */
public record Ruling(
        Policy policy,
        Binding binding,
        int index,
        Outcome outcome,
        String message,
        String expression,
        Policy.Reason reason) {
    /** How it came out. */
    public enum Outcome {
        PASS,
        FAIL,
        /** It has no answer. */
        ERROR
    }

    /** Whether the request is refused because of it. */
    public boolean denies() {
        return counts() && binding.actions().contains(Binding.Action.DENY);
    }

    /** Whether it is more than a pass: a fault counts unless the policy ignores faults. */
    public boolean counts() {
        return switch (outcome) {
            case PASS -> false;
            case FAIL -> true;
            case ERROR -> !policy.ignoresFaults();
        };
    }

    /** The denial, as clients see it behind {@code … is forbidden: }. */
    public String denial() {
        return "ValidatingAdmissionPolicy '" + policy.name() + "' with binding '" + binding.name()
                + "' denied request: " + message;
    }

    /** The warning that clients see. */
    public String warning() {
        return "Validation failed for ValidatingAdmissionPolicy '" + policy.name() + "' with binding '" + binding.name()
                + "': " + message;
    }
}
