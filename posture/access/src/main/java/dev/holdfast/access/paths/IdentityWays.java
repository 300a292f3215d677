package dev.holdfast.access.paths;

import dev.holdfast.access.paths.State.AnyAccount;
import dev.holdfast.access.paths.State.AnyUser;
import dev.holdfast.access.paths.State.As;
import dev.holdfast.access.paths.State.ClusterAdmin;
import dev.holdfast.access.paths.State.SecretAccount;
import dev.holdfast.access.paths.Step.Need;
import dev.holdfast.access.rbac.Binding;
import dev.holdfast.access.rbac.Request;
import dev.holdfast.access.rbac.Requester;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Ways by another's identity: to impersonate somebody (a group only together with a user or service account), to get the token of a service
 * account, or a client certificate. Approving one needs {@code approve} on the signer, {@code update} on the approval, and a request to approve;
 * the server refuses certificates of {@code system:masters}.
 */
final class IdentityWays {
    private static final String CERTIFICATES = "certificates.k8s.io";

    private final Ways ways;

    IdentityWays(Ways ways) {
        this.ways = ways;
    }

    void impersonating() {
        Optional<Need> users = ways.rights.may(Request.of("impersonate", "", "users"));
        List<Need> namedUsers =
                users.isPresent() ? List.of() : ways.rights.mayNamed(List.of("impersonate"), "", "users", "");
        users.ifPresent(need -> ways.step(new AnyUser(), Technique.IMPERSONATE, List.of(need), ""));
        for (Need need : namedUsers) {
            ways.step(As.of(Requester.ofUser(need.request().name())), Technique.IMPERSONATE, List.of(need), "");
        }
        Optional<Need> anybody = users.or(() -> namedUsers.stream().findFirst());
        for (String scope : ways.rights.scopes()) {
            Optional<Need> accounts = ways.rights
                    .may(Request.of("impersonate", "", "serviceaccounts").in(scope))
                    .filter(need -> !ways.isHeldEverywhere(scope, need));
            accounts.ifPresent(need -> ways.step(new AnyAccount(scope), Technique.IMPERSONATE, List.of(need), ""));
            ways.accounts(
                    scope,
                    Technique.IMPERSONATE,
                    ways.rights.mayNamed(List.of("impersonate"), "", "serviceaccounts", scope));
            anybody = anybody.or(() -> accounts);
        }
        anybody.ifPresent(this::impersonatingGroups);
    }

    private void impersonatingGroups(Need somebody) {
        for (String group : groups()) {
            Optional<Need> need =
                    ways.rights.may(Request.of("impersonate", "", "groups").named(group));
            if (need.isPresent()) {
                State to = group.equals("system:masters") ? new ClusterAdmin() : As.of(Requester.ofGroup(group));
                ways.step(to, Technique.IMPERSONATE, List.of(somebody, need.get()), "");
            }
        }
    }

    private List<String> groups() {
        List<String> groups = new ArrayList<>(List.of("system:masters"));
        for (Binding binding : ways.cluster.bindings()) {
            binding.subjects().stream()
                    .filter(subject -> subject.kind().equals("Group") && !groups.contains(subject.name()))
                    .forEach(subject -> groups.add(subject.name()));
        }
        return groups;
    }

    void secrets(String scope) {
        Optional<Need> read = ways.rights
                .mayAny(Ways.READS, "", "secrets", scope)
                .filter(need -> !ways.isHeldEverywhere(scope, need));
        Optional<Need> create =
                ways.rights.may(Request.of("create", "", "secrets").in(scope));
        if (read.isPresent() && create.isPresent()) {
            ways.step(new AnyAccount(scope), Technique.MAKE_TOKEN_SECRET, List.of(create.get(), read.get()), "");
        }
        read.ifPresent(need -> ways.step(new SecretAccount(scope), Technique.READ_SECRETS, List.of(need), ""));
        for (Need need : ways.rights.mayNamed(Ways.READS, "", "secrets", scope)) {
            ways.cluster
                    .accountOfSecret(scope, need.request().name())
                    .ifPresent(account -> ways.step(
                            As.of(Requester.ofServiceAccount(scope, account)),
                            Technique.READ_SECRETS,
                            List.of(need),
                            ""));
        }
    }

    void tokens(String scope) {
        Optional<Need> create = ways.rights
                .may(Request.of("create", "", "serviceaccounts/token").in(scope))
                .filter(need -> !ways.isHeldEverywhere(scope, need));
        create.ifPresent(need -> ways.step(new AnyAccount(scope), Technique.REQUEST_TOKEN, List.of(need), ""));
        if (create.isEmpty()) {
            ways.accounts(
                    scope,
                    Technique.REQUEST_TOKEN,
                    ways.rights.mayNamed(List.of("create"), "", "serviceaccounts/token", scope));
        }
    }

    void certificates() {
        List<Need> needs = new ArrayList<>();
        ways.rights
                .may(Request.of("create", CERTIFICATES, "certificatesigningrequests"))
                .ifPresent(needs::add);
        ways.rights
                .mayAny(Ways.WRITES, CERTIFICATES, "certificatesigningrequests/approval", "")
                .ifPresent(needs::add);
        ways.rights
                .may(Request.of("approve", CERTIFICATES, "signers").named("kubernetes.io/kube-apiserver-client"))
                .or(() -> ways.rights.may(
                        Request.of("approve", CERTIFICATES, "signers").named("kubernetes.io/*")))
                .ifPresent(needs::add);
        if (needs.size() == 3) {
            ways.step(new AnyUser(), Technique.APPROVE_CERTIFICATE, needs, "");
        }
    }
}
