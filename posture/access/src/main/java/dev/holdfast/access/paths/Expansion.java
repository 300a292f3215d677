package dev.holdfast.access.paths;

import dev.holdfast.access.paths.State.AnyAccount;
import dev.holdfast.access.paths.State.AnyUser;
import dev.holdfast.access.paths.State.As;
import dev.holdfast.access.paths.State.ClusterAdmin;
import dev.holdfast.access.paths.State.NodeRoot;
import dev.holdfast.access.paths.State.PodAccount;
import dev.holdfast.access.paths.State.SecretAccount;
import dev.holdfast.access.paths.Step.Need;
import dev.holdfast.access.rbac.Binding;
import dev.holdfast.access.rbac.Cluster;
import dev.holdfast.access.rbac.Request;
import dev.holdfast.access.rbac.Requester;
import dev.holdfast.access.rbac.Role;
import dev.holdfast.access.rbac.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The steps that lead out of an identity. Each method is one way that is known from practice, with the exact rights that the server asks for:
 *
 * <ul>
 *   <li>a binding needs {@code bind} on the role beside the right to write bindings, a role {@code escalate} beside the right to write it;
 *   <li>a group can only be impersonated together with a user or service account;
 *   <li>a stream into a pod needs {@code create}; {@code get} alone opens none;
 *   <li>approving a client certificate needs {@code approve} on the signer, {@code update} on the approval, and a request to approve; the
 *       server refuses certificates of {@code system:masters}.
 * </ul>
 */
final class Expansion {
    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final String ADMISSION = "admissionregistration.k8s.io";
    private static final String CERTIFICATES = "certificates.k8s.io";
    private static final List<String> WRITES = List.of("update", "patch");
    private static final List<String> MAKES = List.of("create", "update", "patch");
    private static final List<String> READS = List.of("get", "list", "watch");

    /** Kinds whose objects hold a pod template: group, resource. */
    private static final List<List<String>> WORKLOADS = List.of(
            List.of("apps", "deployments"),
            List.of("apps", "daemonsets"),
            List.of("apps", "statefulsets"),
            List.of("apps", "replicasets"),
            List.of("", "replicationcontrollers"),
            List.of("batch", "jobs"),
            List.of("batch", "cronjobs"));

    /** Kinds of widespread controllers that start pods, or apply any object, for their author: group, resource. */
    private static final List<List<String>> CUSTOM_WORKLOADS = List.of(
            List.of("argoproj.io", "workflows"),
            List.of("argoproj.io", "cronworkflows"),
            List.of("argoproj.io", "rollouts"),
            List.of("tekton.dev", "pipelineruns"),
            List.of("tekton.dev", "taskruns"),
            List.of("serving.knative.dev", "services"),
            List.of("kustomize.toolkit.fluxcd.io", "kustomizations"),
            List.of("helm.toolkit.fluxcd.io", "helmreleases"));

    private final Cluster cluster;
    private final As from;
    private final Rights rights;
    private final List<Step> steps = new ArrayList<>();

    Expansion(Cluster cluster, As from, Rights rights) {
        this.cluster = cluster;
        this.from = from;
        this.rights = rights;
    }

    List<Step> steps() {
        if (isAdministrator()) {
            return steps;
        }
        binding();
        escalating();
        impersonating();
        for (String scope : rights.scopes()) {
            pods(scope);
            runningPods(scope);
            secrets(scope);
            tokens(scope);
        }
        nodes();
        webhooks();
        certificates();
        awsAuth();
        return steps;
    }

    private boolean isAdministrator() {
        if (from.who().groups().contains("system:masters")) {
            step(new ClusterAdmin(), Technique.MASTERS, List.of(), "");
            return true;
        }
        Request.OnResource everything = new Request.OnResource("*", "*", "*", "", "", "");
        Optional<Need> need = rights.may(everything);
        need.filter(found -> found.grant().rule().isEverything())
                .ifPresent(found -> step(new ClusterAdmin(), Technique.HELD, List.of(found), ""));
        return !steps.isEmpty();
    }

    private void step(State to, Technique technique, List<Need> needs, String condition) {
        steps.add(new Step(from, to, technique, needs, condition));
    }

    /** A namespace's steps lead to what the whole cluster's lead to as well, so what is held everywhere is not told again for each. */
    private boolean isHeldEverywhere(String scope, Need need) {
        return !scope.isEmpty() && need.grant().namespace().isEmpty();
    }

    private void binding() {
        for (String scope : rights.scopes()) {
            String resource = scope.isEmpty() ? "clusterrolebindings" : "rolebindings";
            Optional<Need> create =
                    rights.may(Request.of("create", RBAC, resource).in(scope));
            create.ifPresent(need -> bindingAs(scope, need));
            for (Binding binding : cluster.bindings()) {
                if (create.isEmpty() && binding.namespace().equals(scope)) {
                    changing(binding, resource);
                }
            }
        }
    }

    private void bindingAs(String scope, Need create) {
        for (Role role : cluster.roles()) {
            boolean isUsable = role.namespace().isEmpty() || role.namespace().equals(scope);
            if (isUsable && !holds(role, scope)) {
                mayBind(role, scope).ifPresent(bind -> reach(role, scope, Technique.BIND, List.of(create, bind)));
            }
        }
    }

    private void changing(Binding binding, String resource) {
        Optional<Need> write = rights.mayAny(WRITES, RBAC, resource, binding.namespace())
                .or(() -> named(WRITES, RBAC, resource, binding.namespace(), binding.name()));
        Optional<Role> role = cluster.role(binding);
        if (write.isPresent() && role.isPresent() && !holds(role.get(), binding.namespace())) {
            mayBind(role.get(), binding.namespace())
                    .ifPresent(
                            bind -> reach(role.get(), binding.namespace(), Technique.BIND, List.of(write.get(), bind)));
        }
    }

    private Optional<Need> named(List<String> verbs, String group, String resource, String namespace, String name) {
        for (String verb : verbs) {
            Optional<Need> need =
                    rights.may(Request.of(verb, group, resource).in(namespace).named(name));
            if (need.isPresent()) {
                return need;
            }
        }
        return Optional.empty();
    }

    private Optional<Need> mayBind(Role role, String scope) {
        String resource = role.namespace().isEmpty() ? "clusterroles" : "roles";
        return rights.may(Request.of("bind", RBAC, resource).in(scope).named(role.name()));
    }

    private boolean holds(Role role, String scope) {
        return role.name().equals(from.roleName()) && scope.equals(from.roleScope())
                || rights.grants().stream()
                        .anyMatch(grant -> grant.role().name().equals(role.name())
                                && grant.role().namespace().equals(role.namespace())
                                && grant.namespace().equals(scope));
    }

    /** With everything in the whole cluster one is there; with less one goes on with a role more. */
    private void reach(Role role, String scope, Technique technique, List<Need> needs) {
        boolean isEverything = role.rules().stream().anyMatch(Rule::isEverything);
        if (isEverything && scope.isEmpty()) {
            step(new ClusterAdmin(), technique, needs, "");
        } else if (from.roleName().isEmpty()) {
            step(from.with(role.name(), role.namespace(), scope), technique, needs, "");
        }
    }

    /** Writing rights into a role that one is bound to; or into a new one, and binding that. */
    private void escalating() {
        for (var grant : List.copyOf(rights.grants())) {
            Role role = grant.role();
            String resource = role.namespace().isEmpty() ? "clusterroles" : "roles";
            Optional<Need> escalate = named(List.of("escalate"), RBAC, resource, role.namespace(), role.name());
            Optional<Need> write = named(WRITES, RBAC, resource, role.namespace(), role.name());
            if (escalate.isPresent() && write.isPresent() && isFirst(grant)) {
                everything(grant.namespace(), Technique.ESCALATE, List.of(write.get(), escalate.get()));
            }
        }
        for (String scope : rights.scopes()) {
            String roles = scope.isEmpty() ? "clusterroles" : "roles";
            String bindings = scope.isEmpty() ? "clusterrolebindings" : "rolebindings";
            List<Need> needs = new ArrayList<>();
            rights.may(Request.of("create", RBAC, roles).in(scope)).ifPresent(needs::add);
            rights.may(Request.of("escalate", RBAC, roles).in(scope)).ifPresent(needs::add);
            rights.may(Request.of("create", RBAC, bindings).in(scope)).ifPresent(needs::add);
            rights.may(Request.of("bind", RBAC, roles).in(scope)).ifPresent(needs::add);
            if (needs.size() == 4) {
                everything(scope, Technique.ESCALATE, needs);
            }
        }
    }

    /** One step for each role and scope, not one for each of its rules. */
    private boolean isFirst(dev.holdfast.access.rbac.Grant grant) {
        for (var other : rights.grants()) {
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
            step(new ClusterAdmin(), technique, needs, "");
        } else if (!from.roleName().equals("cluster-admin")) {
            step(from.with("cluster-admin", "", scope), technique, needs, "");
        }
    }

    private void impersonating() {
        Optional<Need> users = rights.may(Request.of("impersonate", "", "users"));
        List<Need> namedUsers =
                users.isPresent() ? List.of() : rights.mayNamed(List.of("impersonate"), "", "users", "");
        users.ifPresent(need -> step(new AnyUser(), Technique.IMPERSONATE, List.of(need), ""));
        for (Need need : namedUsers) {
            step(As.of(Requester.ofUser(need.request().name())), Technique.IMPERSONATE, List.of(need), "");
        }
        Optional<Need> anybody = users.or(() -> namedUsers.stream().findFirst());
        for (String scope : rights.scopes()) {
            Optional<Need> accounts = rights.may(
                            Request.of("impersonate", "", "serviceaccounts").in(scope))
                    .filter(need -> !isHeldEverywhere(scope, need));
            accounts.ifPresent(need -> step(new AnyAccount(scope), Technique.IMPERSONATE, List.of(need), ""));
            accounts(
                    scope,
                    Technique.IMPERSONATE,
                    rights.mayNamed(List.of("impersonate"), "", "serviceaccounts", scope));
            anybody = anybody.or(() -> accounts);
        }
        anybody.ifPresent(this::impersonatingGroups);
    }

    private void impersonatingGroups(Need somebody) {
        for (String group : groups()) {
            Optional<Need> need =
                    rights.may(Request.of("impersonate", "", "groups").named(group));
            if (need.isPresent()) {
                State to = group.equals("system:masters") ? new ClusterAdmin() : As.of(Requester.ofGroup(group));
                step(to, Technique.IMPERSONATE, List.of(somebody, need.get()), "");
            }
        }
    }

    private List<String> groups() {
        List<String> groups = new ArrayList<>(List.of("system:masters"));
        for (Binding binding : cluster.bindings()) {
            binding.subjects().stream()
                    .filter(subject -> subject.kind().equals("Group") && !groups.contains(subject.name()))
                    .forEach(subject -> groups.add(subject.name()));
        }
        return groups;
    }

    /** Single service accounts of a namespace, or of each when the right holds in the whole cluster. */
    private void accounts(String scope, Technique technique, List<Need> needs) {
        for (Need need : needs) {
            cluster.accounts().forEach((namespace, names) -> {
                if ((scope.isEmpty() || scope.equals(namespace))
                        && names.contains(need.request().name())
                        && !isHeldEverywhere(scope, need)) {
                    step(
                            As.of(Requester.ofServiceAccount(
                                    namespace, need.request().name())),
                            technique,
                            List.of(need),
                            "");
                }
            });
        }
    }

    private void pods(String scope) {
        Optional<Need> create =
                rights.may(Request.of("create", "", "pods").in(scope)).filter(need -> !isHeldEverywhere(scope, need));
        create.ifPresent(need -> starting(scope, Technique.CREATE_POD, need, ""));
        for (List<String> kind : WORKLOADS) {
            rights.may(Request.of("create", kind.get(0), kind.get(1)).in(scope))
                    .filter(need -> !isHeldEverywhere(scope, need))
                    .ifPresent(need -> starting(scope, Technique.CREATE_POD, need, ""));
            rights.mayAny(WRITES, kind.get(0), kind.get(1), scope)
                    .or(() -> rights.mayNamed(WRITES, kind.get(0), kind.get(1), scope).stream()
                            .findFirst())
                    .filter(need -> !isHeldEverywhere(scope, need))
                    .ifPresent(need ->
                            starting(scope, Technique.CHANGE_WORKLOAD, need, "there is such an object to change"));
        }
        for (List<String> kind : CUSTOM_WORKLOADS) {
            rights.mayAny(MAKES, kind.get(0), kind.get(1), scope)
                    .filter(need -> !isHeldEverywhere(scope, need))
                    .ifPresent(need -> step(
                            new AnyAccount(scope),
                            Technique.CUSTOM_WORKLOAD,
                            List.of(need),
                            "the controller of " + kind.get(1) + "." + kind.get(0) + " runs there"));
        }
    }

    private void starting(String scope, Technique technique, Need need, String condition) {
        step(new AnyAccount(scope), technique, List.of(need), condition);
        String and = condition.isEmpty() ? "" : condition + ", and ";
        if (!isProtected(scope)) {
            step(
                    new NodeRoot(),
                    Technique.PRIVILEGED_POD,
                    List.of(need),
                    and + "no other admission control forbids it");
            return;
        }
        rights.mayAny(WRITES, "", "namespaces", scope)
                .or(() -> named(WRITES, "", "namespaces", scope, scope))
                .ifPresent(label -> step(
                        new NodeRoot(),
                        Technique.LIFT_POD_SECURITY,
                        List.of(need, label),
                        and + "no other admission control forbids it"));
        rights.may(Request.of("create", "", "persistentvolumes"))
                .ifPresent(volume -> step(
                        new NodeRoot(),
                        Technique.HOST_VOLUME,
                        List.of(need, volume),
                        and + "no other admission control forbids it"));
    }

    /** Whether Pod Security keeps privileged pods out of a namespace. */
    private boolean isProtected(String namespace) {
        String level = cluster.namespaces()
                .getOrDefault(namespace, java.util.Map.of())
                .getOrDefault("pod-security.kubernetes.io/enforce", "privileged");
        return level.equals("baseline") || level.equals("restricted");
    }

    private void runningPods(String scope) {
        running(scope, Technique.EXEC, rights.mayAny(List.of("create"), "", "pods/exec", scope), "");
        running(
                scope,
                Technique.ATTACH,
                rights.mayAny(List.of("create"), "", "pods/attach", scope),
                "the process does what it is told on its input");
        running(scope, Technique.EPHEMERAL_CONTAINER, rights.mayAny(WRITES, "", "pods/ephemeralcontainers", scope), "");
        running(scope, Technique.CHANGE_POD, rights.mayAny(WRITES, "", "pods", scope), "");
        for (Need need : rights.mayNamed(List.of("create"), "", "pods/exec", scope)) {
            running(
                    scope,
                    Technique.EXEC,
                    Optional.of(need),
                    "the pod " + need.request().name() + " runs as it");
        }
    }

    private void running(String scope, Technique technique, Optional<Need> need, String condition) {
        need.filter(found -> !isHeldEverywhere(scope, found))
                .ifPresent(found -> step(new PodAccount(scope), technique, List.of(found), condition));
    }

    private void secrets(String scope) {
        Optional<Need> read = rights.mayAny(READS, "", "secrets", scope).filter(need -> !isHeldEverywhere(scope, need));
        Optional<Need> create = rights.may(Request.of("create", "", "secrets").in(scope));
        if (read.isPresent() && create.isPresent()) {
            step(new AnyAccount(scope), Technique.MAKE_TOKEN_SECRET, List.of(create.get(), read.get()), "");
        }
        read.ifPresent(need -> step(new SecretAccount(scope), Technique.READ_SECRETS, List.of(need), ""));
        for (Need need : rights.mayNamed(READS, "", "secrets", scope)) {
            cluster.accountOfSecret(scope, need.request().name())
                    .ifPresent(account -> step(
                            As.of(Requester.ofServiceAccount(scope, account)),
                            Technique.READ_SECRETS,
                            List.of(need),
                            ""));
        }
    }

    private void tokens(String scope) {
        Optional<Need> create = rights.may(
                        Request.of("create", "", "serviceaccounts/token").in(scope))
                .filter(need -> !isHeldEverywhere(scope, need));
        create.ifPresent(need -> step(new AnyAccount(scope), Technique.REQUEST_TOKEN, List.of(need), ""));
        if (create.isEmpty()) {
            accounts(
                    scope,
                    Technique.REQUEST_TOKEN,
                    rights.mayNamed(List.of("create"), "", "serviceaccounts/token", scope));
        }
    }

    private void nodes() {
        Optional<Need> create = rights.mayAny(List.of("create"), "", "nodes/proxy", "")
                .or(() -> rights.mayNamed(List.of("create"), "", "nodes/proxy", "").stream()
                        .findFirst());
        Optional<Need> get = rights.mayAny(List.of("get"), "", "nodes/proxy", "")
                .or(() -> rights.mayNamed(List.of("get"), "", "nodes/proxy", "").stream()
                        .findFirst());
        create.ifPresent(need -> step(new PodAccount(""), Technique.NODE_PROXY, List.of(need), ""));
        get.ifPresent(need ->
                step(new PodAccount(""), Technique.NODE_PROXY, List.of(need), "the kubelet's own port can be reached"));
    }

    private void webhooks() {
        String others = "somebody with more rights writes an object meanwhile";
        mutating("mutatingwebhookconfigurations")
                .ifPresent(need -> step(new ClusterAdmin(), Technique.MUTATING_WEBHOOK, List.of(need), others));
        Optional<Need> policy = mutating("mutatingadmissionpolicies");
        Optional<Need> binding = mutating("mutatingadmissionpolicybindings");
        if (policy.isPresent() && binding.isPresent()) {
            step(new ClusterAdmin(), Technique.MUTATING_WEBHOOK, List.of(policy.get(), binding.get()), others);
        }
        mutating("validatingwebhookconfigurations")
                .ifPresent(need -> step(
                        new SecretAccount(""),
                        Technique.VALIDATING_WEBHOOK,
                        List.of(need),
                        "a Secret with a token is written meanwhile"));
    }

    private Optional<Need> mutating(String resource) {
        return rights.mayAny(MAKES, ADMISSION, resource, "")
                .or(() -> rights.mayNamed(WRITES, ADMISSION, resource, "").stream()
                        .findFirst());
    }

    private void certificates() {
        List<Need> needs = new ArrayList<>();
        rights.may(Request.of("create", CERTIFICATES, "certificatesigningrequests"))
                .ifPresent(needs::add);
        rights.mayAny(WRITES, CERTIFICATES, "certificatesigningrequests/approval", "")
                .ifPresent(needs::add);
        rights.may(Request.of("approve", CERTIFICATES, "signers").named("kubernetes.io/kube-apiserver-client"))
                .or(() -> rights.may(
                        Request.of("approve", CERTIFICATES, "signers").named("kubernetes.io/*")))
                .ifPresent(needs::add);
        if (needs.size() == 3) {
            step(new AnyUser(), Technique.APPROVE_CERTIFICATE, needs, "");
        }
    }

    private void awsAuth() {
        String system = "kube-system";
        named(WRITES, "", "configmaps", system, "aws-auth")
                .ifPresent(need -> step(
                        new ClusterAdmin(),
                        Technique.AWS_AUTH,
                        List.of(need),
                        "the cluster is Amazon EKS and reads the aws-auth map"));
    }
}
