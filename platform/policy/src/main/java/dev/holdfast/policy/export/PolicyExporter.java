package dev.holdfast.policy.export;

import dev.holdfast.core.Severity;
import dev.holdfast.policy.export.ExportRequest.Mode;
import dev.holdfast.policy.export.ExportRequest.Scope;
import dev.holdfast.policy.export.ExportedPolicy.Condition;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes what the webhook would ask as ValidatingAdmissionPolicies (admissionregistration.k8s.io/v1) and bindings, so that the API server asks
 * it without us: nothing to run, nothing that can be away.
 */
public final class PolicyExporter {
    /** The rules of checks that clauses stand for. */
    private static final Set<String> SAID = said();

    private PolicyExporter() {}

    /** The policies and bindings, as YAML documents. Empty when nothing is asked anywhere. */
    public static String export(ExportRequest request) {
        List<ExportedPolicy> policies = new ArrayList<>();
        List<Scope> before = new ArrayList<>();
        for (Scope scope : request.scopes()) {
            if (scope.mode().isPresent()) {
                policies.addAll(policies(
                        scope,
                        scope.mode().get(),
                        before,
                        request.exempt(),
                        request.scopes().size() > 1));
            }
            before.add(scope);
        }
        StringBuilder yaml = new StringBuilder();
        policies.forEach(policy -> PolicyYaml.write(policy, yaml));
        return yaml.toString();
    }

    /** Whether the check of this name is among what is exported, from the severity on that it is asked at. */
    public static boolean says(String rule) {
        return SAID.contains(rule);
    }

    private static Set<String> said() {
        Set<String> said = new LinkedHashSet<>();
        CheckClauses.all().forEach(graded -> said.add(graded.clause().id()));
        return said;
    }

    private static List<ExportedPolicy> policies(
            Scope scope, Mode mode, List<Scope> before, List<String> exempt, boolean isOneOfSeveral) {
        List<Condition> conditions = conditions(scope, before, exempt);
        String number = isOneOfSeveral ? "-" + (before.size() + 1) : "";
        List<ExportedPolicy> policies = new ArrayList<>();
        scope.standards()
                .ifPresent(standards -> policies.add(new ExportedPolicy(
                        "holdfast-pod-security-" + standards.words().replace(".", "-") + number,
                        conditions,
                        standards.clauses(),
                        mode,
                        true)));
        scope.checks()
                .ifPresent(threshold -> policies.add(new ExportedPolicy(
                        "holdfast-checks-" + threshold.word() + number, conditions, clauses(threshold), mode, false)));
        return policies;
    }

    private static List<Clause> clauses(Severity threshold) {
        List<Clause> clauses = new ArrayList<>();
        for (CheckClauses.Graded graded : CheckClauses.all()) {
            if (graded.severity().atLeast(threshold)) {
                clauses.add(graded.clause());
            }
        }
        return clauses;
    }

    private static List<Condition> conditions(Scope scope, List<Scope> before, List<String> exempt) {
        List<Condition> conditions = new ArrayList<>();
        if (!exempt.isEmpty()) {
            conditions.add(new Condition("not-exempt", "!(" + names(exempt) + ")"));
        }
        for (Scope each : before) {
            conditions.add(
                    new Condition("not-in-rule-" + (before.indexOf(each) + 1), "!(" + names(each.namespaces()) + ")"));
        }
        if (!scope.namespaces().isEmpty()) {
            conditions.add(new Condition("namespaces", names(scope.namespaces())));
        }
        conditions.add(new Condition(
                "changed",
                "request.operation != 'UPDATE' || dyn(object).?spec != dyn(oldObject).?spec"
                        + " || object.metadata.?annotations != oldObject.metadata.?annotations"));
        return conditions;
    }

    private static String names(List<String> patterns) {
        List<String> plain = new ArrayList<>();
        List<String> parts = new ArrayList<>();
        for (String pattern : patterns) {
            if (pattern.indexOf('*') < 0) {
                plain.add(pattern);
            } else {
                String regex = "^"
                        + Pattern.compile("\\*+")
                                .matcher(pattern.replace(".", "\\."))
                                .replaceAll(".*") + "$";
                parts.add("request.namespace.matches(" + Cel.pattern(regex) + ")");
            }
        }
        if (!plain.isEmpty()) {
            parts.addFirst("request.namespace in " + Cel.list(plain));
        }
        return String.join(" || ", parts);
    }
}
