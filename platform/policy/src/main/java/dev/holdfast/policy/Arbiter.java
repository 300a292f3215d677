package dev.holdfast.policy;

import dev.holdfast.policy.Ruling.Outcome;
import dev.holdfast.policy.cel.Expression;
import dev.holdfast.policy.cel.Variables;
import dev.holdfast.policy.cel.function.kubernetes.Authorizer;
import dev.holdfast.policy.cel.value.Budget;
import dev.holdfast.policy.cel.value.Fault;
import dev.holdfast.policy.cel.value.Null;
import dev.holdfast.policy.definition.Binding;
import dev.holdfast.policy.definition.CompiledPolicy;
import dev.holdfast.policy.definition.CompiledPolicy.CompiledValidation;
import dev.holdfast.policy.definition.Policy;
import dev.holdfast.policy.definition.Policy.Reason;
import dev.holdfast.policy.definition.Policy.Validation;
import dev.holdfast.policy.definition.PolicySet;
import dev.holdfast.policy.request.Equivalents;
import dev.holdfast.policy.request.Equivalents.Form;
import dev.holdfast.policy.request.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides about requests, as the API server's own admission does it: which policies are about the request, which parameters they have there,
 * whether their conditions hold, then every validation. What has no answer is an {@link Outcome#ERROR}, never a pass.
 *
 * <p>May be used by several threads at once.
 */
public final class Arbiter {
    /** A message that an expression makes may not be longer. */
    private static final int LONGEST_MESSAGE = 5 * 1024;

    private final PolicySet policies;
    private final Equivalents equivalents;
    private final Duration time;

    /**
     * @param equivalents under which other names the server has the same objects
     * @param time that one policy may take for one request
     */
    public Arbiter(PolicySet policies, Equivalents equivalents, Duration time) {
        this.policies = policies;
        this.equivalents = equivalents;
        this.time = time;
    }

    public Arbiter(PolicySet policies, Equivalents equivalents) {
        this(policies, equivalents, Budget.USUAL_TIME);
    }

    /** Definitions of kinds may stand beside the policies. */
    public Arbiter(PolicySet policies) {
        this(policies, Equivalents.of(policies.objects()));
    }

    public Decision decide(Request request) {
        List<Ruling> rulings = new ArrayList<>();
        Map<String, String> annotations = new LinkedHashMap<>();
        Map<String, Object> asked = request.value(); // the same for all policies that name what is asked for
        List<Form> forms = equivalents.of(request.kind());
        List<Request> others = new ArrayList<>(forms.size());
        for (Form form : forms) {
            others.add(request.as(form));
        }
        for (CompiledPolicy policy : policies.policies()) {
            Optional<Request> met = policy.policy().constraints().match(request, others);
            if (met.isEmpty()) {
                continue;
            }
            Request about = met.get();
            boolean isAsWritten = about.original().isEmpty();
            boolean isJudged = isAsWritten || forms.get(others.indexOf(about)).isConvertible();
            for (Binding binding : policies.bindingsOf(policy.policy())) {
                boolean isBound = binding.scope().isEmpty()
                        || binding.scope().get().match(request, others).isPresent();
                if (isBound && isJudged) {
                    Question question = new Question(policy, binding, about, isAsWritten ? asked : about.value());
                    ask(question, rulings, annotations);
                } else if (isBound) {
                    rulings.add(unconverted(policy.policy(), binding, request, about));
                }
            }
        }
        return new Decision(rulings, annotations);
    }

    private static Ruling unconverted(Policy policy, Binding binding, Request request, Request wanted) {
        String message =
                "the policy is about " + shown(wanted.kind()) + ", into which the API server would convert this "
                        + shown(request.kind()) + "; that cannot be done here: write the object in that version";
        return new Ruling(policy, binding, -1, Outcome.ERROR, message, "", Reason.INVALID);
    }

    private static String shown(Request.Kind kind) {
        return (kind.group().isEmpty() ? "" : kind.group() + "/") + kind.version() + " " + kind.kind();
    }

    /**
     * What one policy is asked under one binding.
     *
     * @param asked the variable {@code request}
     */
    private record Question(CompiledPolicy policy, Binding binding, Request request, Map<String, Object> asked) {}

    private void ask(Question question, List<Ruling> rulings, Map<String, String> annotations) {
        Policy policy = question.policy().policy();
        Binding binding = question.binding();
        if (policy.paramKind().isEmpty() || binding.params().isEmpty()) {
            new Hearing(question, Null.NULL).hold(rulings, annotations);
            return;
        }
        List<Map<String, Object>> params = policies.params(
                policy.paramKind().get(),
                binding.params().get(),
                question.request().namespace());
        if (params.isEmpty() && binding.params().get().deniesWithout()) {
            String message = "failed to configure binding: no params found for policy binding with `Deny`"
                    + " parameterNotFoundAction";
            rulings.add(new Ruling(policy, binding, -1, Outcome.ERROR, message, "", Reason.INVALID));
        }
        for (Map<String, Object> param : params) {
            new Hearing(question, param).hold(rulings, annotations);
        }
    }

    /** One policy and one request, with one object of parameters. */
    private final class Hearing {
        private final CompiledPolicy policy;
        private final Binding binding;
        private final Budget budget = new Budget(time);
        private final Map<String, Object> variables = new HashMap<>();

        private Hearing(Question question, Object params) {
            Request request = question.request();
            this.policy = question.policy();
            this.binding = question.binding();
            variables.put(
                    "object", request.object().<Object>map(object -> object).orElse(Null.NULL));
            variables.put(
                    "oldObject",
                    request.oldObject().<Object>map(object -> object).orElse(Null.NULL));
            variables.put("request", question.asked());
            variables.put(
                    "namespaceObject",
                    request.namespaceObject().<Object>map(object -> object).orElse(Null.NULL));
            variables.put("params", params);
            Authorizer authorizer =
                    new Authorizer(request.user().name(), request.user().groups(), request.access());
            variables.put("authorizer", authorizer);
            variables.put(
                    "authorizer.requestResource",
                    authorizer.requestResource(
                            request.resource().group(),
                            request.resource().resource(),
                            request.subresource(),
                            request.namespace(),
                            request.name()));
            variables.put("variables", new Variables(policy.variables(), variables, budget));
        }

        private void hold(List<Ruling> rulings, Map<String, String> annotations) {
            if (!isMet(rulings)) {
                return;
            }
            for (int i = 0; i < policy.validations().size(); i++) {
                if (budget.isUsedUp()) {
                    rulings.add(ruling(
                            i,
                            Outcome.ERROR,
                            "validation failed due to running out of cost budget, no further validation rules will be"
                                    + " run"));
                    return;
                }
                rulings.add(validate(i));
            }
            annotate(rulings, annotations);
        }

        /** Whether the conditions hold; one that is false decides, whatever the others do. */
        private boolean isMet(List<Ruling> rulings) {
            Optional<Ruling> fault = Optional.empty();
            for (Expression condition : policy.conditions()) {
                try {
                    if (!condition.evaluate(variables, budget).equals(true)) {
                        return false;
                    }
                } catch (Fault wrong) {
                    if (fault.isEmpty()) {
                        fault = Optional.of(new Ruling(
                                policy.policy(),
                                binding,
                                -1,
                                Outcome.ERROR,
                                resulted(condition, wrong),
                                condition.source(),
                                Reason.INVALID));
                    }
                }
            }
            fault.ifPresent(rulings::add);
            return fault.isEmpty();
        }

        private static String resulted(Expression expression, Fault fault) {
            return "expression '" + expression.source() + "' resulted in error: " + fault.getMessage();
        }

        private Ruling ruling(int index, Outcome outcome, String message) {
            Validation validation = policy.policy().validations().get(index);
            return new Ruling(
                    policy.policy(), binding, index, outcome, message, validation.expression(), validation.reason());
        }

        private Ruling validate(int index) {
            CompiledValidation validation = policy.validations().get(index);
            try {
                return validation.expression().evaluate(variables, budget).equals(true)
                        ? ruling(index, Outcome.PASS, "")
                        : ruling(index, Outcome.FAIL, message(index, validation));
            } catch (Fault fault) {
                return ruling(index, Outcome.ERROR, resulted(validation.expression(), fault));
            }
        }

        /** What its expression makes, if that is one honest line; else what is written; else the validation itself. */
        private String message(int index, CompiledValidation validation) {
            Optional<String> made = validation.message().flatMap(this::made);
            String written = policy.policy().validations().get(index).message().strip();
            return made.orElseGet(() -> written.isEmpty()
                    ? "failed expression: " + validation.expression().source().strip()
                    : written);
        }

        private Optional<String> made(Expression expression) {
            try {
                String text = expression.evaluate(variables, budget).toString().strip();
                boolean isFine = !text.isEmpty() && text.indexOf('\n') < 0 && text.length() <= LONGEST_MESSAGE;
                return isFine ? Optional.of(text) : Optional.empty();
            } catch (Fault fault) {
                return Optional.empty();
            }
        }

        private void annotate(List<Ruling> rulings, Map<String, String> annotations) {
            for (int i = 0; i < policy.annotations().size(); i++) {
                Expression expression = policy.annotations().get(i);
                String key = policy.policy().name() + "/"
                        + policy.policy().annotations().get(i).key();
                try {
                    Object value = expression.evaluate(variables, budget);
                    if (value != Null.NULL && !value.toString().isBlank()) {
                        annotations.merge(key, value.toString().strip(), (one, other) -> one + ", " + other);
                    }
                } catch (Fault fault) {
                    rulings.add(new Ruling(
                            policy.policy(),
                            binding,
                            -1,
                            Outcome.ERROR,
                            resulted(expression, fault),
                            expression.source(),
                            Reason.INVALID));
                }
            }
        }
    }
}
