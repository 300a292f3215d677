package dev.holdfast.check.kubernetes;

import static dev.holdfast.check.ContainerRules.NO_HEALTH_CHECK;
import static dev.holdfast.core.Severity.LOW;
import static dev.holdfast.core.Severity.MEDIUM;
import static dev.holdfast.manifest.InputKind.KUBERNETES;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Rule;
import dev.holdfast.manifest.kubernetes.Container;
import dev.holdfast.manifest.kubernetes.PodForm;
import dev.holdfast.manifest.tree.Node;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How a pod is kept running: probes, where it may be placed, what it is given. */
final class Operation implements PodCheck {
    private static final Rule PROBE_PORT = Rule.of(
            "probe-port-unknown",
            MEDIUM,
            "is asked at a port that it does not name",
            "the probe fails, and the container is restarted or never gets requests",
            KUBERNETES);
    private static final Rule TOLERATES_ALL = Rule.of(
            "dangerous-toleration",
            LOW,
            "may run on the control plane",
            "a break-in into it is then on a node that holds the cluster's keys",
            KUBERNETES);
    private static final Rule SYSTEM_PRIORITY = Rule.of(
                    "priority-class-system",
                    LOW,
                    "claims the priority of the system",
                    "it displaces what the nodes need to work",
                    KUBERNETES)
            .strict();
    private static final Rule PINNED = Rule.of(
                    "node-name-pinned",
                    LOW,
                    "names the node that it runs on",
                    "the scheduler, and every rule that it keeps, is passed over",
                    KUBERNETES)
            .strict();
    private static final Rule TERMINAL = Rule.of(
                    "stdin-tty",
                    LOW,
                    "keeps a terminal open",
                    "who can attach to it types into the program",
                    KUBERNETES)
            .strict();
    private static final Rule HOST_ALIASES = Rule.of(
                    "host-aliases-set",
                    LOW,
                    "says itself where hosts are",
                    "it talks to an address that nobody else looks after",
                    KUBERNETES)
            .strict();
    private static final Rule REPEATED_VARIABLE = Rule.of(
            "duplicate-env",
            LOW,
            "sets a variable twice",
            "only the last one counts, and the other misleads",
            KUBERNETES);
    private static final List<String> PROBES = List.of("livenessProbe", "readinessProbe", "startupProbe");

    @Override
    public List<Rule> rules() {
        return List.of(
                NO_HEALTH_CHECK,
                PROBE_PORT,
                TOLERATES_ALL,
                SYSTEM_PRIORITY,
                PINNED,
                TERMINAL,
                HOST_ALIASES,
                REPEATED_VARIABLE);
    }

    @Override
    public void check(PodForm pod, Findings out) {
        probes(pod, out);
        tolerations(pod, out);
        variables(pod, out);
        field(pod, PINNED, "nodeName", "remove nodeName; use a nodeSelector", out);
        field(pod, HOST_ALIASES, "hostAliases", "remove hostAliases; use a Service or the DNS", out);
        priority(pod, out);
        terminals(pod, out);
    }

    private static void probes(PodForm pod, Findings out) {
        String kind = pod.owner().kind();
        boolean isService = !kind.equals("Job") && !kind.equals("CronJob");
        boolean isWrong = false;
        Lacking lacking = new Lacking(NO_HEALTH_CHECK, pod);
        for (Container container : pod.containers()) {
            boolean isAsked = false;
            for (String probe : PROBES) {
                Optional<Node> node = container.node().get(probe);
                isAsked |= node.isPresent();
                isWrong |= node.isPresent() && isPortUnknown(pod, container, probe, node.get(), out);
            }
            if (isService && container.role() == Container.Role.MAIN && !isAsked) {
                lacking.add(container, container.place());
            }
        }
        lacking.tell(
                out,
                "has no readinessProbe, livenessProbe or startupProbe; " + NO_HEALTH_CHECK.why(),
                "readinessProbe: how the program says that it works");
        if (!isWrong) {
            out.pass(PROBE_PORT, pod.owner().title(), pod.owner().place());
        }
    }

    /** Only a port by name must be among the container's: one by number need not be. */
    private static boolean isPortUnknown(PodForm pod, Container container, String probe, Node node, Findings out) {
        Optional<Node> port = node.at("httpGet", "port").or(() -> node.at("tcpSocket", "port"));
        String name = port.flatMap(Node::textAt).orElse("");
        if (port.isEmpty() || name.chars().allMatch(Character::isDigit) || name.contains("$") || name.contains("{")) {
            return false;
        }
        for (Node each : container.node().get("ports").map(Node::elements).orElse(List.of())) {
            if (each.textAt("name").orElse("").equals(name)) {
                return false;
            }
        }
        out.fail(
                        PROBE_PORT,
                        pod.owner().title() + ", container " + container.name(),
                        port.get().place())
                .says("the " + probe + " of container " + container.name() + " of "
                        + pod.owner().title()
                        + " asks at the port " + name + ", and the container has no port of that name; "
                        + PROBE_PORT.why())
                .fix("the name or number of one of its ports")
                .add();
        return true;
    }

    private static void tolerations(PodForm pod, Findings out) {
        String subject = pod.owner().title();
        for (Node toleration : pod.spec().get("tolerations").map(Node::elements).orElse(List.of())) {
            String key = toleration.textAt("key").orElse("");
            boolean isAll = key.isEmpty()
                    && toleration.textAt("operator").orElse("").equals("Exists")
                    && !toleration.textAt("effect").orElse("").equals("NoExecute");
            if (isAll
                    || key.equals("node-role.kubernetes.io/control-plane")
                    || key.equals("node-role.kubernetes.io/master")) {
                out.fail(TOLERATES_ALL, subject, toleration.place())
                        .says(subject + (isAll ? " tolerates every taint" : " tolerates " + key) + "; "
                                + TOLERATES_ALL.why())
                        .fix("remove the toleration, unless it is an agent that every node must have")
                        .add();
                return;
            }
        }
        out.pass(TOLERATES_ALL, subject, pod.owner().place());
    }

    private static void variables(PodForm pod, Findings out) {
        boolean isAny = false;
        for (Container container : pod.containers()) {
            Set<String> names = new HashSet<>();
            for (Node variable : container.node().get("env").map(Node::elements).orElse(List.of())) {
                String name = variable.textAt("name").orElse("");
                if (!name.isEmpty() && !names.add(name)) {
                    isAny = true;
                    out.fail(
                                    REPEATED_VARIABLE,
                                    pod.owner().title() + ", container " + container.name(),
                                    variable.place())
                            .says("container " + container.name() + " of "
                                    + pod.owner().title() + " sets " + name + " twice; " + REPEATED_VARIABLE.why())
                            .fix("remove one of them")
                            .add();
                }
            }
        }
        if (!isAny) {
            out.pass(REPEATED_VARIABLE, pod.owner().title(), pod.owner().place());
        }
    }

    private static void field(PodForm pod, Rule rule, String field, String fix, Findings out) {
        String subject = pod.owner().title();
        Optional<Node.Entry> entry =
                pod.spec().entry(field).filter(each -> !each.value().isNull());
        if (entry.isEmpty()) {
            out.pass(rule, subject, pod.owner().place());
            return;
        }
        out.fail(rule, subject, entry.get().key().place())
                .says(subject + " sets " + field + "; " + rule.why())
                .fix(fix)
                .add();
    }

    private static void priority(PodForm pod, Findings out) {
        String subject = pod.owner().title();
        Optional<Node> name = pod.spec().get("priorityClassName");
        boolean isSystem = name.flatMap(Node::textAt)
                .filter(each -> each.startsWith("system-"))
                .isPresent();
        boolean isItsPlace =
                pod.owner().namespace().filter("kube-system"::equals).isPresent();
        if (name.isPresent() && isSystem && !isItsPlace) {
            out.fail(SYSTEM_PRIORITY, subject, name.get().place())
                    .says(subject + " has priorityClassName: "
                            + name.get().textAt().orElse("") + "; " + SYSTEM_PRIORITY.why())
                    .fix("a priority class of your own, or none")
                    .add();
        } else {
            out.pass(SYSTEM_PRIORITY, subject, pod.owner().place());
        }
    }

    private static void terminals(PodForm pod, Findings out) {
        String subject = pod.owner().title();
        boolean isAny = false;
        for (Container container : pod.containers()) {
            for (String field : List.of("stdin", "tty")) {
                Optional<Node> value = container.node().get(field).filter(Node::isTrue);
                if (value.isPresent()) {
                    isAny = true;
                    out.fail(
                                    TERMINAL,
                                    subject + ", container " + container.name(),
                                    value.get().place())
                            .says("container " + container.name() + " of " + subject + " has " + field + ": true; "
                                    + TERMINAL.why())
                            .fix("remove " + field)
                            .add();
                }
            }
        }
        if (!isAny) {
            out.pass(TERMINAL, subject, pod.owner().place());
        }
    }
}
