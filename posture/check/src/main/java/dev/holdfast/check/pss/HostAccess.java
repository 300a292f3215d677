package dev.holdfast.check.pss;

import dev.holdfast.manifest.kubernetes.Container;
import dev.holdfast.manifest.kubernetes.PodForm;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The controls about what of the node a pod may touch. */
final class HostAccess {
    private static final List<String> PROBES = List.of("livenessProbe", "readinessProbe", "startupProbe");
    private static final List<String> HANDLERS = List.of("postStart", "preStop");

    private HostAccess() {}

    static Optional<Violation> namespaces(PodForm pod, PodSecurityVersion version) {
        List<String> shared = new ArrayList<>();
        Place place = Place.START;
        for (String field : List.of("hostNetwork", "hostPID", "hostIPC")) {
            Optional<Node> value = pod.spec().get(field).filter(Node::isTrue);
            if (value.isPresent()) {
                place = shared.isEmpty() ? value.get().place() : place;
                shared.add(field + "=true");
            }
        }
        return shared.isEmpty()
                ? Optional.empty()
                : Optional.of(new Violation("host namespaces", String.join(", ", shared), place));
    }

    static Optional<Violation> ports(PodForm pod, PodSecurityVersion version) {
        Offenders offenders = new Offenders();
        for (Container container : pod.containers()) {
            boolean isBad = false;
            for (Node port : container.node().get("ports").map(Node::elements).orElse(List.of())) {
                Optional<Node> hostPort = pod.hostPort(container, port);
                if (hostPort.isPresent()) {
                    offenders.value(number(hostPort.get()), hostPort.get().place());
                    isBad = true;
                }
            }
            if (isBad) {
                offenders.container(container, container.place());
            }
        }
        if (!offenders.areAny()) {
            return Optional.empty();
        }
        String detail = offenders.named() + " "
                + Offenders.uses(offenders.containers().size()) + " "
                + Offenders.plural("hostPort", offenders.values().size()) + " " + String.join(", ", offenders.values());
        return Optional.of(new Violation("hostPort", detail, offenders.place()));
    }

    private static String number(Node node) {
        return node.wholeNumber().map(String::valueOf).orElse("");
    }

    /** Probes and handlers that reach out to another host than the pod: the kubelet would ask for them, from the node's network. */
    static Optional<Violation> probes(PodForm pod, PodSecurityVersion version) {
        TreeSet<String> names = new TreeSet<>();
        Offenders hosts = new Offenders();
        for (Container container : pod.containers()) {
            boolean isBad = false;
            for (String probe : PROBES) {
                isBad |= host(container.node().get(probe), hosts);
            }
            for (String handler : HANDLERS) {
                isBad |= host(container.node().at("lifecycle", handler), hosts);
            }
            if (isBad) {
                names.add(container.name());
            }
        }
        if (names.isEmpty()) {
            return Optional.empty();
        }
        String detail = Offenders.plural("container", names.size()) + " " + Offenders.quoted(names) + " "
                + Offenders.uses(names.size()) + " "
                + Offenders.plural("probe or lifecycle host", hosts.values().size()) + " " + hosts.quotedValues();
        return Optional.of(new Violation("probe or lifecycle host", detail, hosts.place()));
    }

    private static boolean host(Optional<Node> action, Offenders hosts) {
        boolean isBad = false;
        for (String way : List.of("httpGet", "tcpSocket")) {
            Optional<Node> host = action.flatMap(node -> node.at(way, "host"));
            String name = host.flatMap(Node::textAt).orElse("");
            if (host.isPresent() && !name.isEmpty()) {
                hosts.value(name, host.get().place());
                isBad = true;
            }
        }
        return isBad;
    }

    static Optional<Violation> privileged(PodForm pod, PodSecurityVersion version) {
        Offenders offenders = new Offenders();
        for (Container container : pod.containers()) {
            container
                    .securityContext("privileged")
                    .filter(Node::isTrue)
                    .ifPresent(value -> offenders.container(container, value.place()));
        }
        return offenders.areAny()
                ? Optional.of(new Violation(
                        "privileged",
                        offenders.named() + " must not set securityContext.privileged=true",
                        offenders.place()))
                : Optional.empty();
    }

    static Optional<Violation> procMountOfBaseline(PodForm pod, PodSecurityVersion version) {
        return version.atLeast(35) && pod.hasOwnUsers() ? Optional.empty() : procMount(pod, version);
    }

    static Optional<Violation> procMount(PodForm pod, PodSecurityVersion version) {
        Offenders offenders = new Offenders();
        for (Container container : pod.containers()) {
            Optional<Node> mount = container.securityContext("procMount");
            String type = mount.flatMap(Node::textAt).orElse("Default");
            if (mount.isPresent() && !type.equals("Default")) {
                offenders.container(container, mount.get().place());
                offenders.value(type, mount.get().place());
            }
        }
        return offenders.areAny()
                ? Optional.of(new Violation(
                        "procMount",
                        offenders.named() + " must not set securityContext.procMount to " + offenders.quotedValues(),
                        offenders.place()))
                : Optional.empty();
    }

    static Optional<Violation> windowsHostProcess(PodForm pod, PodSecurityVersion version) {
        Offenders offenders = new Offenders();
        String[] field = {"windowsOptions", "hostProcess"};
        pod.securityContext(field).filter(Node::isTrue).ifPresent(value -> offenders.pod(value.place()));
        for (Container container : pod.containers()) {
            container
                    .securityContext(field)
                    .filter(Node::isTrue)
                    .ifPresent(value -> offenders.container(container, value.place()));
        }
        return offenders.areAny()
                ? Optional.of(new Violation(
                        "hostProcess",
                        offenders.setters() + " must not set securityContext.windowsOptions.hostProcess=true",
                        offenders.place()))
                : Optional.empty();
    }
}
