package dev.holdfast.access.paths;

import dev.holdfast.access.paths.State.ClusterAdmin;
import dev.holdfast.access.paths.Step.Need;
import dev.holdfast.access.rbac.Binding;
import dev.holdfast.access.rbac.Request;
import dev.holdfast.access.rbac.Role;
import dev.holdfast.access.rbac.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Ways by roles: to bind one needs {@code bind} on the role beside the right to write bindings, to change one {@code escalate} beside the right to
 * write it.
 */
final class RoleWays {
    private static final String RBAC = "rbac.authorization.k8s.io";

    private final Ways ways;

    RoleWays(Ways ways) {
        this.ways = ways;
    }

    void binding() {
        for (String scope : ways.rights.scopes()) {
            String resource = scope.isEmpty() ? "clusterrolebindings" : "rolebindings";
            Optional<Need> create =
                    ways.rights.may(Request.of("create", RBAC, resource).in(scope));
            create.ifPresent(need -> bindingAs(scope, need));
            for (Binding binding : ways.cluster.bindings()) {
                if (create.isEmpty() && binding.namespace().equals(scope)) {
                    changing(binding, resource);
                }
            }
        }
    }

    private void bindingAs(String scope, Need create) {
        for (Role role : ways.cluster.roles()) {
            boolean isUsable = role.namespace().isEmpty() || role.namespace().equals(scope);
            if (isUsable && !holds(role, scope)) {
                mayBind(role, scope).ifPresent(bind -> reach(role, scope, Technique.BIND, List.of(create, bind)));
            }
        }
    }

    private void changing(Binding binding, String resource) {
        Optional<Need> write = ways.rights
                .mayAny(Ways.WRITES, RBAC, resource, binding.namespace())
                .or(() -> ways.named(Ways.WRITES, RBAC, resource, binding.namespace(), binding.name()));
        Optional<Role> role = ways.cluster.role(binding);
        if (write.isPresent() && role.isPresent() && !holds(role.get(), binding.namespace())) {
            mayBind(role.get(), binding.namespace())
                    .ifPresent(
                            bind -> reach(role.get(), binding.namespace(), Technique.BIND, List.of(write.get(), bind)));
        }
    }

    private Optional<Need> mayBind(Role role, String scope) {
        String resource = role.namespace().isEmpty() ? "clusterroles" : "roles";
        return ways.rights.may(Request.of("bind", RBAC, resource).in(scope).named(role.name()));
    }

    private boolean holds(Role role, String scope) {
        return role.name().equals(ways.from.roleName()) && scope.equals(ways.from.roleScope())
                || ways.rights.grants().stream()
                        .anyMatch(grant -> grant.role().name().equals(role.name())
                                && grant.role().namespace().equals(role.namespace())
                                && grant.namespace().equals(scope));
    }

    /** With everything in the whole cluster one is there; with less one goes on with a role more. */
    private void reach(Role role, String scope, Technique technique, List<Need> needs) {
        boolean isEverything = role.rules().stream().anyMatch(Rule::isEverything);
        if (isEverything && scope.isEmpty()) {
            ways.step(new ClusterAdmin(), technique, needs, "");
        } else if (ways.from.roleName().isEmpty()) {
            ways.step(ways.from.with(role.name(), role.namespace(), scope), technique, needs, "");
        }
    }

    /** Writing rights into a role that one is bound to; or into a new one, and binding that. */
    void escalating() {
        for (var grant : List.copyOf(ways.rights.grants())) {
            Role role = grant.role();
            String resource = role.namespace().isEmpty() ? "clusterroles" : "roles";
            Optional<Need> escalate = ways.named(List.of("escalate"), RBAC, resource, role.namespace(), role.name());
            Optional<Need> write = ways.named(Ways.WRITES, RBAC, resource, role.namespace(), role.name());
            if (escalate.isPresent() && write.isPresent() && isFirst(grant)) {
                everything(grant.namespace(), Technique.ESCALATE, List.of(write.get(), escalate.get()));
            }
        }
        for (String scope : ways.rights.scopes()) {
            String roles = scope.isEmpty() ? "clusterroles" : "roles";
            String bindings = scope.isEmpty() ? "clusterrolebindings" : "rolebindings";
            List<Need> needs = new ArrayList<>();
            ways.rights.may(Request.of("create", RBAC, roles).in(scope)).ifPresent(needs::add);
            ways.rights.may(Request.of("escalate", RBAC, roles).in(scope)).ifPresent(needs::add);
            ways.rights.may(Request.of("create", RBAC, bindings).in(scope)).ifPresent(needs::add);
            ways.rights.may(Request.of("bind", RBAC, roles).in(scope)).ifPresent(needs::add);
            if (needs.size() == 4) {
                everything(scope, Technique.ESCALATE, needs);
            }
        }
    }

    /** One step for each role and scope, not one for each of its rules. */
    private boolean isFirst(dev.holdfast.access.rbac.Grant grant) {
        for (var other : ways.rights.grants()) {
            if (other.role().name().equals(grant.role().name())
                    && other.role().namespace().equals(grant.role().namespace())
                    && other.namespace().equals(grant.namespace())) {
                return other.equals(grant);
            }
        }
        return false;
    }

    private void everything(String scope, Technique technique, List<Need> needs) {
        if (scope.isEmpty()) {
            ways.step(new ClusterAdmin(), technique, needs, "");
        } else if (!ways.from.roleName().equals("cluster-admin")) {
            ways.step(ways.from.with("cluster-admin", "", scope), technique, needs, "");
        }
    }
}
