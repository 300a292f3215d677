package dev.holdfast.check.kubernetes;

import static dev.holdfast.core.Severity.CRITICAL;
import static dev.holdfast.core.Severity.HIGH;
import static dev.holdfast.core.Severity.LOW;
import static dev.holdfast.core.Severity.MEDIUM;
import static dev.holdfast.manifest.InputKind.KUBERNETES;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Rule;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.kubernetes.KubernetesObject;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rights that lead further than they look, as far as one role or binding shows it. Who can do what in the whole is another question. */
final class Roles implements ObjectCheck {
    private static final Rule CLUSTER_ADMIN = rule(
            "cluster-admin-binding", CRITICAL, "makes somebody cluster-admin", "that is every right over every object");
    private static final Rule ANONYMOUS =
            rule("anonymous-bound", CRITICAL, "gives rights to everybody", "who reaches the server has them, unnamed");
    private static final Rule AUTHENTICATED = rule(
            "authenticated-group-bound",
            HIGH,
            "gives rights to everybody who is signed in",
            "every service account of every namespace is among them");
    private static final Rule MASTERS = rule(
            "system-masters-group",
            CRITICAL,
            "binds the group that stands above all rules",
            "its members pass authorization whatever is bound, and cannot be revoked");
    private static final Rule DEFAULT_ACCOUNT = rule(
            "default-sa-bound",
            MEDIUM,
            "gives rights to a default service account",
            "every pod of the namespace that names no account has them");

    private record Grant(Rule rule, List<String> groups, List<String> resources, List<String> verbs) {}

    private static final Rule WILDCARD_ALL =
            rule("wildcard-all", CRITICAL, "grants everything", "that is every right over every object");
    private static final Rule WILDCARD_VERBS = rule(
            "wildcard-verbs",
            HIGH,
            "grants every verb",
            "verbs that lead further (escalate, bind, impersonate, deletecollection) are among them");
    private static final Rule WILDCARD_RESOURCES = rule(
            "wildcard-resources",
            HIGH,
            "grants every resource",
            "Secrets, and whatever kinds are added later, are among them");
    private static final Rule READ_SECRETS = rule(
            "read-secrets",
            MEDIUM,
            "reads Secrets",
            "to get one is to have its value, and to list or watch them is to have all");

    /** In the order in which a rule is told as one of them. */
    private static final List<Grant> GRANTS = List.of(
            new Grant(
                    rule(
                            "escalate-verb",
                            CRITICAL,
                            "may write roles beyond its own rights",
                            "it can grant itself everything"),
                    List.of("rbac.authorization.k8s.io"),
                    List.of("roles", "clusterroles"),
                    List.of("escalate")),
            new Grant(
                    rule(
                            "bind-verb",
                            CRITICAL,
                            "may bind roles beyond its own rights",
                            "it can make itself cluster-admin"),
                    List.of("rbac.authorization.k8s.io"),
                    List.of("roles", "clusterroles"),
                    List.of("bind")),
            new Grant(
                    rule(
                            "impersonate-verb",
                            CRITICAL,
                            "may act as somebody else",
                            "it has the rights of whomever it names"),
                    List.of("", "authentication.k8s.io"),
                    List.of("users", "groups", "serviceaccounts"),
                    List.of("impersonate")),
            new Grant(
                    rule(
                            "nodes-proxy",
                            CRITICAL,
                            "may talk to the kubelets",
                            "a kubelet runs commands in any pod of its node, and the audit does not see it"),
                    List.of(""),
                    List.of("nodes/proxy"),
                    List.of("get", "create")),
            new Grant(
                    rule(
                            "csr-approve",
                            CRITICAL,
                            "may approve certificates",
                            "a certificate can name any user or group"),
                    List.of("certificates.k8s.io"),
                    List.of("certificatesigningrequests/approval"),
                    List.of("update", "patch")),
            new Grant(
                    rule(
                            "manage-rbac-objects",
                            HIGH,
                            "may write bindings",
                            "it can hand its own rights on, and with bind or escalate everything"),
                    List.of("rbac.authorization.k8s.io"),
                    List.of("rolebindings", "clusterrolebindings"),
                    List.of("create", "update", "patch")),
            new Grant(
                    rule(
                            "webhook-config-write",
                            HIGH,
                            "may write admission webhooks",
                            "a webhook reads and changes everything that is written, Secrets included"),
                    List.of("admissionregistration.k8s.io"),
                    List.of(
                            "mutatingwebhookconfigurations",
                            "validatingwebhookconfigurations",
                            "mutatingadmissionpolicies",
                            "validatingadmissionpolicies"),
                    List.of("create", "update", "patch")),
            new Grant(
                    rule(
                            "serviceaccount-token-create",
                            HIGH,
                            "may make tokens of service accounts",
                            "it can speak as each of them"),
                    List.of(""),
                    List.of("serviceaccounts/token"),
                    List.of("create")),
            new Grant(
                    rule(
                            "pods-exec-attach",
                            HIGH,
                            "may run commands in pods",
                            "it has the files, the tokens and the network of each of them"),
                    List.of(""),
                    List.of("pods/exec", "pods/attach", "pods/ephemeralcontainers"),
                    List.of("create", "update", "patch")),
            new Grant(
                    rule(
                            "create-pods",
                            MEDIUM,
                            "may make pods",
                            "a pod can name any service account and mount any Secret of its namespace"),
                    List.of("", "apps", "batch"),
                    List.of(
                            "pods",
                            "replicationcontrollers",
                            "deployments",
                            "daemonsets",
                            "statefulsets",
                            "replicasets",
                            "jobs",
                            "cronjobs"),
                    List.of("create", "update", "patch")),
            new Grant(
                    rule(
                            "namespace-or-node-labels",
                            MEDIUM,
                            "may change namespaces or nodes",
                            "labels of a namespace decide which pods are admitted, those of a node what runs there"),
                    List.of(""),
                    List.of("namespaces", "nodes"),
                    List.of("update", "patch")),
            new Grant(
                    rule(
                            "persistent-volume-create",
                            MEDIUM,
                            "may make persistent volumes",
                            "a volume can be any path of any node"),
                    List.of(""),
                    List.of("persistentvolumes"),
                    List.of("create", "update", "patch")),
            new Grant(
                    rule(
                                    "network-objects-write",
                                    LOW,
                                    "may lead traffic elsewhere",
                                    "services, endpoints and network policies decide who hears whom")
                            .strict(),
                    List.of("", "networking.k8s.io", "discovery.k8s.io"),
                    List.of("services", "endpoints", "endpointslices", "ingresses", "networkpolicies"),
                    List.of("create", "update", "patch")),
            new Grant(
                    rule("delete-logs-or-events", LOW, "may remove events", "traces of an attack can be removed")
                            .strict(),
                    List.of("", "events.k8s.io"),
                    List.of("events"),
                    List.of("delete", "deletecollection")));

    private static Rule rule(String id, Severity severity, String title, String why) {
        return Rule.of(id, severity, title, why, KUBERNETES);
    }

    @Override
    public List<Rule> rules() {
        List<Rule> rules = new ArrayList<>(List.of(
                CLUSTER_ADMIN,
                ANONYMOUS,
                AUTHENTICATED,
                MASTERS,
                DEFAULT_ACCOUNT,
                WILDCARD_ALL,
                WILDCARD_VERBS,
                WILDCARD_RESOURCES,
                READ_SECRETS));
        GRANTS.forEach(grant -> rules.add(grant.rule()));
        return rules;
    }

    @Override
    public void check(KubernetesObject object, Findings out) {
        if (!object.group().equals("rbac.authorization.k8s.io") || isOfServer(object)) {
            return;
        }
        switch (object.kind()) {
            case "Role", "ClusterRole" -> role(object, out);
            case "RoleBinding", "ClusterRoleBinding" -> binding(object, out);
            default -> {}
        }
    }

    /** What every server makes for itself. */
    private static boolean isOfServer(KubernetesObject object) {
        return object.label("kubernetes.io/bootstrapping").isPresent();
    }

    private static void role(KubernetesObject object, Findings out) {
        boolean isAny = false;
        for (Node rule : object.root().get("rules").map(Node::elements).orElse(List.of())) {
            isAny |= rule(object, rule, out);
        }
        if (!isAny) {
            List.of(WILDCARD_ALL, WILDCARD_VERBS, WILDCARD_RESOURCES, READ_SECRETS)
                    .forEach(each -> out.pass(each, object.title(), object.place()));
            GRANTS.forEach(grant -> out.pass(grant.rule(), object.title(), object.place()));
        }
    }

    /** The widest thing that is true of a rule is told, and nothing that is part of it. */
    private static boolean rule(KubernetesObject object, Node rule, Findings out) {
        List<String> groups = texts(rule, "apiGroups");
        List<String> resources = texts(rule, "resources");
        List<String> verbs = texts(rule, "verbs");
        if (resources.isEmpty() || verbs.isEmpty()) {
            return false;
        }
        boolean isEveryVerb = verbs.contains("*");
        boolean isEveryResource = resources.contains("*");
        boolean isWriting =
                verbs.stream().anyMatch(verb -> !verb.equals("get") && !verb.equals("list") && !verb.equals("watch"));
        if (isEveryVerb && isEveryResource && groups.contains("*")) {
            tell(WILDCARD_ALL, object, rule, "grants every verb on every resource", out);
        } else if (isEveryResource) {
            Severity severity = groups.contains("*") || groups.contains("") || isWriting ? HIGH : MEDIUM;
            tell(
                    WILDCARD_RESOURCES,
                    object,
                    rule,
                    "grants " + String.join(", ", verbs) + " on every resource of " + groups(groups),
                    severity,
                    out);
        } else if (isEveryVerb) {
            boolean isOwn = groups.stream().allMatch(group -> group.contains(".") && !group.endsWith(".k8s.io"));
            tell(
                    WILDCARD_VERBS,
                    object,
                    rule,
                    "grants every verb on " + String.join(", ", resources),
                    isOwn ? LOW : isDangerous(groups, resources) ? HIGH : MEDIUM,
                    out);
        } else {
            return grants(object, rule, groups, resources, verbs, out);
        }
        return true;
    }

    private static String groups(List<String> groups) {
        if (groups.contains("*")) {
            return "every group";
        }
        return groups.stream()
                .map(group -> group.isEmpty() ? "the core group" : group)
                .reduce((a, b) -> a + ", " + b)
                .orElse("no group");
    }

    private static boolean isDangerous(List<String> groups, List<String> resources) {
        return resources.contains("secrets")
                || GRANTS.stream()
                        .anyMatch(grant -> grant.rule().severity().atLeast(MEDIUM)
                                && meets(groups, grant.groups())
                                && grant.resources().stream().anyMatch(resources::contains));
    }

    private static boolean grants(
            KubernetesObject object,
            Node rule,
            List<String> groups,
            List<String> resources,
            List<String> verbs,
            Findings out) {
        boolean isNamed = !texts(rule, "resourceNames").isEmpty();
        boolean isAny = false;
        if (resources.contains("secrets") && meets(groups, List.of("")) && reads(verbs) && !isNamed) {
            isAny = true;
            Severity severity = object.kind().equals("ClusterRole") ? HIGH : MEDIUM;
            tell(READ_SECRETS, object, rule, "grants " + String.join(", ", verbs) + " on secrets", severity, out);
        }
        for (Grant grant : GRANTS) {
            List<String> resource = grant.resources().stream()
                    .filter(each -> resources.contains(each) || resources.contains(wildcard(each)))
                    .toList();
            List<String> verb = grant.verbs().stream().filter(verbs::contains).toList();
            if (!resource.isEmpty()
                    && !verb.isEmpty()
                    && meets(groups, grant.groups())
                    && !isHarmless(grant, isNamed)) {
                isAny = true;
                tell(
                        grant.rule(),
                        object,
                        rule,
                        "grants " + String.join(", ", verb) + " on " + String.join(", ", resource),
                        out);
            }
        }
        return isAny;
    }

    /** {@code pods/*} covers every subresource. */
    private static String wildcard(String resource) {
        int slash = resource.indexOf('/');
        return slash < 0 ? resource : resource.substring(0, slash) + "/*";
    }

    /** To change one named object is no way to make new ones. */
    private static boolean isHarmless(Grant grant, boolean isNamed) {
        return isNamed && !grant.rule().severity().atLeast(CRITICAL);
    }

    private static boolean reads(List<String> verbs) {
        return verbs.contains("get") || verbs.contains("list") || verbs.contains("watch");
    }

    private static boolean meets(List<String> groups, List<String> wanted) {
        return groups.contains("*") || groups.stream().anyMatch(wanted::contains);
    }

    private static void binding(KubernetesObject object, Findings out) {
        Optional<Node> role = object.root().at("roleRef", "name");
        boolean isCluster = object.kind().equals("ClusterRoleBinding");
        boolean isAdmin =
                role.flatMap(Node::textAt).filter("cluster-admin"::equals).isPresent();
        List<Rule> failed = new ArrayList<>();
        for (Node subject : object.root().get("subjects").map(Node::elements).orElse(List.of())) {
            subject(object, subject, failed, out);
        }
        if (isAdmin && role.isPresent() && !failed.contains(MASTERS) && !failed.contains(ANONYMOUS)) {
            failed.add(CLUSTER_ADMIN);
            Findings.Failure failure = out.fail(
                            CLUSTER_ADMIN, object.title(), role.get().place())
                    .says(object.title() + " binds cluster-admin to " + names(object) + "; " + CLUSTER_ADMIN.why())
                    .fix("a role with the verbs and resources that are needed");
            (isCluster ? failure : failure.as(HIGH, "that is every right over the objects of its namespace")).add();
        }
        for (Rule rule : List.of(CLUSTER_ADMIN, ANONYMOUS, AUTHENTICATED, MASTERS, DEFAULT_ACCOUNT)) {
            if (!failed.contains(rule)) {
                out.pass(rule, object.title(), object.place());
            }
        }
    }

    private static void subject(KubernetesObject object, Node subject, List<Rule> failed, Findings out) {
        String name = subject.textAt("name").orElse("");
        boolean isAccount = subject.textAt("kind").orElse("").equals("ServiceAccount");
        Optional<Rule> rule = switch (name) {
            case "system:anonymous", "system:unauthenticated" -> Optional.of(ANONYMOUS);
            case "system:authenticated", "system:serviceaccounts" -> Optional.of(AUTHENTICATED);
            case "system:masters" -> Optional.of(MASTERS);
            case "default" -> isAccount ? Optional.of(DEFAULT_ACCOUNT) : Optional.empty();
            default -> Optional.empty();
        };
        if (rule.isPresent()) {
            Place place = subject.get("name").map(Node::place).orElse(subject.place());
            failed.add(rule.get());
            out.fail(rule.get(), object.title(), place)
                    .says(object.title() + " binds "
                            + object.root().textAt("roleRef", "name").orElse("a role") + " to " + name + "; "
                            + rule.get().why())
                    .fix("name the users or accounts that need it")
                    .add();
        }
    }

    private static String names(KubernetesObject object) {
        List<String> names = new ArrayList<>();
        for (Node subject : object.root().get("subjects").map(Node::elements).orElse(List.of())) {
            names.add(subject.textAt("kind").orElse("") + " "
                    + subject.textAt("name").orElse(""));
        }
        return names.isEmpty() ? "nobody yet" : String.join(", ", names);
    }

    private static void tell(Rule rule, KubernetesObject object, Node node, String fact, Findings out) {
        tell(rule, object, node, fact, rule.severity(), out);
    }

    private static void tell(
            Rule rule, KubernetesObject object, Node node, String fact, Severity severity, Findings out) {
        Findings.Failure failure = out.fail(rule, object.title(), node.place())
                .says(object.title() + " " + fact + "; " + rule.why())
                .fix("name only the verbs, resources and objects (resourceNames) that are needed");
        (severity == rule.severity() ? failure : failure.as(severity, rule.why())).add();
    }

    private static List<String> texts(Node rule, String list) {
        return rule.get(list).map(Node::elements).orElse(List.of()).stream()
                .map(element -> element.textAt().orElse(""))
                .toList();
    }
}
