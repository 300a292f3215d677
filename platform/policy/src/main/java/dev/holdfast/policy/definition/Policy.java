package dev.holdfast.policy.definition;

import java.util.List;
import java.util.Optional;

/**
 * A ValidatingAdmissionPolicy (admissionregistration.k8s.io/v1) as written.
 *
 * @param name its name
 * @param ignoresFaults {@code failurePolicy: Ignore}: what has no answer refuses nothing
 * @param paramKind kind of the objects that parameters are
 * @param constraints what it is about
 * @param conditions what must be true of a request for it to be judged
 * @param variables named expressions that the others may use
 * @param validations what must be true
 * @param annotations what is to be written into the audit log
 * @param place file and line, for messages
 */
public record Policy(
        String name,
        boolean ignoresFaults,
        Optional<ParamKind> paramKind,
        MatchResources constraints,
        List<Condition> conditions,
        List<Variable> variables,
        List<Validation> validations,
        List<Annotation> annotations,
        String place) {
    public Policy {
        conditions = List.copyOf(conditions);
        variables = List.copyOf(variables);
        validations = List.copyOf(validations);
        annotations = List.copyOf(annotations);
    }

    /** The kind of parameters. */
    public record ParamKind(String apiVersion, String kind) {}

    /** A condition for being judged at all. */
    public record Condition(String name, String expression) {}

    /** A named expression. */
    public record Variable(String name, String expression) {}

    /**
     * What must be true.
     *
     * @param message what is said otherwise; empty when the expression says it
     * @param messageExpression makes what is said otherwise; empty when there is none
     * @param reason how it is refused
     */
    public record Validation(String expression, String message, String messageExpression, Reason reason) {}

    /** An entry of the audit log. */
    public record Annotation(String key, String valueExpression) {}

    /** How a request is refused, and the HTTP status of that. */
    public enum Reason {
        INVALID("Invalid", 422),
        FORBIDDEN("Forbidden", 403),
        REQUEST_ENTITY_TOO_LARGE("RequestEntityTooLarge", 413);

        private final String word;
        private final int code;

        Reason(String word, int code) {
            this.word = word;
            this.code = code;
        }

        public String word() {
            return word;
        }

        public int code() {
            return code;
        }

        static Optional<Reason> of(String word) {
            for (Reason reason : values()) {
                if (reason.word.equals(word)) {
                    return Optional.of(reason);
                }
            }
            return Optional.empty();
        }
    }
}
