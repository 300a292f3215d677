package dev.holdfast.access.paths;

import dev.holdfast.access.paths.State.As;
import dev.holdfast.access.paths.State.ClusterAdmin;
import dev.holdfast.access.paths.State.SecretAccount;
import dev.holdfast.access.paths.Step.Need;
import dev.holdfast.access.rbac.Cluster;
import dev.holdfast.access.rbac.Request;
import java.util.List;
import java.util.Optional;

/**
 * The steps that lead out of an identity: each method, here and in the classes of the kinds of ways, is one way that is known from practice, with
 * the exact rights that the server asks for.
 */
final class Expansion {
    private static final String ADMISSION = "admissionregistration.k8s.io";

    private final Ways ways;

    Expansion(Cluster cluster, As from, Rights rights) {
        this.ways = new Ways(cluster, from, rights);
    }

    List<Step> steps() {
        if (isAdministrator()) {
            return ways.steps();
        }
        RoleWays roles = new RoleWays(ways);
        IdentityWays identities = new IdentityWays(ways);
        WorkloadWays workloads = new WorkloadWays(ways);
        roles.binding();
        roles.escalating();
        identities.impersonating();
        for (String scope : ways.rights.scopes()) {
            workloads.pods(scope);
            workloads.runningPods(scope);
            identities.secrets(scope);
            identities.tokens(scope);
        }
        workloads.nodes();
        webhooks();
        identities.certificates();
        awsAuth();
        return ways.steps();
    }

    private boolean isAdministrator() {
        if (ways.from.who().groups().contains("system:masters")) {
            ways.step(new ClusterAdmin(), Technique.MASTERS, List.of(), "");
            return true;
        }
        Request.OnResource everything = new Request.OnResource("*", "*", "*", "", "", "");
        Optional<Need> need = ways.rights.may(everything);
        need.filter(found -> found.grant().rule().isEverything())
                .ifPresent(found -> ways.step(new ClusterAdmin(), Technique.HELD, List.of(found), ""));
        return !ways.steps().isEmpty();
    }

    private void webhooks() {
        String others = "somebody with more rights writes an object meanwhile";
        mutating("mutatingwebhookconfigurations")
                .ifPresent(need -> ways.step(new ClusterAdmin(), Technique.MUTATING_WEBHOOK, List.of(need), others));
        Optional<Need> policy = mutating("mutatingadmissionpolicies");
        Optional<Need> binding = mutating("mutatingadmissionpolicybindings");
        if (policy.isPresent() && binding.isPresent()) {
            ways.step(new ClusterAdmin(), Technique.MUTATING_WEBHOOK, List.of(policy.get(), binding.get()), others);
        }
        mutating("validatingwebhookconfigurations")
                .ifPresent(need -> ways.step(
                        new SecretAccount(""),
                        Technique.VALIDATING_WEBHOOK,
                        List.of(need),
                        "a Secret with a token is written meanwhile"));
    }

    private Optional<Need> mutating(String resource) {
        return ways.rights
                .mayAny(Ways.MAKES, ADMISSION, resource, "")
                .or(() -> ways.rights.mayNamed(Ways.WRITES, ADMISSION, resource, "").stream()
                        .findFirst());
    }

    private void awsAuth() {
        String system = "kube-system";
        ways.named(Ways.WRITES, "", "configmaps", system, "aws-auth")
                .ifPresent(need -> ways.step(
                        new ClusterAdmin(),
                        Technique.AWS_AUTH,
                        List.of(need),
                        "the cluster is Amazon EKS and reads the aws-auth map"));
    }
}
