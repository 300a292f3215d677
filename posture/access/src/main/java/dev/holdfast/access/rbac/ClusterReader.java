package dev.holdfast.access.rbac;

import dev.holdfast.core.Gap;
import dev.holdfast.kube.given.ObjectSink;
import dev.holdfast.manifest.kubernetes.LabelSelector;
import dev.holdfast.manifest.kubernetes.Origin;
import dev.holdfast.manifest.tree.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes the objects that matter to access. Everything else is passed over. An object without a namespace is in the
 * one given; one that is given twice counts as it was given last, as with {@code kubectl apply}.
 *
 * <p>What the server would refuse grants nothing and is a {@link Gap}; so is what cannot be read.
 */
public final class ClusterReader implements ObjectSink {
    private static final String API = "/apis/rbac.authorization.k8s.io/v1/";

    /** Which collections of a running cluster it reads. Secrets are not among them: to say who can reach cluster-admin nobody need read them. */
    public static final List<String> COLLECTIONS = List.of(
            API + "clusterroles",
            API + "clusterrolebindings",
            API + "roles",
            API + "rolebindings",
            "/api/v1/serviceaccounts",
            "/api/v1/namespaces",
            "/api/v1/pods");

    private static final String RBAC = "rbac.authorization.k8s.io/";
    private static final Set<String> WORKLOADS =
            Set.of("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "Rollout");

    private final String defaultNamespace;
    private final Cluster cluster = new Cluster();

    /** @param defaultNamespace where an object lies that does not say it */
    public ClusterReader(String defaultNamespace) {
        this.defaultNamespace = defaultNamespace;
    }

    @Override
    public void unread(String subject, String why) {
        cluster.addLoss(new Gap(Gap.Code.UNREADABLE, subject, why + "; what it may grant is not known"));
    }

    @Override
    public void add(Gap gap) {
        cluster.addLoss(gap);
    }

    /** What was read; nothing may be read afterwards. */
    public Cluster cluster() {
        return cluster.complete();
    }

    @Override
    public void read(String file, Node.Mapping node) {
        String kind = node.textAt("kind").orElse("");
        String version = node.textAt("apiVersion").orElse("");
        Origin origin = new Origin(file, node.place().line());
        switch (kind) {
            case "Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding" -> {
                if (version.startsWith(RBAC)) {
                    granting(kind, node, origin);
                }
            }
            case "ServiceAccount" ->
                node.textAt("metadata", "name").ifPresent(name -> cluster.addAccount(namespace(node), name));
            case "Namespace" ->
                node.textAt("metadata", "name")
                        .ifPresent(name -> cluster.addNamespace(name, texts(node, "metadata", "labels")));
            case "Secret" -> tokenSecret(node);
            case "Pod" -> podSpec(node.get("spec"), namespace(node));
            case "CronJob" -> podSpec(node.at("spec", "jobTemplate", "spec", "template", "spec"), namespace(node));
            default -> {
                if (WORKLOADS.contains(kind)) {
                    podSpec(node.at("spec", "template", "spec"), namespace(node));
                }
            }
        }
    }

    private String namespace(Node node) {
        return node.textAt("metadata", "namespace")
                .filter(name -> !name.isEmpty())
                .orElse(defaultNamespace);
    }

    private void tokenSecret(Node secret) {
        Optional<String> account =
                secret.at("metadata", "annotations").flatMap(all -> all.textAt("kubernetes.io/service-account.name"));
        boolean isToken = secret.textAt("type")
                .filter("kubernetes.io/service-account-token"::equals)
                .isPresent();
        if (isToken && account.isPresent()) {
            cluster.addTokenSecret(
                    namespace(secret), secret.textAt("metadata", "name").orElse(""), account.get());
        }
    }

    private void podSpec(Optional<Node> spec, String namespace) {
        if (spec.isPresent()) {
            String account = spec.get()
                    .textAt("serviceAccountName")
                    .or(() -> spec.get().textAt("serviceAccount"))
                    .orElse("default");
            cluster.addPodOf(namespace, account);
        }
    }

    private void granting(String kind, Node node, Origin origin) {
        Optional<String> refusal = ObjectRules.refusal(node);
        if (refusal.isPresent()) {
            cluster.add(new Gap(
                    Gap.Code.UNSUPPORTED,
                    origin.toString(),
                    "the server refuses this object, so it grants nothing: " + refusal.get()));
            return;
        }
        if (kind.endsWith("Binding")) {
            add(binding(kind, node, origin));
        } else {
            cluster.add(role(kind, node, origin))
                    .filter(old -> old.origin().line() > 0)
                    .ifPresent(old -> twice(kind, old.name(), origin));
        }
    }

    /** A binding that is written again may have other subjects, and no other role. */
    private void add(Binding binding) {
        Optional<Binding> old = cluster.add(binding);
        if (old.isEmpty()) {
            return;
        }
        Binding first = old.get();
        if (first.roleKind().equals(binding.roleKind()) && first.roleName().equals(binding.roleName())) {
            twice(binding.kind(), binding.name(), binding.origin());
            return;
        }
        cluster.add(first);
        String refusal =
                ObjectRules.refusalOfOtherRole(binding.kind(), binding.name(), binding.roleKind(), binding.roleName());
        cluster.add(new Gap(
                Gap.Code.UNSUPPORTED,
                binding.origin().toString(),
                "the server refuses this change of what is at " + first.origin() + ", so it grants nothing: "
                        + refusal));
    }

    private void twice(String kind, String name, Origin origin) {
        cluster.add(new Gap(
                Gap.Code.UNSUPPORTED,
                origin.toString(),
                kind + " \"" + name + "\" is given more than once; this one counts"));
    }

    /** A role as the server would read it, whatever it says. */
    static Role role(String namespace, Node node, Origin origin, String name) {
        List<Rule> rules = new ArrayList<>();
        for (Node rule : node.get("rules").map(Node::elements).orElse(List.of())) {
            rules.add(new Rule(
                    ObjectRules.texts(rule, "verbs"),
                    ObjectRules.texts(rule, "apiGroups"),
                    ObjectRules.texts(rule, "resources"),
                    ObjectRules.texts(rule, "resourceNames"),
                    ObjectRules.texts(rule, "nonResourceURLs"),
                    name,
                    new Origin(origin.file(), rule.place().line())));
        }
        return new Role(
                namespace,
                name,
                texts(node, "metadata", "labels"),
                rules,
                node.get("aggregationRule").map(ClusterReader::selectors),
                isFromServer(node),
                origin);
    }

    private Role role(String kind, Node node, Origin origin) {
        String namespace = kind.equals("Role") ? namespace(node) : "";
        return role(namespace, node, origin, node.textAt("metadata", "name").orElse(""));
    }

    private static boolean isFromServer(Node node) {
        return node.at("metadata", "uid").isPresent()
                || node.at("metadata", "resourceVersion").isPresent();
    }

    private static List<LabelSelector> selectors(Node aggregation) {
        List<LabelSelector> selectors = new ArrayList<>();
        for (Node selector :
                aggregation.get("clusterRoleSelectors").map(Node::elements).orElse(List.of())) {
            selectors.add(LabelSelector.of(selector));
        }
        return selectors;
    }

    private Binding binding(String kind, Node node, Origin origin) {
        String namespace = kind.equals("RoleBinding") ? namespace(node) : "";
        List<Subject> subjects = new ArrayList<>();
        for (Node subject : node.get("subjects").map(Node::elements).orElse(List.of())) {
            String subjectKind = subject.textAt("kind").orElse("");
            subjects.add(new Subject(
                    subjectKind,
                    subject.textAt("apiGroup").orElse(""),
                    subject.textAt("name").orElse(""),
                    subjectKind.equals(Subject.ACCOUNT)
                            ? subject.textAt("namespace").orElse("")
                            : "",
                    new Origin(origin.file(), subject.place().line())));
        }
        boolean isKept = node.at("metadata", "labels")
                .flatMap(labels -> labels.textAt("kubernetes.io/bootstrapping"))
                .filter("rbac-defaults"::equals)
                .isPresent();
        return new Binding(
                namespace,
                node.textAt("metadata", "name").orElse(""),
                node.textAt("roleRef", "kind").orElse(""),
                node.textAt("roleRef", "name").orElse(""),
                subjects,
                isKept,
                origin);
    }

    private static Map<String, String> texts(Node node, String... path) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Node.Entry entry : node.at(path).map(Node::entries).orElse(List.of())) {
            entry.value().textAt().ifPresent(text -> texts.put(entry.key().text(), text));
        }
        return texts;
    }
}
