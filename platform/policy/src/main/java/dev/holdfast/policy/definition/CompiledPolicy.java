package dev.holdfast.policy.definition;

import dev.holdfast.policy.cel.Expression;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A policy whose expressions are ready to run.
 *
 * @param conditions one for each condition of the policy, in its order
 * @param variables by name; of two with one name the second counts
 * @param validations one for each validation
 * @param annotations one for each annotation
 */
public record CompiledPolicy(
        Policy policy,
        List<Expression> conditions,
        Map<String, Expression> variables,
        List<CompiledValidation> validations,
        List<Expression> annotations) {
    public CompiledPolicy {
        conditions = List.copyOf(conditions);
        variables = new LinkedHashMap<>(variables);
        validations = List.copyOf(validations);
        annotations = List.copyOf(annotations);
    }

    /** A validation. */
    public record CompiledValidation(Expression expression, Optional<Expression> message) {}
}
