package dev.holdfast.access.paths;

import dev.holdfast.access.paths.State.AnyAccount;
import dev.holdfast.access.paths.State.NodeRoot;
import dev.holdfast.access.paths.State.PodAccount;
import dev.holdfast.access.paths.Step.Need;
import dev.holdfast.access.rbac.Request;
import java.util.List;
import java.util.Optional;

/**
 * Ways by pods: to start one, or to change what starts them; to get into one that runs, where a stream needs {@code create}: {@code get} alone
 * opens none.
 */
final class WorkloadWays {
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

    private final Ways ways;

    WorkloadWays(Ways ways) {
        this.ways = ways;
    }

    void pods(String scope) {
        Optional<Need> create = ways.rights
                .may(Request.of("create", "", "pods").in(scope))
                .filter(need -> !ways.isHeldEverywhere(scope, need));
        create.ifPresent(need -> starting(scope, Technique.CREATE_POD, need, ""));
        for (List<String> kind : WORKLOADS) {
            ways.rights
                    .may(Request.of("create", kind.get(0), kind.get(1)).in(scope))
                    .filter(need -> !ways.isHeldEverywhere(scope, need))
                    .ifPresent(need -> starting(scope, Technique.CREATE_POD, need, ""));
            ways.rights
                    .mayAny(Ways.WRITES, kind.get(0), kind.get(1), scope)
                    .or(() -> ways.rights.mayNamed(Ways.WRITES, kind.get(0), kind.get(1), scope).stream()
                            .findFirst())
                    .filter(need -> !ways.isHeldEverywhere(scope, need))
                    .ifPresent(need ->
                            starting(scope, Technique.CHANGE_WORKLOAD, need, "there is such an object to change"));
        }
        for (List<String> kind : CUSTOM_WORKLOADS) {
            ways.rights
                    .mayAny(Ways.MAKES, kind.get(0), kind.get(1), scope)
                    .filter(need -> !ways.isHeldEverywhere(scope, need))
                    .ifPresent(need -> ways.step(
                            new AnyAccount(scope),
                            Technique.CUSTOM_WORKLOAD,
                            List.of(need),
                            "the controller of " + kind.get(1) + "." + kind.get(0) + " runs there"));
        }
    }

    private void starting(String scope, Technique technique, Need need, String condition) {
        ways.step(new AnyAccount(scope), technique, List.of(need), condition);
        String and = condition.isEmpty() ? "" : condition + ", and ";
        if (!isProtected(scope)) {
            ways.step(
                    new NodeRoot(),
                    Technique.PRIVILEGED_POD,
                    List.of(need),
                    and + "no other admission control forbids it");
            return;
        }
        ways.rights
                .mayAny(Ways.WRITES, "", "namespaces", scope)
                .or(() -> ways.named(Ways.WRITES, "", "namespaces", scope, scope))
                .ifPresent(label -> ways.step(
                        new NodeRoot(),
                        Technique.LIFT_POD_SECURITY,
                        List.of(need, label),
                        and + "no other admission control forbids it"));
        ways.rights
                .may(Request.of("create", "", "persistentvolumes"))
                .ifPresent(volume -> ways.step(
                        new NodeRoot(),
                        Technique.HOST_VOLUME,
                        List.of(need, volume),
                        and + "no other admission control forbids it"));
    }

    /** Whether Pod Security keeps privileged pods out of a namespace. */
    private boolean isProtected(String namespace) {
        String level = ways.cluster
                .namespaces()
                .getOrDefault(namespace, java.util.Map.of())
                .getOrDefault("pod-security.kubernetes.io/enforce", "privileged");
        return level.equals("baseline") || level.equals("restricted");
    }

    void runningPods(String scope) {
        running(scope, Technique.EXEC, ways.rights.mayAny(List.of("create"), "", "pods/exec", scope), "");
        running(
                scope,
                Technique.ATTACH,
                ways.rights.mayAny(List.of("create"), "", "pods/attach", scope),
                "the process does what it is told on its input");
        running(
                scope,
                Technique.EPHEMERAL_CONTAINER,
                ways.rights.mayAny(Ways.WRITES, "", "pods/ephemeralcontainers", scope),
                "");
        running(scope, Technique.CHANGE_POD, ways.rights.mayAny(Ways.WRITES, "", "pods", scope), "");
        for (Need need : ways.rights.mayNamed(List.of("create"), "", "pods/exec", scope)) {
            running(
                    scope,
                    Technique.EXEC,
                    Optional.of(need),
                    "the pod " + need.request().name() + " runs as it");
        }
    }

    private void running(String scope, Technique technique, Optional<Need> need, String condition) {
        need.filter(found -> !ways.isHeldEverywhere(scope, found))
                .ifPresent(found -> ways.step(new PodAccount(scope), technique, List.of(found), condition));
    }

    void nodes() {
        Optional<Need> create = ways.rights
                .mayAny(List.of("create"), "", "nodes/proxy", "")
                .or(() -> ways.rights.mayNamed(List.of("create"), "", "nodes/proxy", "").stream()
                        .findFirst());
        Optional<Need> get = ways.rights
                .mayAny(List.of("get"), "", "nodes/proxy", "")
                .or(() -> ways.rights.mayNamed(List.of("get"), "", "nodes/proxy", "").stream()
                        .findFirst());
        create.ifPresent(need -> ways.step(new PodAccount(""), Technique.NODE_PROXY, List.of(need), ""));
        get.ifPresent(need -> ways.step(
                new PodAccount(""), Technique.NODE_PROXY, List.of(need), "the kubelet's own port can be reached"));
    }
}
