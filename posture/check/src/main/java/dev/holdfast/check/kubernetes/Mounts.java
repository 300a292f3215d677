package dev.holdfast.check.kubernetes;

import static dev.holdfast.check.ContainerRules.HOST_PATH;
import static dev.holdfast.check.ContainerRules.RUNTIME_SOCKET;
import static dev.holdfast.check.ContainerRules.SHARED_PROPAGATION;
import static dev.holdfast.core.Severity.CRITICAL;
import static dev.holdfast.core.Severity.HIGH;
import static dev.holdfast.core.Severity.LOW;
import static dev.holdfast.manifest.InputKind.KUBERNETES;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Rule;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.kubernetes.Container;
import dev.holdfast.manifest.kubernetes.PodForm;
import dev.holdfast.manifest.tree.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What of the node's files a pod mounts. A volume has one finding, the worst that is true of it. */
final class Mounts implements PodCheck {
    static final Rule ANY_HOST_PATH = Rule.of(
            "host-path-volume",
            HIGH,
            "mounts a path of the node",
            "its content outlives the pod and is shared with whatever else runs on the node",
            KUBERNETES);

    private static final Set<String> SOCKETS = Set.of(
            "/var/run/docker.sock",
            "/run/docker.sock",
            "/run/containerd/containerd.sock",
            "/var/run/containerd/containerd.sock",
            "/run/k3s/containerd/containerd.sock",
            "/var/run/crio/crio.sock",
            "/run/crio/crio.sock",
            "/var/run/cri-dockerd.sock",
            "/run/cri-dockerd.sock",
            "/var/run/dockershim.sock",
            "/run/podman/podman.sock",
            "/var/run/podman/podman.sock");

    /** Who writes there owns the node; who reads there has its keys. */
    private static final List<String> OWNING = List.of(
            "/",
            "/boot",
            "/dev",
            "/etc",
            "/etc/kubernetes",
            "/etc/cni",
            "/opt/cni",
            "/proc",
            "/root",
            "/run",
            "/run/containerd",
            "/run/docker",
            "/sys",
            "/usr",
            "/usr/bin",
            "/bin",
            "/sbin",
            "/lib",
            "/home",
            "/var",
            "/var/lib",
            "/var/lib/docker",
            "/var/lib/containerd",
            "/var/lib/containers",
            "/var/lib/etcd",
            "/var/lib/kubelet",
            "/var/run",
            "/var/run/docker",
            "/var/run/containerd");

    /** Nothing secret is in them, and they are mounted to be read. */
    private static final List<String> HARMLESS = List.of(
            "/etc/localtime",
            "/etc/timezone",
            "/usr/share/zoneinfo",
            "/etc/ssl/certs",
            "/etc/pki/ca-trust",
            "/lib/modules");

    @Override
    public List<Rule> rules() {
        return List.of(RUNTIME_SOCKET, HOST_PATH, ANY_HOST_PATH, SHARED_PROPAGATION);
    }

    @Override
    public void check(PodForm pod, Findings out) {
        String subject = pod.owner().title();
        List<Rule> failed = new ArrayList<>();
        for (Node volume : pod.volumes()) {
            Optional<Node> path = volume.at("hostPath", "path");
            if (path.isPresent()) {
                failed.add(hostPath(pod, volume, path.get(), out));
            } else if (volume.get("hostPath").isPresent()) {
                failed.add(hostPath(pod, volume, volume.get("hostPath").get(), out));
            }
        }
        for (Rule rule : List.of(RUNTIME_SOCKET, HOST_PATH, ANY_HOST_PATH)) {
            if (!failed.contains(rule)) {
                out.pass(rule, subject, pod.owner().place());
            }
        }
        propagation(pod, out);
    }

    private static Rule hostPath(PodForm pod, Node volume, Node path, Findings out) {
        String subject = pod.owner().title();
        String name = volume.textAt("name").orElse("");
        String folder = normal(path.textAt().orElse(""));
        boolean isReadOnly = isReadOnly(pod, name);
        Rule rule = SOCKETS.contains(folder) ? RUNTIME_SOCKET : isOwning(folder) ? HOST_PATH : ANY_HOST_PATH;
        Findings.Failure failure = out.fail(rule, subject + ", volume " + name, path.place())
                .says(subject + " mounts " + (folder.isEmpty() ? "a path" : folder) + " of the node (volume " + name
                        + (isReadOnly ? ", read only); " : "); ") + rule.why())
                .fix(fix(rule));
        Severity severity = severity(rule, folder, isReadOnly);
        (severity == rule.severity() ? failure : failure.as(severity, reason(severity, folder))).add();
        return rule;
    }

    private static Severity severity(Rule rule, String folder, boolean isReadOnly) {
        if (rule.equals(ANY_HOST_PATH) && isReadOnly && HARMLESS.stream().anyMatch(each -> isWithin(folder, each))) {
            return LOW;
        }
        boolean isWhole = folder.equals("/") || folder.equals("/etc") || folder.equals("/var/lib/kubelet");
        return rule.equals(HOST_PATH) && isWhole && !isReadOnly ? CRITICAL : rule.severity();
    }

    private static String reason(Severity severity, String folder) {
        return severity == LOW
                ? "nothing secret is in " + folder + ", and it is read only"
                : "who writes to " + folder + " of the node owns the node";
    }

    private static String fix(Rule rule) {
        if (rule.equals(RUNTIME_SOCKET)) {
            return "remove the volume; a build or log agent has ways without the socket";
        }
        return "remove the volume, or use a persistentVolumeClaim, an emptyDir or a ConfigMap; where it must be, mount"
                + " the one file, readOnly: true";
    }

    private static boolean isOwning(String folder) {
        if (HARMLESS.stream().anyMatch(each -> isWithin(folder, each))) {
            return false;
        }
        return OWNING.contains(folder)
                || isWithin(folder, "/etc/kubernetes")
                || isWithin(folder, "/proc")
                || isWithin(folder, "/dev")
                || isWithin(folder, "/root")
                || isWithin(folder, "/var/lib/kubelet")
                || isWithin(folder, "/var/lib/docker")
                || isWithin(folder, "/var/lib/etcd");
    }

    private static boolean isWithin(String path, String parent) {
        return path.equals(parent) || path.startsWith(parent + "/");
    }

    private static String normal(String path) {
        String single = path.replaceAll("/{2,}", "/");
        return single.length() > 1 && single.endsWith("/") ? single.substring(0, single.length() - 1) : single;
    }

    /** Whether every container that mounts it cannot write; one that nobody mounts counts as writable. */
    private static boolean isReadOnly(PodForm pod, String volume) {
        boolean isMounted = false;
        for (Container container : pod.containers()) {
            for (Node mount :
                    container.node().get("volumeMounts").map(Node::elements).orElse(List.of())) {
                if (mount.textAt("name").orElse("").equals(volume)) {
                    isMounted = true;
                    if (mount.get("readOnly").filter(Node::isTrue).isEmpty()) {
                        return false;
                    }
                }
            }
        }
        return isMounted;
    }

    private static void propagation(PodForm pod, Findings out) {
        String subject = pod.owner().title();
        boolean isAny = false;
        for (Container container : pod.containers()) {
            for (Node mount :
                    container.node().get("volumeMounts").map(Node::elements).orElse(List.of())) {
                Optional<Node> mode = mount.get("mountPropagation")
                        .filter(node -> node.textAt().orElse("").equals("Bidirectional"));
                if (mode.isPresent()) {
                    isAny = true;
                    out.fail(
                                    SHARED_PROPAGATION,
                                    subject + ", container " + container.name(),
                                    mode.get().place())
                            .says("container " + container.name() + " of " + subject
                                    + " has mountPropagation: Bidirectional; " + SHARED_PROPAGATION.why())
                            .fix("remove mountPropagation, or use HostToContainer")
                            .add();
                }
            }
        }
        if (!isAny) {
            out.pass(SHARED_PROPAGATION, subject, pod.owner().place());
        }
    }
}
