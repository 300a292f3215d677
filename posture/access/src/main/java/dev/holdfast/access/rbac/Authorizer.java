package dev.holdfast.access.rbac;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides as the API server's RBAC authorizer does, behind its rule that {@code system:masters} may do everything. It asks the
 * ClusterRoleBindings first, then the RoleBindings of the request's namespace; the first rule that allows the request ends the search there,
 * while here all are told. There are no denying rules.
 */
public final class Authorizer {
    private final Cluster cluster;

    public Authorizer(Cluster cluster) {
        this.cluster = cluster;
    }

    /** What a running server answers. */
    public Answer answer(Requester requester, Request request) {
        List<Grant> grants = new ArrayList<>();
        List<Binding> missing = new ArrayList<>();
        for (Cluster.Held held : inForce(requester, request.namespaceName())) {
            cluster.role(held.binding())
                    .ifPresentOrElse(role -> collect(held, role, request, grants), () -> missing.add(held.binding()));
        }
        boolean isAllowed = requester.isMaster() || !grants.isEmpty();
        return new Answer(isAllowed, reason(requester, grants, missing), grants, missing);
    }

    private static void collect(Cluster.Held held, Role role, Request request, List<Grant> grants) {
        for (Rule rule : role.rules()) {
            if (rule.allows(request)) {
                grants.add(new Grant(held.binding(), held.subject(), role, rule));
                return;
            }
        }
    }

    private static String reason(Requester requester, List<Grant> grants, List<Binding> missing) {
        if (requester.isMaster()) {
            return "";
        }
        if (!grants.isEmpty()) {
            Grant first = grants.getFirst();
            return "RBAC: allowed by " + first.binding().described(first.subject());
        }
        return missing.isEmpty() ? "" : "rbac: RBAC: " + notFound(missing);
    }

    /** Several errors as the server joins them: each once. */
    static String notFound(List<Binding> missing) {
        Set<String> messages = new LinkedHashSet<>();
        missing.forEach(binding -> messages.add(binding.missingRole()));
        return messages.size() == 1 ? messages.iterator().next() : "[" + String.join(", ", messages) + "]";
    }

    /**
     * All that somebody holds in a namespace, with what they hold in the whole cluster; only the latter when it is empty. As a
     * SelfSubjectRulesReview lists it.
     */
    public List<Grant> rights(Requester requester, String namespace) {
        List<Grant> grants = new ArrayList<>();
        for (Cluster.Held held : inForce(requester, namespace)) {
            cluster.role(held.binding())
                    .ifPresent(role -> role.rules()
                            .forEach(rule -> grants.add(new Grant(held.binding(), held.subject(), role, rule))));
        }
        return grants;
    }

    /** All that somebody holds anywhere. */
    public List<Grant> rightsAnywhere(Requester requester) {
        List<Grant> grants = new ArrayList<>();
        for (Cluster.Held held : cluster.held(requester)) {
            cluster.role(held.binding())
                    .ifPresent(role -> role.rules()
                            .forEach(rule -> grants.add(new Grant(held.binding(), held.subject(), role, rule))));
        }
        return grants;
    }

    /** The requester's bindings whose role was not given, in a namespace and in the whole cluster. */
    public List<Binding> missing(Requester requester, String namespace) {
        return inForce(requester, namespace).stream()
                .map(Cluster.Held::binding)
                .filter(binding -> cluster.role(binding).isEmpty())
                .toList();
    }

    /** The requester's bindings whose role was not given, wherever they hold. */
    public List<Binding> missingAnywhere(Requester requester) {
        return cluster.held(requester).stream()
                .map(Cluster.Held::binding)
                .filter(binding -> cluster.role(binding).isEmpty())
                .toList();
    }

    private List<Cluster.Held> inForce(Requester requester, String namespace) {
        List<Cluster.Held> inForce = new ArrayList<>();
        for (Cluster.Held held : cluster.held(requester)) {
            String home = held.binding().namespace();
            if (home.isEmpty() || home.equals(namespace)) {
                inForce.add(held);
            }
        }
        return inForce;
    }
}
