package dev.holdfast.access.rbac;

import dev.holdfast.manifest.kubernetes.LabelSelector;
import dev.holdfast.manifest.kubernetes.Origin;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Role, or a ClusterRole.
 *
 * @param namespace empty for a ClusterRole
 * @param rules as written
 * @param aggregation which other ClusterRoles it is made of; the server's controller then replaces the rules
 * @param isFromServer whether it was read from a running server, whose controller has already written the rules
 */
public record Role(
        String namespace,
        String name,
        Map<String, String> labels,
        List<Rule> rules,
        Optional<List<LabelSelector>> aggregation,
        boolean isFromServer,
        Origin origin) {
    /** What every server has: everything, for everybody whom it is bound to. */
    static final Role CLUSTER_ADMIN = new Role(
            "",
            "cluster-admin",
            Map.of(),
            List.of(
                    new Rule(
                            List.of("*"),
                            List.of("*"),
                            List.of("*"),
                            List.of(),
                            List.of(),
                            "cluster-admin",
                            Origin.BUILT_IN),
                    new Rule(
                            List.of("*"),
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of("*"),
                            "cluster-admin",
                            Origin.BUILT_IN)),
            Optional.empty(),
            false,
            Origin.BUILT_IN);

    public Role {
        labels = Map.copyOf(labels);
        rules = List.copyOf(rules);
    }

    public String kind() {
        return namespace.isEmpty() ? "ClusterRole" : "Role";
    }

    Role withRules(List<Rule> other) {
        return new Role(namespace, name, labels, other, aggregation, isFromServer, origin);
    }

    /** Whether the server itself keeps it as it is: a change would be undone at its next start. */
    public boolean isKeptByServer() {
        return "rbac-defaults".equals(labels.get("kubernetes.io/bootstrapping")) || origin.equals(Origin.BUILT_IN);
    }
}
