package dev.holdfast.access.rbac;

import dev.holdfast.core.text.GoText;
import dev.holdfast.manifest.kubernetes.Origin;
import java.util.List;

/**
 * A RoleBinding, or a ClusterRoleBinding.
 *
 * @param namespace empty for a ClusterRoleBinding
 * @param roleKind the kind of what it refers to, Role or ClusterRole
 */
public record Binding(
        String namespace,
        String name,
        String roleKind,
        String roleName,
        List<Subject> subjects,
        boolean isKeptByServer,
        Origin origin) {

    public Binding {
        subjects = List.copyOf(subjects);
    }

    public String kind() {
        return namespace.isEmpty() ? "ClusterRoleBinding" : "RoleBinding";
    }

    /** As the server words it in a reason. */
    String described(Subject subject) {
        return kind() + " " + GoText.quoted(namespace.isEmpty() ? name : name + "/" + namespace) + " of " + roleKind
                + " " + GoText.quoted(roleName) + " to " + subject.described(namespace);
    }

    /** How the server says that the role does not exist. */
    String missingRole() {
        return roleKind.toLowerCase(java.util.Locale.ROOT) + ".rbac.authorization.k8s.io " + GoText.quoted(roleName)
                + " not found";
    }
}
