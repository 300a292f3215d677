package dev.holdfast.access.rbac;

import dev.holdfast.core.text.GoText;
import java.util.List;
import java.util.Optional;

/**
 * What the server says to somebody who wants to create a role or a binding. Beside the right to create, they must hold every right that they
 * give: through the role that they write, or the one that they bind. The verbs {@code escalate} and {@code bind} on the role lift that.
 */
public final class WriteReview {
    private static final String GROUP = "rbac.authorization.k8s.io";
    private static final List<Rule> FULL_AUTHORITY = Role.CLUSTER_ADMIN.rules();

    private final Cluster cluster;
    private final Authorizer authorizer;

    /**
     * The server's answer.
     *
     * @param code the HTTP status: 201, 403, 404 or 422
     * @param message its words; empty with 201
     */
    public record Outcome(int code, String message) {
        static final Outcome CREATED = new Outcome(201, "");

        public boolean isCreated() {
            return code == CREATED.code;
        }
    }

    public WriteReview(Cluster cluster) {
        this.cluster = cluster;
        this.authorizer = new Authorizer(cluster);
    }

    /** Creating a Role or ClusterRole. */
    public Outcome creating(Role role, Requester requester) {
        String resource = role.namespace().isEmpty() ? "clusterroles" : "roles";
        Target target = new Target(resource, role.namespace(), role.name(), requester);
        Optional<Outcome> refused = target.refusedToCreate();
        if (refused.isPresent()) {
            return refused.get();
        }
        if (requester.isMaster() || target.may("escalate")) {
            return Outcome.CREATED;
        }
        Outcome outcome = target.granting(role.rules());
        if (outcome.isCreated()
                && role.aggregation().isPresent()
                && !target.granting(FULL_AUTHORITY).isCreated()) {
            return target.forbidden("must have cluster-admin privileges to use the aggregationRule");
        }
        return outcome;
    }

    /** Creating a RoleBinding or ClusterRoleBinding. */
    public Outcome creating(Binding binding, Requester requester) {
        String resource = binding.namespace().isEmpty() ? "clusterrolebindings" : "rolebindings";
        Target target = new Target(resource, binding.namespace(), binding.name(), requester);
        Optional<Outcome> refused = target.refusedToCreate();
        if (refused.isPresent()) {
            return refused.get();
        }
        if (requester.isMaster() || target.mayBind(binding)) {
            return Outcome.CREATED;
        }
        Optional<Role> role = cluster.role(binding);
        return role.isPresent()
                ? target.granting(role.get().rules())
                : new Outcome(404, resource + "." + GROUP + " " + GoText.quoted(binding.roleName()) + " not found");
    }

    /** What is written, and by whom. */
    private final class Target {
        private final String resource;
        private final String namespace;
        private final String name;
        private final Requester requester;

        private Target(String resource, String namespace, String name, Requester requester) {
            this.resource = resource;
            this.namespace = namespace;
            this.name = name;
            this.requester = requester;
        }

        private Optional<Outcome> refusedToCreate() {
            Request.OnResource request = new Request.OnResource("create", GROUP, resource, "", namespace, "");
            Answer answer = authorizer.answer(requester, request);
            return answer.isAllowed()
                    ? Optional.empty()
                    : Optional.of(new Outcome(
                            403, resource + "." + GROUP + " is forbidden: " + refusal(requester, request, answer)));
        }

        /** Escalation is asked for without a name: a role that does not exist yet has none in its URL. */
        private boolean may(String verb) {
            return authorizer
                    .answer(requester, new Request.OnResource(verb, GROUP, resource, "", namespace, ""))
                    .isAllowed();
        }

        private boolean mayBind(Binding binding) {
            String roles = binding.roleKind().equals("Role") ? "roles" : "clusterroles";
            return authorizer
                    .answer(requester, new Request.OnResource("bind", GROUP, roles, "", namespace, binding.roleName()))
                    .isAllowed();
        }

        private Outcome granting(List<Rule> wanted) {
            List<Rule> held = authorizer.rights(requester, namespace).stream()
                    .map(Grant::rule)
                    .toList();
            List<String> missing = RuleCover.missing(held, wanted);
            if (missing.isEmpty()) {
                return Outcome.CREATED;
            }
            List<Binding> unresolved = authorizer.missing(requester, namespace);
            return forbidden("user " + GoText.quoted(requester.user()) + " (groups=" + GoText.quoted(requester.groups())
                    + ") is attempting to grant RBAC permissions not currently held:\n" + String.join("\n", missing)
                    + (unresolved.isEmpty() ? "" : "; resolution errors: " + Authorizer.notFound(unresolved)));
        }

        private Outcome forbidden(String why) {
            return new Outcome(403, resource + "." + GROUP + " " + GoText.quoted(name) + " is forbidden: " + why);
        }
    }

    /** How the server words that somebody may not do something. */
    static String refusal(Requester requester, Request.OnResource request, Answer answer) {
        String where = request.namespace().isEmpty()
                ? " at the cluster scope"
                : " in the namespace " + GoText.quoted(request.namespace());
        return "User " + GoText.quoted(requester.user()) + " cannot " + request.verb() + " resource "
                + GoText.quoted(request.resourcePath()) + " in API group " + GoText.quoted(request.apiGroup()) + where
                + (answer.reason().isEmpty() ? "" : ": " + answer.reason());
    }
}
