package dev.holdfast.check.kubernetes;

import static dev.holdfast.check.ContainerRules.APPARMOR_OFF;
import static dev.holdfast.check.ContainerRules.CAPABILITIES_KEPT;
import static dev.holdfast.check.ContainerRules.CAPABILITY_ADDED;
import static dev.holdfast.check.ContainerRules.MORE_PRIVILEGES;
import static dev.holdfast.check.ContainerRules.PRIVILEGED;
import static dev.holdfast.check.ContainerRules.SECCOMP_OFF;
import static dev.holdfast.check.ContainerRules.SELINUX_OFF;
import static dev.holdfast.check.ContainerRules.WRITABLE_ROOT;
import static dev.holdfast.core.Severity.CRITICAL;
import static dev.holdfast.core.Severity.LOW;
import static dev.holdfast.core.Severity.MEDIUM;
import static dev.holdfast.manifest.InputKind.KUBERNETES;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Repair;
import dev.holdfast.check.Rule;
import dev.holdfast.check.pss.Control;
import dev.holdfast.check.pss.PodSecurityVersion;
import dev.holdfast.check.pss.Violation;
import dev.holdfast.manifest.kubernetes.Container;
import dev.holdfast.manifest.kubernetes.PodForm;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a container may do: privileged, capabilities, seccomp, AppArmor, SELinux, privilege escalation. They are judged as a set: a privileged
 * container has every capability and no filter whatever else is written, so that is said of it and nothing besides.
 */
final class Privileges implements PodCheck {
    private static final Rule SECCOMP_UNSET = Rule.of(
            "seccomp-not-set",
            MEDIUM,
            "does not ask for a filter of system calls",
            "unless the node is set up otherwise, every call of the kernel is open to it",
            KUBERNETES);
    private static final Rule UNKNOWN_CAPABILITY = Rule.of(
            "capability-unknown",
            MEDIUM,
            "names a capability that does not exist",
            "what was meant is not granted and not dropped, or the container does not start",
            KUBERNETES);
    private static final Rule CONTRADICTION = Rule.of(
            "contradicting-privileges",
            LOW,
            "its settings contradict each other",
            "the server refuses it, or it does not start",
            KUBERNETES);
    private static final List<Rule> OF_UNPRIVILEGED = List.of(
            MORE_PRIVILEGES,
            CAPABILITIES_KEPT,
            CAPABILITY_ADDED,
            SECCOMP_UNSET,
            SECCOMP_OFF,
            APPARMOR_OFF,
            WRITABLE_ROOT);

    @Override
    public List<Rule> rules() {
        List<Rule> rules = new ArrayList<>(OF_UNPRIVILEGED);
        rules.addAll(List.of(PRIVILEGED, SELINUX_OFF, UNKNOWN_CAPABILITY, CONTRADICTION));
        return rules;
    }

    @Override
    public void check(PodForm pod, Findings out) {
        List<Container> confined = new ArrayList<>();
        List<Container> privileged = new ArrayList<>();
        for (Container container : pod.containers()) {
            boolean isPrivileged =
                    container.securityContext("privileged").filter(Node::isTrue).isPresent();
            (isPrivileged ? privileged : confined).add(container);
        }
        privileged(pod, privileged, out);
        contradictions(pod, out);
        seLinux(pod, out);
        if (confined.isEmpty() && !privileged.isEmpty()) {
            OF_UNPRIVILEGED.forEach(rule -> out.notApplicable(
                    rule, pod.owner().title(), pod.owner().place(), "a privileged container has all of it anyway"));
            return;
        }
        added(pod, confined, out);
        profiles(pod, out);
        if (pod.isWindows()) {
            List.of(MORE_PRIVILEGES, CAPABILITIES_KEPT, SECCOMP_UNSET, WRITABLE_ROOT)
                    .forEach(rule -> out.notApplicable(
                            rule, pod.owner().title(), pod.owner().place(), "Windows has no such setting"));
            return;
        }
        escalation(pod, confined, out);
        kept(pod, confined, out);
        seccomp(pod, confined, out);
        writable(pod, confined, out);
    }

    private static void privileged(PodForm pod, List<Container> privileged, Findings out) {
        String subject = pod.owner().title();
        for (Container container : privileged) {
            Place place =
                    container.securityContext("privileged").map(Node::place).orElse(container.place());
            out.fail(PRIVILEGED, subject + ", container " + container.name(), place)
                    .says("container " + container.name() + " of " + subject + " is privileged; " + PRIVILEGED.why())
                    .fix("remove privileged, and add the one capability or device that it needs")
                    .add();
        }
        if (privileged.isEmpty()) {
            out.pass(PRIVILEGED, subject, pod.owner().place());
        }
    }

    private static void added(PodForm pod, List<Container> containers, Findings out) {
        String subject = pod.owner().title();
        boolean isAny = false;
        for (Container container : containers) {
            List<String> leading = new ArrayList<>();
            Optional<Place> place = Optional.empty();
            boolean isWorst = false;
            for (Node element : list(container, "add")) {
                Capability capability = Capability.of(element.textAt().orElse(""));
                if (capability.isUnknown()) {
                    unknown(pod, container, element, out);
                } else if (!capability.isUsual()) {
                    leading.add(capability.name());
                    place = place.or(() -> Optional.of(element.place()));
                    isWorst |= capability.ownsTheHost();
                }
            }
            if (place.isPresent()) {
                isAny = true;
                String names = String.join(", ", leading);
                Findings.Failure failure = out.fail(
                                CAPABILITY_ADDED, subject + ", container " + container.name(), place.get())
                        .says("container " + container.name() + " of " + subject + " adds " + names + ": "
                                + Capability.of(leading.getFirst()).meaning())
                        .fix("remove " + names + " from capabilities.add");
                (isWorst ? failure.as(CRITICAL, "with " + names + " the host can be taken over directly") : failure)
                        .add();
            }
        }
        if (!isAny) {
            out.pass(CAPABILITY_ADDED, subject, pod.owner().place());
        }
    }

    private static void unknown(PodForm pod, Container container, Node element, Findings out) {
        String name = element.textAt().orElse("");
        String hint = name.toUpperCase(Locale.ROOT).startsWith("CAP_")
                ? "write " + name.substring(4).toUpperCase(Locale.ROOT) + ", without CAP_"
                : "correct the name: capabilities(7) lists them";
        out.fail(UNKNOWN_CAPABILITY, pod.owner().title() + ", container " + container.name(), element.place())
                .says("container " + container.name() + " of " + pod.owner().title() + " names the capability " + name
                        + ", which does not exist; " + UNKNOWN_CAPABILITY.why())
                .fix(hint)
                .add();
    }

    private static List<Node> list(Container container, String name) {
        return container
                .securityContext("capabilities", name)
                .map(Node::elements)
                .orElse(List.of());
    }

    private static void kept(PodForm pod, List<Container> containers, Findings out) {
        Lacking lacking = new Lacking(CAPABILITIES_KEPT, pod);
        for (Container container : containers) {
            boolean dropsAll = false;
            for (Node element : list(container, "drop")) {
                String name = element.textAt().orElse("");
                dropsAll |= name.equalsIgnoreCase("ALL");
                if (!name.equalsIgnoreCase("ALL") && Capability.of(name).isUnknown()) {
                    unknown(pod, container, element, out);
                }
            }
            if (!dropsAll) {
                lacking.add(
                        container,
                        deepest(container, "capabilities", "drop"),
                        set(container, "[\"ALL\"]", "securityContext", "capabilities", "drop"));
            }
        }
        lacking.tell(
                out,
                "does not drop the capabilities that every container gets (NET_RAW, CHOWN, SETUID, …); "
                        + CAPABILITIES_KEPT.why(),
                "securityContext.capabilities.drop: [\"ALL\"], and add back what the program needs");
    }

    private static void escalation(PodForm pod, List<Container> containers, Findings out) {
        Lacking lacking = new Lacking(MORE_PRIVILEGES, pod);
        for (Container container : containers) {
            Optional<Node> value = container.securityContext("allowPrivilegeEscalation");
            if (value.filter(Node::isFalse).isEmpty()) {
                lacking.add(
                        container,
                        deepest(container, "allowPrivilegeEscalation"),
                        set(container, "false", "securityContext", "allowPrivilegeEscalation"));
            }
        }
        lacking.tell(
                out,
                "does not set allowPrivilegeEscalation: false; " + MORE_PRIVILEGES.why(),
                "securityContext.allowPrivilegeEscalation: false");
    }

    private static void writable(PodForm pod, List<Container> containers, Findings out) {
        Lacking lacking = new Lacking(WRITABLE_ROOT, pod);
        for (Container container : containers) {
            if (container
                    .securityContext("readOnlyRootFilesystem")
                    .filter(Node::isTrue)
                    .isEmpty()) {
                lacking.add(
                        container,
                        deepest(container, "readOnlyRootFilesystem"),
                        set(container, "true", "securityContext", "readOnlyRootFilesystem"));
            }
        }
        lacking.tell(
                out,
                "does not set readOnlyRootFilesystem: true; " + WRITABLE_ROOT.why(),
                "securityContext.readOnlyRootFilesystem: true, and an emptyDir where it writes");
    }

    /** A pod that sets it covers all; else each container must. */
    private static void seccomp(PodForm pod, List<Container> containers, Findings out) {
        String subject = pod.owner().title();
        Place place = pod.owner().place();
        List<String> silent = new ArrayList<>();
        for (Container container : containers) {
            boolean isSet = pod.inherited(container, "seccompProfile").isPresent()
                    || pod.annotation("seccomp.security.alpha.kubernetes.io/pod")
                            .isPresent()
                    || pod.annotation("container.seccomp.security.alpha.kubernetes.io/" + container.name())
                            .isPresent();
            if (!isSet) {
                silent.add(container.name());
            }
        }
        if (silent.isEmpty()) {
            out.pass(SECCOMP_UNSET, subject, place);
            return;
        }
        Place parent = pod.securityContext().map(Node::place).orElse(keyOfSpec(pod));
        out.fail(SECCOMP_UNSET, subject, parent)
                .says(subject + " sets no seccompProfile, neither for the pod nor for "
                        + (silent.size() == 1 ? "container " : "containers ") + String.join(", ", silent) + "; "
                        + SECCOMP_UNSET.why())
                .fix(
                        "securityContext.seccompProfile.type: RuntimeDefault for the pod",
                        new Repair.SetValue(
                                pod.spec(), List.of("securityContext", "seccompProfile", "type"), "RuntimeDefault"))
                .add();
    }

    /** Where the pod's spec is written. */
    static Place keyOfSpec(PodForm pod) {
        return pod.template() instanceof Node.Mapping template
                ? template.entry("spec")
                        .map(entry -> entry.key().place())
                        .orElse(pod.spec().place())
                : pod.spec().place();
    }

    private static void profiles(PodForm pod, Findings out) {
        standard(
                pod,
                SECCOMP_OFF,
                Control.SECCOMP_BASELINE
                        .ask(pod, PodSecurityVersion.NEWEST)
                        .or(() -> Control.SECCOMP_BASELINE.ask(pod, new PodSecurityVersion(18))),
                "securityContext.seccompProfile.type: RuntimeDefault",
                out);
        standard(
                pod,
                APPARMOR_OFF,
                Control.APP_ARMOR.ask(pod, PodSecurityVersion.NEWEST),
                "securityContext.appArmorProfile.type: RuntimeDefault",
                out);
    }

    private static void seLinux(PodForm pod, Findings out) {
        standard(
                pod,
                SELINUX_OFF,
                Control.SELINUX.ask(pod, PodSecurityVersion.NEWEST),
                "remove type, user and role; level alone keeps pods apart",
                out);
    }

    private static void standard(PodForm pod, Rule rule, Optional<Violation> violation, String fix, Findings out) {
        String subject = pod.owner().title();
        if (violation.isEmpty()) {
            out.pass(rule, subject, pod.owner().place());
            return;
        }
        out.fail(rule, subject, violation.get().place())
                .says(subject + ": " + violation.get().detail() + "; " + rule.why())
                .fix(fix)
                .add();
    }

    private static void contradictions(PodForm pod, Findings out) {
        String subject = pod.owner().title();
        boolean isAny = false;
        for (Container container : pod.containers()) {
            Optional<Node> escalation =
                    container.securityContext("allowPrivilegeEscalation").filter(Node::isFalse);
            boolean isPrivileged =
                    container.securityContext("privileged").filter(Node::isTrue).isPresent();
            boolean addsAdmin = list(container, "add").stream()
                    .anyMatch(element -> element.textAt().orElse("").equals("SYS_ADMIN")
                            || element.textAt().orElse("").equals("CAP_SYS_ADMIN"));
            if (escalation.isPresent() && (isPrivileged || addsAdmin)) {
                isAny = true;
                out.fail(
                                CONTRADICTION,
                                subject + ", container " + container.name(),
                                escalation.get().place())
                        .says("container " + container.name() + " of " + subject
                                + " forbids privilege escalation and "
                                + (isPrivileged ? "is privileged" : "adds SYS_ADMIN") + "; the server refuses the pod")
                        .fix(isPrivileged ? "remove privileged" : "remove SYS_ADMIN")
                        .add();
            }
        }
        if (!isAny) {
            out.pass(CONTRADICTION, subject, pod.owner().place());
        }
    }

    /** The value, or the deepest part of the way to it that is written. */
    static Place deepest(Container container, String... keys) {
        Place place = container.place();
        Optional<Node> node = container.securityContext();
        if (node.isPresent()) {
            place = container
                    .node()
                    .entry("securityContext")
                    .map(entry -> entry.key().place())
                    .orElse(place);
        }
        for (String key : keys) {
            if (node.isPresent() && node.get() instanceof Node.Mapping mapping) {
                Optional<Node.Entry> entry =
                        mapping.entry(key).filter(each -> !each.value().isNull());
                place = entry.map(each -> each.key().place()).orElse(place);
                node = entry.map(Node.Entry::value);
            }
        }
        return place;
    }

    static Repair set(Container container, String value, String... keys) {
        return new Repair.SetValue(container.node(), List.of(keys), value);
    }
}
