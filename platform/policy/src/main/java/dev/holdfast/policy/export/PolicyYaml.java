package dev.holdfast.policy.export;

import dev.holdfast.policy.export.ExportRequest.Mode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes policies as YAML that {@code kubectl apply} takes. Expressions are quoted with double quotes: they hold single ones. */
final class PolicyYaml {
    private static final String CORE = "pods, pods/ephemeralcontainers";
    private static final String WORKLOADS_OF_CORE = "replicationcontrollers";
    private static final String WORKLOADS = "deployments, daemonsets, statefulsets, replicasets, jobs, cronjobs";

    /** The pod, or the template of what makes pods; {@code dyn}, because kinds differ in where it stands. */
    private static final String TEMPLATE = "object.kind == 'Pod' ? dyn(object)"
            + " : dyn(object).spec.?jobTemplate.?spec.orValue(dyn(object).spec).template";

    private PolicyYaml() {}

    static void write(ExportedPolicy policy, StringBuilder out) {
        header("ValidatingAdmissionPolicy", policy.name(), out);
        out.append("spec:\n  failurePolicy: Fail\n  matchConstraints:\n    resourceRules:\n");
        rule("\"\"", CORE + ", " + WORKLOADS_OF_CORE, "    ", out);
        rule("apps, batch", WORKLOADS, "    ", out);
        out.append("  matchConditions:\n");
        policy.conditions().forEach(condition -> named(condition.name(), condition.expression(), out));
        out.append("  variables:\n");
        variables().forEach((name, expression) -> named(name, expression, out));
        out.append("  validations:\n");
        for (Clause clause : policy.clauses()) {
            out.append("  - expression: ").append(quoted(clause.expression())).append('\n');
            out.append("    message: ").append(quoted(clause.message())).append('\n');
            if (!clause.messageExpression().isEmpty()) {
                out.append("    messageExpression: ")
                        .append(quoted(clause.messageExpression()))
                        .append('\n');
            }
            out.append("    reason: Forbidden\n");
        }
        out.append("---\n");
        bindings(policy, out);
    }

    private static Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("template", TEMPLATE);
        variables.put("spec", "variables.template.spec");
        variables.put("annotations", "variables.template.?metadata.?annotations.orValue({})");
        variables.put(
                "containers",
                "variables.spec.?initContainers.orValue([]) + variables.spec.?containers.orValue([])"
                        + " + variables.spec.?ephemeralContainers.orValue([])");
        variables.put("windows", "variables.spec.?os.?name.orValue('') == 'windows'");
        variables.put("ownUsers", "!variables.spec.?hostUsers.orValue(true)");
        return variables;
    }

    private static void header(String kind, String name, StringBuilder out) {
        out.append("apiVersion: admissionregistration.k8s.io/v1\nkind: ")
                .append(kind)
                .append("\nmetadata:\n  name: ")
                .append(name)
                .append("\n  labels: {app.kubernetes.io/managed-by: holdfast}\n");
    }

    private static void named(String name, String expression, StringBuilder out) {
        out.append("  - name: ")
                .append(name)
                .append("\n    expression: ")
                .append(quoted(expression))
                .append('\n');
    }

    private static void rule(String groups, String resources, String indent, StringBuilder out) {
        out.append(indent)
                .append("- apiGroups: [")
                .append(groups)
                .append("]\n")
                .append(indent)
                .append("  apiVersions: [v1]\n")
                .append(indent)
                .append("  operations: [CREATE, UPDATE]\n")
                .append(indent)
                .append("  resources: [")
                .append(resources)
                .append("]\n");
    }

    private static void bindings(ExportedPolicy policy, StringBuilder out) {
        if (policy.mode() == Mode.ENFORCE && policy.warnsOfWorkloads()) {
            binding(policy, "-pods", List.of("Deny", "Audit"), true, false, out);
            binding(policy, "-workloads", List.of("Warn", "Audit"), false, true, out);
        } else {
            List<String> actions = switch (policy.mode()) {
                case AUDIT -> List.of("Audit");
                case WARN -> List.of("Warn", "Audit");
                case ENFORCE -> List.of("Deny", "Audit");
            };
            binding(policy, "", actions, false, false, out);
        }
    }

    private static void binding(
            ExportedPolicy policy,
            String suffix,
            List<String> actions,
            boolean isOfPods,
            boolean isOfWorkloads,
            StringBuilder out) {
        header("ValidatingAdmissionPolicyBinding", policy.name() + suffix, out);
        out.append("spec:\n  policyName: ")
                .append(policy.name())
                .append("\n  validationActions: [")
                .append(String.join(", ", actions))
                .append("]\n");
        if (isOfPods || isOfWorkloads) {
            out.append("  matchResources:\n    resourceRules:\n");
            rule("\"\"", isOfPods ? CORE : WORKLOADS_OF_CORE, "    ", out);
            if (isOfWorkloads) {
                rule("apps, batch", WORKLOADS, "    ", out);
            }
        }
        out.append("---\n");
    }

    /** A double-quoted scalar. */
    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
