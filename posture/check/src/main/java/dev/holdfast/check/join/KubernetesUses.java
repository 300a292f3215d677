package dev.holdfast.check.join;

import dev.holdfast.manifest.InputKind;
import dev.holdfast.manifest.ManifestFile;
import dev.holdfast.manifest.kubernetes.Container;
import dev.holdfast.manifest.kubernetes.KubernetesObject;
import dev.holdfast.manifest.kubernetes.PodForm;
import dev.holdfast.manifest.tree.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The containers of Kubernetes workloads. */
final class KubernetesUses {
    private static final List<String> PROBES = List.of("livenessProbe", "readinessProbe", "startupProbe");

    private KubernetesUses() {}

    static List<Use> of(ManifestFile file) {
        List<Use> uses = new ArrayList<>();
        for (KubernetesObject object : KubernetesObject.of(file)) {
            PodForm.of(object)
                    .ifPresent(pod -> pod.containers()
                            .forEach(container -> use(pod, container).ifPresent(uses::add)));
        }
        return uses;
    }

    private static Optional<Use> use(PodForm pod, Container container) {
        String path = pod.owner().path();
        Optional<Setting> image = Setting.of(container.node().get("image"), path);
        return image.map(named -> new Use(
                InputKind.KUBERNETES,
                pod.owner().title() + ", container " + container.name(),
                named,
                Optional.empty(),
                container.place(),
                Setting.of(pod.inherited(container, "runAsUser"), path),
                Setting.of(pod.inherited(container, "runAsNonRoot").filter(Node::isTrue), path),
                pod.hasOwnUsers() || pod.isWindows(),
                Setting.of(container.securityContext("readOnlyRootFilesystem").filter(Node::isTrue), path),
                Launch.ofList(container.node().get("command"), path),
                Launch.ofList(container.node().get("args"), path),
                probes(container, path),
                container.role() != Container.Role.MAIN
                        || PROBES.stream()
                                .anyMatch(probe -> container.node().get(probe).isPresent()),
                ports(container, path),
                opensLowPorts(pod),
                mounts(container),
                new ImagePlatform(
                        system(pod).map(Setting::text).orElse(""),
                        architecture(pod).map(Setting::text).orElse("")),
                architecture(pod).or(() -> system(pod))));
    }

    private static Optional<Setting> system(PodForm pod) {
        return Setting.of(
                pod.spec().at("os", "name").or(() -> pod.spec().at("nodeSelector", "kubernetes.io/os")),
                pod.owner().path());
    }

    private static Optional<Setting> architecture(PodForm pod) {
        return Setting.of(
                pod.spec().at("nodeSelector", "kubernetes.io/arch"), pod.owner().path());
    }

    private static List<Launch> probes(Container container, String path) {
        List<Launch> probes = new ArrayList<>();
        for (String probe : PROBES) {
            Launch.ofList(container.node().at(probe, "exec", "command"), path).ifPresent(probes::add);
        }
        for (String hook : List.of("postStart", "preStop")) {
            Launch.ofList(container.node().at("lifecycle", hook, "exec", "command"), path)
                    .ifPresent(probes::add);
        }
        return probes;
    }

    private static List<Setting> ports(Container container, String path) {
        List<Setting> ports = new ArrayList<>();
        for (Node port : container.node().get("ports").map(Node::elements).orElse(List.of())) {
            Setting.of(port.get("containerPort"), path).ifPresent(ports::add);
        }
        return ports;
    }

    private static boolean opensLowPorts(PodForm pod) {
        for (Node sysctl : pod.securityContext("sysctls").map(Node::elements).orElse(List.of())) {
            if (sysctl.textAt("name")
                    .filter("net.ipv4.ip_unprivileged_port_start"::equals)
                    .isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static List<String> mounts(Container container) {
        List<String> mounts = new ArrayList<>();
        for (Node mount :
                container.node().get("volumeMounts").map(Node::elements).orElse(List.of())) {
            mount.textAt("mountPath").ifPresent(mounts::add);
        }
        return mounts;
    }
}
