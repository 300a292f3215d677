package dev.holdfast.access.paths;

import dev.holdfast.access.paths.State.AnyAccount;
import dev.holdfast.access.paths.State.AnyUser;
import dev.holdfast.access.paths.State.As;
import dev.holdfast.access.paths.State.ClusterAdmin;
import dev.holdfast.access.paths.State.NodeRoot;
import dev.holdfast.access.paths.State.PodAccount;
import dev.holdfast.access.paths.State.SecretAccount;
import dev.holdfast.access.rbac.Authorizer;
import dev.holdfast.access.rbac.Binding;
import dev.holdfast.access.rbac.Cluster;
import dev.holdfast.access.rbac.Grant;
import dev.holdfast.access.rbac.Requester;
import dev.holdfast.access.rbac.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The shortest way to cluster-admin (Dijkstra 1959). A step costs {@value #STEP}, one that hangs on a condition one more: of two ways of the
 * same length the one that is proven is found.
 */
final class PathFinder {
    private static final int STEP = 1_000;
    private static final String SYSTEM = "kube-system";

    private final Cluster cluster;
    private final Authorizer authorizer;
    private final Map<Requester, List<Grant>> held = new HashMap<>();

    PathFinder(Cluster cluster) {
        this.cluster = cluster;
        this.authorizer = new Authorizer(cluster);
    }

    /** The steps of the shortest way, in order; empty when there is none. */
    List<Step> shortest(Requester start, Rights.Removed removed) {
        return new Search(removed).from(As.of(start));
    }

    private record Reached(State state, int cost, int order) {}

    private final class Search {
        private final Rights.Removed removed;
        private final Map<State, Step> best = new HashMap<>();
        private final Map<State, Integer> costs = new HashMap<>();
        private final PriorityQueue<Reached> open =
                new PriorityQueue<>(Comparator.comparingInt(Reached::cost).thenComparingInt(Reached::order));
        private int order;

        private Search(Rights.Removed removed) {
            this.removed = removed;
        }

        private List<Step> from(As start) {
            costs.put(start, 0);
            open.add(new Reached(start, 0, order++));
            while (!open.isEmpty()) {
                Reached next = open.remove();
                if (next.state instanceof ClusterAdmin) {
                    return backFrom(next.state, start);
                }
                if (next.cost == costs.getOrDefault(next.state, -1)) {
                    for (Step step : steps(next.state)) {
                        offer(step, next.cost + (step.isFree() ? 0 : STEP) + (step.isCertain() ? 0 : 1));
                    }
                }
            }
            return List.of();
        }

        private void offer(Step step, int cost) {
            Integer known = costs.get(step.to());
            if (known == null || cost < known) {
                costs.put(step.to(), cost);
                best.put(step.to(), step);
                open.add(new Reached(step.to(), cost, order++));
            }
        }

        private List<Step> backFrom(State end, State start) {
            List<Step> way = new ArrayList<>();
            State at = end;
            while (!at.equals(start)) {
                Step step = Optional.ofNullable(best.get(at)).orElseThrow();
                way.add(step);
                at = step.from();
            }
            return List.copyOf(way.reversed());
        }

        private List<Step> steps(State state) {
            return switch (state) {
                case As as -> new Expansion(cluster, as, rights(as)).steps();
                case AnyAccount any -> anyAccount(any);
                case PodAccount pod -> someAccounts(pod, pod.namespace(), "a pod runs as it");
                case SecretAccount secret -> someAccounts(secret, secret.namespace(), "a Secret holds a token of it");
                case AnyUser user -> anyUser(user);
                case NodeRoot root -> nodeRoot(root);
                case ClusterAdmin _ -> List.of();
            };
        }

        private Rights rights(As as) {
            List<Grant> grants = new ArrayList<>(held.computeIfAbsent(as.who(), authorizer::rightsAnywhere));
            if (!as.roleName().isEmpty()) {
                cluster.role(as.roleHome(), as.roleName()).ifPresent(role -> {
                    Binding made = new Binding(
                            as.roleScope(),
                            "(made by the attacker)",
                            role.kind(),
                            role.name(),
                            List.of(),
                            true,
                            role.origin());
                    Subject self = new Subject("User", "", as.who().user(), "", role.origin());
                    role.rules().forEach(rule -> grants.add(new Grant(made, self, role, rule)));
                });
            }
            return new Rights(grants, removed);
        }
    }

    private static Step take(State from, State to, Technique technique, String condition) {
        return new Step(from, to, technique, List.of(), condition);
    }

    private List<Step> anyAccount(AnyAccount any) {
        List<Step> steps = new ArrayList<>();
        cluster.accounts().forEach((namespace, names) -> {
            if (any.namespace().isEmpty() || any.namespace().equals(namespace)) {
                Set<String> all = new LinkedHashSet<>(names);
                all.add("default");
                all.forEach(name -> steps.add(
                        take(any, As.of(Requester.ofServiceAccount(namespace, name)), Technique.TAKE_ACCOUNT, "")));
            }
        });
        boolean isKnown =
                cluster.accounts().getOrDefault(SYSTEM, Set.of()).contains("clusterrole-aggregation-controller");
        if ((any.namespace().isEmpty() || any.namespace().equals(SYSTEM)) && !isKnown) {
            steps.add(
                    take(
                            any,
                            new ClusterAdmin(),
                            Technique.ESCALATE,
                            "clusterrole-aggregation-controller of kube-system, which may escalate, is there as in most clusters"));
        }
        return steps;
    }

    /** The accounts that are known to be in use so; the others only if they are. */
    private List<Step> someAccounts(State from, String scope, String condition) {
        List<Step> steps = new ArrayList<>();
        cluster.accounts().forEach((namespace, names) -> {
            if (scope.isEmpty() || scope.equals(namespace)) {
                Set<String> known = from instanceof PodAccount
                        ? cluster.podAccounts().getOrDefault(namespace, Set.of())
                        : cluster.accountsWithTokenSecrets(namespace);
                Set<String> all = new LinkedHashSet<>(names);
                all.add("default");
                for (String name : all) {
                    steps.add(take(
                            from,
                            As.of(Requester.ofServiceAccount(namespace, name)),
                            Technique.TAKE_ACCOUNT,
                            known.contains(name) ? "" : condition));
                }
            }
        });
        return steps;
    }

    private List<Step> anyUser(AnyUser user) {
        List<Step> steps = new ArrayList<>();
        for (Binding binding : cluster.bindings()) {
            for (Subject subject : binding.subjects()) {
                if (!subject.name().equals("system:masters")) {
                    steps.add(take(user, As.of(subject.requester(binding.namespace())), Technique.TAKE_USER, ""));
                }
            }
        }
        steps.add(take(user, new AnyAccount(""), Technique.TAKE_USER, "")); // as system:kube-controller-manager
        return steps;
    }

    private static List<Step> nodeRoot(NodeRoot root) {
        return List.of(
                take(
                        root,
                        new ClusterAdmin(),
                        Technique.TAKE_NODE,
                        "the node is one of the control plane, where the administrators' keys lie"),
                take(root, new PodAccount(""), Technique.TAKE_NODE, "the pod runs on this node"));
    }
}
