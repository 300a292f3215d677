package dev.holdfast.check.kubernetes;

import static dev.holdfast.check.ContainerRules.ROOT_USER;
import static dev.holdfast.core.Severity.LOW;
import static dev.holdfast.core.Severity.MEDIUM;
import static dev.holdfast.manifest.InputKind.KUBERNETES;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Repair;
import dev.holdfast.check.Rule;
import dev.holdfast.check.join.KnownImage;
import dev.holdfast.check.join.KnownImages;
import dev.holdfast.check.join.Whom;
import dev.holdfast.manifest.kubernetes.Container;
import dev.holdfast.manifest.kubernetes.PodForm;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whom the processes run as. */
final class Users implements PodCheck {
    private static final Rule NOT_DECIDED = Rule.of(
            "run-as-non-root-missing",
            MEDIUM,
            "may run as root",
            "nothing but the image decides whom it runs as, and most images say root or nothing",
            KUBERNETES);
    private static final Rule CONTRADICTION = Rule.of(
            "root-against-non-root",
            MEDIUM,
            "asks for root and forbids it",
            "the kubelet refuses to start it",
            KUBERNETES);
    private static final Rule LOW_USER = Rule.of(
                    "run-as-user-low",
                    LOW,
                    "runs as a user that the node may have too",
                    "once it breaks out it has the files of that user of the node",
                    KUBERNETES)
            .strict();
    private static final Rule ROOT_GROUP = Rule.of(
                    "run-as-group-zero",
                    LOW,
                    "runs in root's group",
                    "files that root's group may write are its own",
                    KUBERNETES)
            .strict();
    private static final long FIRST_FREE_USER = 10_000;

    private final KnownImages images;

    Users(KnownImages images) {
        this.images = images;
    }

    @Override
    public List<Rule> rules() {
        return List.of(NOT_DECIDED, ROOT_USER, CONTRADICTION, LOW_USER, ROOT_GROUP);
    }

    @Override
    public void check(PodForm pod, Findings out) {
        String subject = pod.owner().title();
        Place place = pod.owner().place();
        if (pod.isWindows() || pod.hasOwnUsers()) {
            String reason = pod.isWindows() ? "Windows has other users" : "it has users of its own: root is nobody";
            rules().forEach(rule -> out.notApplicable(rule, subject, place, reason));
            return;
        }
        boolean isRoot = false;
        boolean isContradiction = false;
        List<String> silent = new ArrayList<>();
        List<Container> silentOnes = new ArrayList<>();
        for (Container container : pod.containers()) {
            Optional<Node> user = pod.inherited(container, "runAsUser");
            Optional<Node> nonRoot = pod.inherited(container, "runAsNonRoot");
            boolean isForbidden = nonRoot.filter(Node::isTrue).isPresent();
            Optional<Long> number = user.flatMap(Node::wholeNumber);
            if (number.filter(each -> each == 0).isPresent()) {
                Place at = user.map(Node::place).orElse(place);
                isContradiction |= isForbidden;
                isRoot |= !isForbidden;
                root(pod, container, at, isForbidden ? CONTRADICTION : ROOT_USER, out);
            } else if (number.isEmpty() && !isForbidden) {
                boolean isProven = whom(container) instanceof Whom.Root;
                isRoot |= isProven; // told where the image is joined with the manifest
                if (!isProven) {
                    silent.add(container.name());
                    silentOnes.add(container);
                }
            }
            number.filter(each -> each > 0 && each < FIRST_FREE_USER)
                    .ifPresent(each ->
                            low(pod, container, each, user.map(Node::place).orElse(place), out));
            group(pod, container, out);
        }
        if (!isRoot) {
            out.pass(ROOT_USER, subject, place);
        }
        if (!isContradiction) {
            out.pass(CONTRADICTION, subject, place);
        }
        undecided(pod, silent, silentOnes, out);
    }

    private Whom whom(Container container) {
        return container
                .node()
                .textAt("image")
                .flatMap(images::find)
                .map(KnownImage::whom)
                .orElse(new Whom.Unknown());
    }

    /** Whether all of these images set a user that is not root. */
    private boolean areTame(List<Container> containers) {
        return containers.stream()
                .map(this::whom)
                .allMatch(whom -> whom instanceof Whom.Numbered || whom instanceof Whom.Named);
    }

    private static void root(PodForm pod, Container container, Place at, Rule rule, Findings out) {
        out.fail(rule, pod.owner().title() + ", container " + container.name(), at)
                .says("container " + container.name() + " of " + pod.owner().title() + " has runAsUser: 0"
                        + (rule.equals(CONTRADICTION) ? " and runAsNonRoot: true; " : "; ") + rule.why())
                .fix("runAsUser: a number above 0, and runAsNonRoot: true")
                .add();
    }

    private void undecided(PodForm pod, List<String> silent, List<Container> containers, Findings out) {
        String subject = pod.owner().title();
        if (silent.isEmpty()) {
            out.pass(NOT_DECIDED, subject, pod.owner().place());
            return;
        }
        Optional<Node> denied = pod.securityContext("runAsNonRoot").filter(Node::isFalse);
        Place at = denied.map(Node::place)
                .or(() -> pod.securityContext().map(Node::place))
                .orElseGet(() -> Privileges.keyOfSpec(pod));
        List<Repair> repairs = new ArrayList<>();
        repairs.add(new Repair.SetValue(pod.spec(), List.of("securityContext", "runAsNonRoot"), "true"));
        for (Container container : containers) {
            if (container.securityContext("runAsNonRoot").isPresent()) {
                repairs.add(Privileges.set(container, "true", "securityContext", "runAsNonRoot"));
            }
        }
        Findings.Failure failure = out.fail(NOT_DECIDED, subject, at);
        if (areTame(containers)) {
            failure.as(LOW, "its image sets a user today; nothing holds another version of it to that");
        }
        failure.says(subject + " does not demand a user other than root for "
                        + (silent.size() == 1 ? "container " : "containers ") + String.join(", ", silent) + "; "
                        + NOT_DECIDED.why())
                .fix("securityContext.runAsNonRoot: true for the pod", new Repair.All(repairs))
                .add();
    }

    private static void low(PodForm pod, Container container, long user, Place at, Findings out) {
        out.fail(LOW_USER, pod.owner().title() + ", container " + container.name(), at)
                .says("container " + container.name() + " of " + pod.owner().title() + " has runAsUser: " + user + "; "
                        + LOW_USER.why())
                .fix("runAsUser: " + FIRST_FREE_USER + " or above")
                .add();
    }

    private static void group(PodForm pod, Container container, Findings out) {
        Optional<Node> group = pod.inherited(container, "runAsGroup")
                .filter(node -> node.wholeNumber().orElse(1L) == 0);
        if (group.isPresent()) {
            out.fail(
                            ROOT_GROUP,
                            pod.owner().title() + ", container " + container.name(),
                            group.get().place())
                    .says("container " + container.name() + " of " + pod.owner().title() + " has runAsGroup: 0; "
                            + ROOT_GROUP.why())
                    .fix("runAsGroup: a number above 0")
                    .add();
        }
    }
}
