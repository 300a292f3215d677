package dev.holdfast.check.kubernetes;

import static dev.holdfast.core.Severity.LOW;
import static dev.holdfast.core.Severity.MEDIUM;
import static dev.holdfast.manifest.InputKind.KUBERNETES;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Repair;
import dev.holdfast.check.Rule;
import dev.holdfast.manifest.kubernetes.PodForm;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Place;
import java.util.List;
import java.util.Optional;

/** As whom a pod speaks to the cluster. */
final class Identity implements PodCheck {
    private static final Rule TOKEN = Rule.of(
            "service-account-token-automount",
            MEDIUM,
            "holds a token of the cluster that it does not ask for",
            "a break-in finds the token, and with it whatever the default account may do or will be granted",
            KUBERNETES);
    private static final Rule DEFAULT_ACCOUNT = Rule.of(
                    "default-service-account",
                    LOW,
                    "runs as the default account",
                    "every right that one workload gets there, all others of the namespace get too",
                    KUBERNETES)
            .strict();
    private static final Rule OLD_FIELD = Rule.of(
                    "service-account-deprecated-field",
                    LOW,
                    "names its account in a field that is kept for old clients",
                    "tools that read only serviceAccountName take it for the default account",
                    KUBERNETES)
            .strict();

    @Override
    public List<Rule> rules() {
        return List.of(TOKEN, DEFAULT_ACCOUNT, OLD_FIELD);
    }

    @Override
    public void check(PodForm pod, Findings out) {
        String subject = pod.owner().title();
        Place place = Privileges.keyOfSpec(pod);
        Optional<Node> mounts = pod.spec().get("automountServiceAccountToken");
        String account = pod.spec()
                .textAt("serviceAccountName")
                .or(() -> pod.spec().textAt("serviceAccount"))
                .orElse("default");
        boolean isDefault = account.equals("default");
        if (mounts.filter(Node::isFalse).isPresent()) {
            out.pass(TOKEN, subject, place);
        } else if (!isDefault || mounts.filter(Node::isTrue).isPresent() && !isDefault) {
            out.notApplicable(
                    TOKEN, subject, place, "it names the account " + account + ", so it is meant to have one");
        } else {
            out.fail(TOKEN, subject, mounts.map(Node::place).orElse(place))
                    .says(subject + (mounts.isPresent() ? " mounts" : " does not decline")
                            + " the token of the default service account; " + TOKEN.why())
                    .fix(
                            "automountServiceAccountToken: false for the pod",
                            new Repair.SetValue(pod.spec(), List.of("automountServiceAccountToken"), "false"))
                    .add();
        }
        if (isDefault) {
            out.fail(DEFAULT_ACCOUNT, subject, place)
                    .says(subject + " names no service account of its own; " + DEFAULT_ACCOUNT.why())
                    .fix("serviceAccountName: one of its own")
                    .add();
        } else {
            out.pass(DEFAULT_ACCOUNT, subject, place);
        }
        oldField(pod, subject, out);
    }

    private static void oldField(PodForm pod, String subject, Findings out) {
        Optional<Node.Entry> old = pod.spec().entry("serviceAccount");
        if (old.isPresent() && pod.spec().get("serviceAccountName").isEmpty()) {
            out.fail(OLD_FIELD, subject, old.get().key().place())
                    .says(subject + " names its account in serviceAccount; " + OLD_FIELD.why())
                    .fix("serviceAccountName: " + old.get().value().textAt().orElse(""))
                    .add();
        } else {
            out.pass(OLD_FIELD, subject, pod.owner().place());
        }
    }
}
