package dev.holdfast.rules.load;

import dev.holdfast.rules.Problem;
import dev.holdfast.rules.ProblemCode;

/** An item that is wrong. */
final class LoadException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    LoadException(ProblemCode code, String message, Subject subject, Problem.Place place) {
        super(message, null, false, false);
        this.problem = new Problem(code, message, subject.type(), subject.name(), place);
    }

    Problem problem() {
        return problem;
    }

    /** What a problem is about. */
    record Subject(String type, String name) {}
}
