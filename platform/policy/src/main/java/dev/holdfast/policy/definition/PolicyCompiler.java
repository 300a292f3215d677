package dev.holdfast.policy.definition;

import dev.holdfast.core.text.GoText;
import dev.holdfast.policy.cel.Environment;
import dev.holdfast.policy.cel.Expression;
import dev.holdfast.policy.cel.Surroundings;
import dev.holdfast.policy.cel.function.kubernetes.NamedFormat;
import dev.holdfast.policy.cel.parse.RefusedExpression;
import dev.holdfast.policy.cel.value.Type;
import dev.holdfast.policy.definition.CompiledPolicy.CompiledValidation;
import dev.holdfast.policy.definition.Policy.Annotation;
import dev.holdfast.policy.definition.Policy.Condition;
import dev.holdfast.policy.definition.Policy.Validation;
import dev.holdfast.policy.definition.Policy.Variable;
import dev.holdfast.policy.definition.Refusal.Cause;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checks a policy as the API server does on creation, in its order, and compiles its expressions. */
final class PolicyCompiler {
    private static final Pattern IDENTIFIER = Pattern.compile("[_a-zA-Z][_a-zA-Z0-9]*");
    private static final int MOST_CONDITIONS = 64;
    private static final int LONGEST_VALUE = 5 * 1024;

    private final Policy policy;
    private final List<Cause> causes;
    private Environment plain;
    private Environment authorized;
    private final Environment conditions;

    /** @param causes what is wrong with the text of the policy; what is found here is added */
    PolicyCompiler(Policy policy, List<Cause> causes) {
        this.policy = policy;
        this.causes = causes;
        boolean hasParams = policy.paramKind().isPresent();
        plain = hasParams ? Surroundings.withParams(Surroundings.REQUESTS) : Surroundings.REQUESTS;
        authorized = hasParams ? Surroundings.withParams(Surroundings.AUTHORIZED) : Surroundings.AUTHORIZED;
        conditions = authorized;
    }

    /** The compiled policy; empty when there is a cause to refuse it. */
    Optional<CompiledPolicy> compile() {
        List<Expression> compiledConditions = conditions();
        Map<String, Expression> variables = variables();
        if (policy.validations().isEmpty() && policy.annotations().isEmpty()) {
            String why = "validations or auditAnnotations must contain at least one item";
            causes.add(Cause.required("spec.validations", why));
            causes.add(Cause.required("spec.auditAnnotations", why));
        }
        List<CompiledValidation> validations = validations();
        List<Expression> annotations = annotations();
        return causes.isEmpty()
                ? Optional.of(new CompiledPolicy(policy, compiledConditions, variables, validations, annotations))
                : Optional.empty();
    }

    private List<Expression> conditions() {
        List<Expression> compiled = new ArrayList<>();
        if (policy.conditions().size() > MOST_CONDITIONS) {
            causes.add(new Cause(
                    "spec.matchConditions",
                    "FieldValueTooMany",
                    "Too many: " + policy.conditions().size() + ": must have at most " + MOST_CONDITIONS + " items"));
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < policy.conditions().size(); i++) {
            Condition condition = policy.conditions().get(i);
            String field = "spec.matchConditions[" + i + "]";
            compile(conditions, condition.expression(), field + ".expression", Type.BOOL)
                    .ifPresent(compiled::add);
            if (condition.name().isEmpty()) {
                causes.add(Cause.required(field + ".name", ""));
            } else {
                requireQualifiedName(condition.name(), field + ".name");
                if (names.contains(condition.name())) {
                    causes.add(new Cause(
                            field + ".name",
                            "FieldValueDuplicate",
                            "Duplicate value: " + GoText.quoted(condition.name())));
                }
            }
            names.add(condition.name());
        }
        return compiled;
    }

    private void requireQualifiedName(String name, String field) {
        for (Object complaint : NamedFormat.QUALIFIED_NAME.complaints(name)) {
            causes.add(Cause.invalid(field, GoText.quoted(name), complaint.toString()));
        }
    }

    private Map<String, Expression> variables() {
        Map<String, Expression> compiled = new LinkedHashMap<>();
        Map<String, Type> types = new LinkedHashMap<>();
        for (int i = 0; i < policy.variables().size(); i++) {
            Variable variable = policy.variables().get(i);
            String field = "spec.variables[" + i + "]";
            plain = Surroundings.withVariables(plain, types);
            authorized = Surroundings.withVariables(authorized, types);
            if (variable.name().isEmpty()) {
                causes.add(Cause.required(field + ".name", "name is not specified"));
            } else if (!IDENTIFIER.matcher(variable.name()).matches()) {
                causes.add(Cause.invalid(
                        field + ".name", GoText.quoted(variable.name()), "must be a valid CEL identifier"));
            }
            Optional<Expression> expression =
                    compile(authorized, variable.expression(), field + ".expression", List.of());
            expression.ifPresent(ready -> compiled.put(variable.name(), ready));
            types.put(variable.name(), expression.map(Expression::type).orElse(Type.DYN));
        }
        if (!policy.variables().isEmpty()) {
            plain = Surroundings.withVariables(plain, types);
            authorized = Surroundings.withVariables(authorized, types);
        }
        return compiled;
    }

    private List<CompiledValidation> validations() {
        List<CompiledValidation> compiled = new ArrayList<>();
        for (int i = 0; i < policy.validations().size(); i++) {
            Validation validation = policy.validations().get(i);
            String field = "spec.validations[" + i + "]";
            Optional<Expression> expression =
                    compile(authorized, validation.expression(), field + ".expression", Type.BOOL);
            Optional<Expression> message = Optional.empty();
            if (!validation.messageExpression().isEmpty()) {
                message = messageExpression(validation.messageExpression(), field + ".messageExpression");
            }
            requireMessage(validation, field + ".message");
            Optional<Expression> said = message;
            expression.ifPresent(ready -> compiled.add(new CompiledValidation(ready, said)));
        }
        return compiled;
    }

    private Optional<Expression> messageExpression(String expression, String field) {
        if (expression.isBlank()) {
            causes.add(Cause.invalid(field, GoText.quoted(expression), "must be non-empty if specified"));
            return Optional.empty();
        }
        return compile(plain, expression, field, List.of(Type.STRING));
    }

    private void requireMessage(Validation validation, String field) {
        String message = validation.message();
        String trimmed = message.strip();
        if (!message.isEmpty() && trimmed.isEmpty()) {
            causes.add(Cause.invalid(field, GoText.quoted(message), "message must be non-empty if specified"));
        } else if (hasLineBreak(trimmed)) {
            causes.add(Cause.invalid(field, GoText.quoted(message), "must not contain line breaks"));
        } else if (trimmed.isEmpty() && hasLineBreak(validation.expression().strip())) {
            causes.add(Cause.required(field, "message must be specified if expression contains line breaks"));
        }
    }

    private static boolean hasLineBreak(String text) {
        return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
    }

    private List<Expression> annotations() {
        List<Expression> compiled = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < policy.annotations().size(); i++) {
            Annotation annotation = policy.annotations().get(i);
            String field = "spec.auditAnnotations[" + i + "]";
            if (annotation.key().isEmpty()) {
                causes.add(Cause.required(field + ".key", ""));
            } else {
                requireQualifiedName(policy.name() + "/" + annotation.key(), field + ".key");
                if (keys.contains(annotation.key())) {
                    causes.add(new Cause(
                            field + ".key",
                            "FieldValueDuplicate",
                            "Duplicate value: " + GoText.quoted(annotation.key())));
                }
            }
            keys.add(annotation.key());
            String expression = annotation.valueExpression();
            if (expression.isBlank()) {
                causes.add(Cause.required(field + ".valueExpression", ""));
            } else if (expression.strip().length() > LONGEST_VALUE) {
                causes.add(Cause.required(
                        field + ".valueExpression", "must not exceed " + LONGEST_VALUE + " bytes in length"));
            } else {
                compile(authorized, expression, field + ".valueExpression", List.of(Type.STRING, Type.NULL))
                        .ifPresent(compiled::add);
            }
        }
        return compiled;
    }

    private Optional<Expression> compile(Environment environment, String expression, String field, Type wanted) {
        return compile(environment, expression, field, List.of(wanted));
    }

    /** @param wanted the types that its value may have; none: any */
    private Optional<Expression> compile(Environment environment, String expression, String field, List<Type> wanted) {
        if (expression.isBlank()) {
            causes.add(Cause.required(field, "expression is not specified"));
            return Optional.empty();
        }
        try {
            Expression compiled = environment.compile(expression);
            if (wanted.isEmpty() || wanted.contains(compiled.type())) {
                return Optional.of(compiled);
            }
            String types = wanted.size() == 1
                    ? wanted.getFirst().toString()
                    : "one of " + wanted.toString().replace(",", "");
            causes.add(Cause.invalid(
                    field, GoText.quoted(expression), "must evaluate to " + types + " but got " + compiled.type()));
        } catch (RefusedExpression refused) {
            causes.add(
                    refused.isInternal()
                            ? new Cause(field, "InternalError", "Internal error: " + refused.getMessage())
                            : Cause.invalid(field, GoText.quoted(expression), refused.getMessage()));
        }
        return Optional.empty();
    }
}
