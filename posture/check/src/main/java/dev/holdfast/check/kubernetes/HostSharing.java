package dev.holdfast.check.kubernetes;

import static dev.holdfast.check.ContainerRules.HOST_IPC;
import static dev.holdfast.check.ContainerRules.HOST_NETWORK;
import static dev.holdfast.check.ContainerRules.HOST_PID;
import static dev.holdfast.check.ContainerRules.UNSAFE_SYSCTL;
import static dev.holdfast.core.Severity.CRITICAL;
import static dev.holdfast.core.Severity.HIGH;
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
import java.util.List;
import java.util.Optional;

/** What of the node a pod shares. */
final class HostSharing implements PodCheck {
    private static final Rule HOST_PORT = Rule.of(
            "host-port",
            MEDIUM,
            "takes a port of the node",
            "whoever reaches the node reaches the container, past services and network policies",
            KUBERNETES);
    private static final Rule HOST_PROCESS = Rule.of(
            "windows-host-process",
            CRITICAL,
            "runs as a process of the Windows host",
            "it is no container: it has the host's rights and files",
            KUBERNETES);
    private static final Rule PROC_MOUNT = Rule.of(
            "proc-mount-unmasked",
            HIGH,
            "sees the whole of /proc",
            "the files under /proc through which the host can be changed are open to it",
            KUBERNETES);
    private static final Rule PROBE_HOST = Rule.of(
            "probe-or-lifecycle-host",
            MEDIUM,
            "lets the kubelet call another host",
            "the kubelet calls it from the node's own network, past network policies",
            KUBERNETES);
    private static final Rule SHARED_PROCESSES = Rule.of(
            "share-process-namespace",
            LOW,
            "its containers see each other's processes",
            "a break-in into one reads the environment and the files of the others",
            KUBERNETES);
    private static final Rule HOST_USERS = Rule.of(
                    "host-users",
                    LOW,
                    "has the node's users",
                    "root in the container is root on the node once it breaks out; hostUsers: false maps it away",
                    KUBERNETES)
            .strict();

    @Override
    public List<Rule> rules() {
        return List.of(
                HOST_NETWORK,
                HOST_PID,
                HOST_IPC,
                HOST_PORT,
                HOST_PROCESS,
                PROC_MOUNT,
                PROBE_HOST,
                SHARED_PROCESSES,
                HOST_USERS,
                UNSAFE_SYSCTL);
    }

    @Override
    public void check(PodForm pod, Findings out) {
        flag(pod, HOST_NETWORK, "hostNetwork", out);
        flag(pod, HOST_PID, "hostPID", out);
        flag(pod, HOST_IPC, "hostIPC", out);
        flag(pod, SHARED_PROCESSES, "shareProcessNamespace", out);
        hostUsers(pod, out);
        hostPorts(pod, out);
        standard(pod, HOST_PROCESS, Control.WINDOWS_HOST_PROCESS, "remove hostProcess", out);
        standard(pod, PROC_MOUNT, Control.PROC_MOUNT, "remove procMount, or set hostUsers: false for the pod", out);
        standard(pod, PROBE_HOST, Control.HOST_PROBES, "remove host: the pod's own address is asked", out);
        standard(pod, UNSAFE_SYSCTL, Control.SYSCTLS, "remove it, or set it on the nodes that need it", out);
    }

    private static void flag(PodForm pod, Rule rule, String field, Findings out) {
        String subject = pod.owner().title();
        Optional<Node> value = pod.spec().get(field).filter(Node::isTrue);
        if (value.isEmpty()) {
            out.pass(rule, subject, pod.owner().place());
            return;
        }
        out.fail(rule, subject, value.get().place())
                .says(subject + " has " + field + ": true; " + rule.why())
                .fix("remove " + field, new Repair.RemoveKey(pod.spec(), field))
                .add();
    }

    private static void hostUsers(PodForm pod, Findings out) {
        String subject = pod.owner().title();
        if (pod.hasOwnUsers()) {
            out.pass(HOST_USERS, subject, pod.owner().place());
        } else if (pod.isWindows()) {
            out.notApplicable(HOST_USERS, subject, pod.owner().place(), "Windows has no user namespaces");
        } else {
            out.fail(HOST_USERS, subject, pod.spec().place())
                    .says(subject + " does not set hostUsers: false; " + HOST_USERS.why())
                    .fix("hostUsers: false")
                    .add();
        }
    }

    /** In the node's network every port is the node's; that is said once, there. */
    private static void hostPorts(PodForm pod, Findings out) {
        String subject = pod.owner().title();
        if (pod.spec().get("hostNetwork").filter(Node::isTrue).isPresent()) {
            out.notApplicable(
                    HOST_PORT, subject, pod.owner().place(), "in the host's network every port is the host's");
            return;
        }
        boolean isAny = false;
        for (Container container : pod.containers()) {
            for (Node port : container.node().get("ports").map(Node::elements).orElse(List.of())) {
                Optional<Node> hostPort = pod.hostPort(container, port);
                if (hostPort.isPresent()) {
                    isAny = true;
                    String number = hostPort.get().textAt().orElse("");
                    out.fail(
                                    HOST_PORT,
                                    subject + ", container " + container.name(),
                                    hostPort.get().place())
                            .says("container " + container.name() + " of " + subject + " takes port " + number
                                    + " of the node; " + HOST_PORT.why())
                            .fix("remove hostPort and put a Service before it")
                            .add();
                }
            }
        }
        if (!isAny) {
            out.pass(HOST_PORT, subject, pod.owner().place());
        }
    }

    /** Asks what the Pod Security Standards ask, in the newest version. */
    private static void standard(PodForm pod, Rule rule, Control control, String fix, Findings out) {
        String subject = pod.owner().title();
        Optional<Violation> violation = control.ask(pod, PodSecurityVersion.NEWEST);
        if (violation.isEmpty()) {
            out.pass(rule, subject, pod.owner().place());
            return;
        }
        out.fail(rule, subject, violation.get().place())
                .says(subject + ": " + violation.get().detail() + "; " + rule.why())
                .fix(fix)
                .add();
    }
}
