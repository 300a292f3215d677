package dev.holdfast.access.rbac;

import dev.holdfast.core.text.GoText;
import dev.holdfast.manifest.tree.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the server refuses when it validates a role or a binding, in its words. What it refuses does not exist, so it grants nothing.
 */
final class ObjectRules {
    private static final String GROUP = "rbac.authorization.k8s.io";

    private final List<String> wrong = new ArrayList<>();

    private ObjectRules() {}

    /** The server's message; empty when it accepts the object. */
    static Optional<String> refusal(Node object) {
        String kind = object.textAt("kind").orElse("");
        ObjectRules rules = new ObjectRules();
        rules.name(object);
        switch (kind) {
            case "Role" -> rules.role(object, true);
            case "ClusterRole" -> rules.role(object, false);
            case "RoleBinding" -> rules.binding(object, true);
            case "ClusterRoleBinding" -> rules.binding(object, false);
            default -> {} // other kinds grant nothing
        }
        if (rules.wrong.isEmpty()) {
            return Optional.empty();
        }
        String list = String.join(", ", rules.wrong);
        return Optional.of(kind + "." + GROUP + " "
                + GoText.quoted(object.textAt("metadata", "name").orElse("")) + " is invalid: "
                + (rules.wrong.size() == 1 ? list : "[" + list + "]"));
    }

    /** What the server says to a binding that is written again with another role. */
    static String refusalOfOtherRole(String kind, String name, String roleKind, String roleName) {
        return kind + "." + GROUP + " " + GoText.quoted(name) + " is invalid: roleRef: Invalid value: {\"APIGroup\":\""
                + GROUP + "\",\"Kind\":" + GoText.quoted(roleKind) + ",\"Name\":" + GoText.quoted(roleName)
                + "}: field is immutable";
    }

    private void name(Node object) {
        String name = object.textAt("metadata", "name").orElse("");
        if (name.isEmpty()) {
            wrong.add("metadata.name: Required value: name or generateName is required");
        } else {
            segment("metadata.name", name);
        }
    }

    /** Names of roles and bindings are one segment of a path, and nothing more is asked of them. */
    private void segment(String field, String name) {
        if (name.equals(".") || name.equals("..")) {
            invalid(field, GoText.quoted(name), "may not be '" + name + "'");
        }
        if (name.contains("/")) {
            invalid(field, GoText.quoted(name), "may not contain '/'");
        }
        if (name.contains("%")) {
            invalid(field, GoText.quoted(name), "may not contain '%'");
        }
    }

    private void role(Node role, boolean isNamespaced) {
        List<Node> rules = role.get("rules").map(Node::elements).orElse(List.of());
        for (int i = 0; i < rules.size(); i++) {
            rule(rules.get(i), "rules[" + i + "]", isNamespaced);
        }
        Optional<Node> aggregation = role.get("aggregationRule");
        if (!isNamespaced
                && aggregation.isPresent()
                && aggregation
                        .get()
                        .get("clusterRoleSelectors")
                        .map(Node::elements)
                        .orElse(List.of())
                        .isEmpty()) {
            wrong.add("aggregationRule.clusterRoleSelectors: Required value:"
                    + " at least one clusterRoleSelector required if aggregationRule is non-nil");
        }
    }

    private void rule(Node rule, String field, boolean isNamespaced) {
        if (texts(rule, "verbs").isEmpty()) {
            wrong.add(field + ".verbs: Required value");
        }
        List<String> urls = texts(rule, "nonResourceURLs");
        boolean hasGroups = !texts(rule, "apiGroups").isEmpty();
        boolean hasResources = !texts(rule, "resources").isEmpty();
        if (!urls.isEmpty()) {
            if (isNamespaced) {
                invalid(field + ".nonResourceURLs", listed(urls), "namespaced rules cannot apply to non-resource URLs");
            }
            if (hasGroups || hasResources || !texts(rule, "resourceNames").isEmpty()) {
                invalid(
                        field + ".nonResourceURLs",
                        listed(urls),
                        "rules cannot apply to both regular resources and non-resource URLs");
            }
            return;
        }
        if (!hasGroups) {
            wrong.add(field + ".apiGroups: Required value: resource rules must supply at least one api group");
        }
        if (!hasResources) {
            wrong.add(field + ".resources: Required value: resource rules must supply at least one resource");
        }
    }

    private void binding(Node binding, boolean isNamespaced) {
        String group = binding.textAt("roleRef", "apiGroup")
                .filter(text -> !text.isEmpty())
                .orElse(GROUP);
        if (!group.equals(GROUP)) {
            unsupported("roleRef.apiGroup", group, GoText.quoted(GROUP));
        }
        String kind = binding.textAt("roleRef", "kind").orElse("");
        boolean isKnown = kind.equals("ClusterRole") || isNamespaced && kind.equals("Role");
        if (!isKnown) {
            unsupported("roleRef.kind", kind, isNamespaced ? "\"Role\", \"ClusterRole\"" : "\"ClusterRole\"");
        }
        String name = binding.textAt("roleRef", "name").orElse("");
        if (name.isEmpty()) {
            wrong.add("roleRef.name: Required value");
        } else {
            segment("roleRef.name", name);
        }
        List<Node> subjects = binding.get("subjects").map(Node::elements).orElse(List.of());
        for (int i = 0; i < subjects.size(); i++) {
            subject(subjects.get(i), "subjects[" + i + "]", isNamespaced);
        }
    }

    private void subject(Node subject, String field, boolean isNamespaced) {
        String name = subject.textAt("name").orElse("");
        if (name.isEmpty()) {
            wrong.add(field + ".name: Required value");
        }
        String kind = subject.textAt("kind").orElse("");
        String group = subject.textAt("apiGroup").orElse("");
        switch (kind) {
            case Subject.ACCOUNT -> {
                if (!name.isEmpty() && !isSubdomain(name)) {
                    invalid(field + ".name", GoText.quoted(name), SUBDOMAIN);
                }
                if (!group.isEmpty()) {
                    unsupported(field + ".apiGroup", group, "\"\"");
                }
                if (!isNamespaced && subject.textAt("namespace").orElse("").isEmpty()) {
                    wrong.add(field + ".namespace: Required value");
                }
            }
            case Subject.USER, Subject.GROUP -> {
                if (!group.isEmpty() && !group.equals(GROUP)) {
                    unsupported(field + ".apiGroup", group, GoText.quoted(GROUP));
                }
            }
            default -> unsupported(field + ".kind", kind, "\"ServiceAccount\", \"User\", \"Group\"");
        }
    }

    private static final String SUBDOMAIN = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric"
            + " characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex"
            + " used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    /** RFC 1123, 2.1: labels of lower-case letters, digits and inner hyphens; at most 253 characters here. */
    private static boolean isSubdomain(String name) {
        if (name.length() > 253) {
            return false;
        }
        for (String label : name.split("\\.", -1)) {
            boolean isLabel = !label.isEmpty() && !label.startsWith("-") && !label.endsWith("-");
            for (int i = 0; isLabel && i < label.length(); i++) {
                char c = label.charAt(i);
                isLabel = c == '-' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z';
            }
            if (!isLabel) {
                return false;
            }
        }
        return true;
    }

    private void invalid(String field, String value, String why) {
        wrong.add(field + ": Invalid value: " + value + ": " + why);
    }

    private void unsupported(String field, String value, String supported) {
        wrong.add(field + ": Unsupported value: " + GoText.quoted(value) + ": supported values: " + supported);
    }

    static List<String> texts(Node node, String key) {
        List<String> texts = new ArrayList<>();
        for (Node element : node.get(key).map(Node::elements).orElse(List.of())) {
            element.textAt().ifPresent(texts::add);
        }
        return texts;
    }

    /** As JSON: {@code ["a","b"]}. */
    private static String listed(List<String> texts) {
        return "[" + String.join(",", texts.stream().map(GoText::quoted).toList()) + "]";
    }
}
