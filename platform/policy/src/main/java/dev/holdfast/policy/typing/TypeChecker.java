package dev.holdfast.policy.typing;

import dev.holdfast.policy.cel.Environment;
import dev.holdfast.policy.cel.Surroundings;
import dev.holdfast.policy.cel.function.kubernetes.Authorizer;
import dev.holdfast.policy.cel.parse.RefusedExpression;
import dev.holdfast.policy.cel.value.Type;
import dev.holdfast.policy.definition.CompiledPolicy;
import dev.holdfast.policy.definition.MatchResources;
import dev.holdfast.policy.definition.Policy;
import dev.holdfast.policy.definition.PolicySet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks the types of policies' expressions against the schemas of the kinds that they match, as the server's controller does it, and in its
 * words. Validations and their message expressions are checked; a rule with a star for groups or versions is about no kind, and one is about
 * {@value #MOST_KINDS} at most. What is found changes no verdict.
 *
 * <p>The server lets expressions see no quantities, such as {@code resources.limits}: it warns of them though they work.
 */
public final class TypeChecker {
    private static final int MOST_KINDS = 10;

    private final List<Kind> kinds = new ArrayList<>();

    /** @param objects CustomResourceDefinitions may be among them */
    public TypeChecker(List<Map<String, Object>> objects) {
        BuiltInKinds builtIn = BuiltInKinds.read();
        CustomKinds custom = new CustomKinds(builtIn.metadata());
        objects.forEach(custom::add);
        kinds.addAll(builtIn.kinds());
        kinds.addAll(custom.kinds());
    }

    /** The warnings about all policies, in their order. */
    public List<ExpressionWarning> check(PolicySet policies) {
        List<ExpressionWarning> warnings = new ArrayList<>();
        for (CompiledPolicy policy : policies.policies()) {
            warnings.addAll(check(policy.policy()));
        }
        return warnings;
    }

    List<ExpressionWarning> check(Policy policy) {
        List<TypedExpressions> byKind = new ArrayList<>();
        for (Kind kind : kinds(policy.constraints())) {
            byKind.add(new TypedExpressions(kind, policy));
        }
        List<ExpressionWarning> warnings = new ArrayList<>();
        for (int i = 0; i < policy.validations().size(); i++) {
            Policy.Validation validation = policy.validations().get(i);
            String field = "spec.validations[" + i + "]";
            warn(byKind, policy, validation.expression(), field + ".expression", warnings);
            if (!validation.messageExpression().isEmpty()) {
                warn(byKind, policy, validation.messageExpression(), field + ".messageExpression", warnings);
            }
        }
        return warnings;
    }

    private static void warn(
            List<TypedExpressions> byKind,
            Policy policy,
            String expression,
            String field,
            List<ExpressionWarning> warnings) {
        List<String> texts = new ArrayList<>();
        for (TypedExpressions typed : byKind) {
            typed.complaint(expression).ifPresent(texts::add);
        }
        if (!texts.isEmpty()) {
            warnings.add(new ExpressionWarning(policy.name(), policy.place(), field, String.join("\n", texts)));
        }
    }

    private Iterable<Kind> kinds(MatchResources constraints) {
        TreeSet<Kind> found = new TreeSet<>(Kind.ORDER);
        for (MatchResources.Rule rule : constraints.rules()) {
            if (!hasStar(rule.groups()) && !hasStar(rule.versions()) && add(rule, found)) {
                break;
            }
        }
        return found;
    }

    private static boolean hasStar(List<String> words) {
        return words.stream().anyMatch(word -> word.indexOf('*') >= 0);
    }

    /** Adds the kinds of a rule; true when they are too many, with which the search ends. */
    private boolean add(MatchResources.Rule rule, Set<Kind> found) {
        int count = 0;
        for (String group : rule.groups().stream().sorted().toList()) {
            for (String version : rule.versions().stream().sorted().toList()) {
                for (String resource : rule.resources().stream().sorted().toList()) {
                    for (Kind kind : kinds) {
                        if (kind.isMeantBy(group, version, resource)) {
                            found.add(kind);
                            count++;
                        }
                        if (count == MOST_KINDS) {
                            return true;
                        }
                    }
                }
            }
        }
        return false;
    }

    /** The expressions of one policy, with one kind's schema for the types of its objects. */
    private final class TypedExpressions {
        private final Kind kind;
        private final Environment environment;

        private TypedExpressions(Kind kind, Policy policy) {
            this.kind = kind;
            ShapeTypes types = new ShapeTypes();
            Type object = types.type(kind.name(), kind.shape());
            // authorizer.requestResource is not there: the server forgot it, and warns of it
            Environment typed = Surroundings.REQUESTS
                    .with("authorizer", Authorizer.TYPE)
                    .with("object", object)
                    .with("oldObject", object);
            if (policy.paramKind().isPresent()) {
                typed = typed.with("params", params(policy.paramKind().get(), types));
            }
            this.environment = variables(policy, typed.withStructures(types));
        }

        private Type params(Policy.ParamKind wanted, ShapeTypes types) {
            return kinds.stream()
                    .filter(one -> one.apiVersion().equals(wanted.apiVersion())
                            && one.name().equals(wanted.kind()))
                    .findFirst()
                    .map(one -> types.type("params." + one.name(), one.shape()))
                    .orElse(Type.DYN);
        }

        /** Each variable may use those before it; one that is wrong has any type. */
        private static Environment variables(Policy policy, Environment environment) {
            Map<String, Type> types = new LinkedHashMap<>();
            Environment growing = Surroundings.withVariables(environment, types);
            for (Policy.Variable variable : policy.variables()) {
                Type type;
                try {
                    type = simplified(growing.check(variable.expression()));
                } catch (RefusedExpression wrong) {
                    type = Type.DYN;
                }
                types.put(variable.name(), type);
                growing = Surroundings.withVariables(environment, types);
            }
            return growing;
        }

        /** What a variable's type is to those who use it: the server remembers simple types, and lists and maps of such. */
        private static Type simplified(Type type) {
            return switch (type.kind()) {
                case BOOL, BYTES, DOUBLE, DURATION, INT, NULL, STRING, TIMESTAMP, UINT -> type;
                case LIST -> Type.list(simplified(type.first()));
                case MAP ->
                    Type.map(
                            simplified(type.first()),
                            simplified(type.parameters().get(1)));
                case DYN, ERROR, TYPE, STRUCT, OPTIONAL, PARAMETER -> Type.DYN;
            };
        }

        private Optional<String> complaint(String expression) {
            try {
                environment.check(expression);
                return Optional.empty();
            } catch (RefusedExpression wrong) {
                return Optional.of(kind.shown() + ": " + wrong.issues() + "\n");
            }
        }
    }
}
