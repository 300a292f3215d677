package dev.holdfast.check.kubernetes.relation;

import static dev.holdfast.core.Severity.HIGH;
import static dev.holdfast.core.Severity.LOW;
import static dev.holdfast.manifest.InputKind.KUBERNETES;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Result;
import dev.holdfast.check.Rule;
import dev.holdfast.manifest.kubernetes.KubernetesObject;
import dev.holdfast.manifest.kubernetes.PodForm;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Service accounts: whether they are there, and what the pods that hold their tokens may do. */
final class Accounts implements Relation {
    private static final Rule NO_ACCOUNT = Rule.of(
            "service-account-missing",
            LOW,
            "names a service account that is not there",
            "its pods are refused until somebody makes one, with whatever rights",
            KUBERNETES);
    private static final Rule RISKY_TOKEN = Rule.of(
            "workload-holds-risky-token",
            HIGH,
            "holds a token that leads to the whole cluster",
            "a break-in into one of its pods, or into their node, has these rights",
            KUBERNETES);
    private static final Rule DANGLING = Rule.of(
            "dangling-binding",
            LOW,
            "binds a role or account that is not there",
            "whoever makes one of that name later gets, or gives, these rights",
            KUBERNETES);

    /** More bindings of one account are not looked through. */
    private static final int MOST_BINDINGS = 100;

    /** What is said of a role by itself. */
    private final Function<KubernetesObject, List<Result>> judgeRole;

    Accounts(Function<KubernetesObject, List<Result>> judgeRole) {
        this.judgeRole = judgeRole;
    }

    @Override
    public List<Rule> rules() {
        return List.of(NO_ACCOUNT, RISKY_TOKEN, DANGLING);
    }

    @Override
    public void judge(Given given, Findings out) {
        Map<String, List<KubernetesObject>> bindings = bindings(given);
        for (PodForm pod : given.pods()) {
            pod(pod, given, bindings, out.in(pod.owner().path()));
        }
        for (String kind : List.of("RoleBinding", "ClusterRoleBinding")) {
            given.ofKind(kind).forEach(binding -> binding(binding, given, out.in(binding.path())));
        }
    }

    /** Bindings by the names of the accounts that they bind; those of the whole cluster first. */
    private static Map<String, List<KubernetesObject>> bindings(Given given) {
        Map<String, List<KubernetesObject>> bindings = new HashMap<>();
        for (String kind : List.of("ClusterRoleBinding", "RoleBinding")) {
            for (KubernetesObject binding : given.ofKind(kind)) {
                for (Node subject :
                        binding.root().get("subjects").map(Node::elements).orElse(List.of())) {
                    subject.textAt("name")
                            .ifPresent(name -> bindings.computeIfAbsent(name, _ -> new ArrayList<>())
                                    .add(binding));
                }
            }
        }
        return bindings;
    }

    private void pod(PodForm pod, Given given, Map<String, List<KubernetesObject>> bindings, Findings out) {
        KubernetesObject owner = pod.owner();
        Optional<Node> named =
                pod.spec().get("serviceAccountName").or(() -> pod.spec().get("serviceAccount"));
        String account = named.flatMap(Node::textAt).orElse("default");
        Place place = named.map(Node::place).orElse(owner.place());
        Optional<KubernetesObject> object = given.find("ServiceAccount", account, owner);
        if (!account.equals("default") && object.isEmpty()) {
            missing(owner, account, place, given, out);
        }
        boolean hasToken = pod.spec()
                .get("automountServiceAccountToken")
                .or(() -> object.flatMap(one -> one.root().get("automountServiceAccountToken")))
                .filter(Node::isFalse)
                .isEmpty();
        if (hasToken) {
            rights(owner, account, bindings.getOrDefault(account, List.of()), given)
                    .ifPresent(rights -> out.fail(RISKY_TOKEN, owner.title(), place)
                            .says(owner.title() + " runs as the account " + account + ", and " + rights + "; "
                                    + RISKY_TOKEN.why())
                            .fix("a role with only what it needs, or automountServiceAccountToken: false")
                            .add());
        }
    }

    private static void missing(KubernetesObject owner, String account, Place place, Given given, Findings out) {
        if (given.isWhole(owner) && given.keeps("ServiceAccount", owner)) {
            out.fail(NO_ACCOUNT, owner.title(), place)
                    .says(owner.title() + " runs as the account " + account + ", which is not among what is given; "
                            + NO_ACCOUNT.why())
                    .fix("a ServiceAccount of that name, with automountServiceAccountToken: false if it needs no token")
                    .add();
        } else {
            out.notAssessed(NO_ACCOUNT, owner.title(), place, "the account " + account + " is not among what is given");
        }
    }

    /** The binding that gives the account more than its namespace should have, with its place. */
    private Optional<String> rights(
            KubernetesObject owner, String account, List<KubernetesObject> bindings, Given given) {
        for (KubernetesObject binding : bindings.subList(0, Math.min(bindings.size(), MOST_BINDINGS))) {
            if (binds(binding, account, owner)) {
                Optional<String> why = danger(binding, given);
                if (why.isPresent()) {
                    return Optional.of(binding.title() + " (" + binding.path() + ":"
                            + binding.place().line() + ") " + why.get());
                }
            }
        }
        return Optional.empty();
    }

    /** Two namespaces that are not written are taken for the same; a binding names that of its subject. */
    private static boolean binds(KubernetesObject binding, String account, KubernetesObject owner) {
        for (Node subject : binding.root().get("subjects").map(Node::elements).orElse(List.of())) {
            Optional<String> space = subject.textAt("namespace");
            boolean isSame = space.isEmpty() || owner.namespace().isEmpty() || space.equals(owner.namespace());
            if (subject.textAt("kind").filter("ServiceAccount"::equals).isPresent()
                    && subject.textAt("name").filter(account::equals).isPresent()
                    && isSame) {
                return true;
            }
        }
        return false;
    }

    private Optional<String> danger(KubernetesObject binding, Given given) {
        String kind = binding.root().textAt("roleRef", "kind").orElse("");
        String name = binding.root().textAt("roleRef", "name").orElse("");
        if (kind.equals("ClusterRole") && name.equals("cluster-admin")) {
            return Optional.of("makes it cluster-admin");
        }
        Optional<KubernetesObject> role = given.find(kind, name, binding);
        return role.flatMap(one -> judgeRole.apply(one).stream()
                .filter(result -> result.isFailure() && result.severity().atLeast(HIGH))
                .findFirst()
                .map(result -> "gives it " + kind + " " + name + ": " + result.rule() + " (" + result.path() + ":"
                        + result.place().line() + ")"));
    }

    private static void binding(KubernetesObject binding, Given given, Findings out) {
        String kind = binding.root().textAt("roleRef", "kind").orElse("");
        Optional<Node> name = binding.root().at("roleRef", "name");
        String text = name.flatMap(Node::textAt).orElse("");
        if (name.isEmpty()
                || isOfServer(kind, text)
                || given.find(kind, text, binding).isPresent()) {
            return;
        }
        if (given.isWhole(binding) && given.keeps(kind, binding)) {
            out.fail(DANGLING, binding.title(), name.get().place())
                    .says(binding.title() + " binds the " + kind + " " + text + ", which is not among what is given; "
                            + DANGLING.why())
                    .fix("remove the binding, or name the role that is meant")
                    .add();
        } else {
            out.notAssessed(
                    DANGLING,
                    binding.title(),
                    name.get().place(),
                    "the " + kind + " " + text + " is not among what is given");
        }
    }

    private static boolean isOfServer(String kind, String name) {
        return kind.equals("ClusterRole")
                && (name.equals("cluster-admin")
                        || name.equals("admin")
                        || name.equals("edit")
                        || name.equals("view")
                        || name.startsWith("system:"));
    }
}
