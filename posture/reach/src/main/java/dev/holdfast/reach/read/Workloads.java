package dev.holdfast.reach.read;

import dev.holdfast.manifest.kubernetes.Container;
import dev.holdfast.manifest.kubernetes.KubernetesObject;
import dev.holdfast.manifest.kubernetes.LabelSelector;
import dev.holdfast.manifest.kubernetes.Origin;
import dev.holdfast.manifest.kubernetes.PodForm;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.reach.cluster.Pod;
import dev.holdfast.reach.cluster.Workload;
import dev.holdfast.reach.space.Block;
import dev.holdfast.reach.space.Protocol;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Collects workloads. A pod with an owner belongs to it; one that has finished talks to nobody. What a controller will make is one pod, as its
 * template says; when it is given twice it is as it was given last.
 */
final class Workloads {
    private static final Set<String> FINISHED = Set.of("Succeeded", "Failed");
    private static final String POD = "Pod";

    private record Key(String namespace, String name, String kind) {}

    private record Member(Pod pod, Origin origin) {}

    private final Map<Key, List<Member>> pods = new LinkedHashMap<>();
    private final Map<Key, Member> templates = new LinkedHashMap<>();

    /** Takes an object; nothing happens when it makes no pods. */
    void add(String file, String namespace, Node.Mapping root) {
        KubernetesObject object = new KubernetesObject(file, root);
        Optional<PodForm> form = PodForm.of(object);
        if (object.kind().equals("PodTemplate")) {
            return;
        }
        if (form.isEmpty()) {
            labelled(object, namespace);
        } else if (form.get().isPod()) {
            pod(form.get(), namespace);
        } else {
            Node labels = form.get().template();
            Pod pod = pod(namespace, labels, form.get());
            templates.put(key(object, namespace), new Member(pod, origin(object)));
        }
    }

    private static Key key(KubernetesObject object, String namespace) {
        return new Key(namespace, object.name(), object.kind());
    }

    private static Origin origin(KubernetesObject object) {
        return new Origin(object.path(), object.place().line());
    }

    private void pod(PodForm form, String namespace) {
        Node root = form.owner().root();
        if (FINISHED.contains(root.textAt("status", "phase").orElse(""))) {
            return;
        }
        Key key = owner(root)
                .map(owner -> new Key(
                        namespace,
                        owner.textAt("name").orElse(""),
                        owner.textAt("kind").orElse(POD)))
                .orElseGet(() -> new Key(namespace, form.owner().name(), POD));
        pods.computeIfAbsent(key, none -> new ArrayList<>())
                .add(new Member(pod(namespace, root, form), origin(form.owner())));
    }

    /** Static pods belong to their node, which is nothing that talks. */
    private static Optional<Node> owner(Node root) {
        return root.at("metadata", "ownerReferences").map(Node::elements).orElse(List.of()).stream()
                .filter(owner -> !owner.textAt("kind").orElse("").equals("Node"))
                .findFirst();
    }

    private static Pod pod(String namespace, Node labelled, PodForm form) {
        Node status = form.owner().root();
        return new Pod(
                namespace,
                LabelSelector.labels(labelled, "metadata", "labels"),
                ports(form),
                form.isPod() ? addresses(status) : List.of(),
                form.spec().textAt("nodeName").orElse(""),
                form.spec().get("hostNetwork").filter(Node::isTrue).isPresent());
    }

    private static List<Pod.NamedPort> ports(PodForm form) {
        List<Pod.NamedPort> ports = new ArrayList<>();
        for (Container container : form.containers()) {
            for (Node port : container.node().get("ports").map(Node::elements).orElse(List.of())) {
                Optional<String> name = port.textAt("name");
                Optional<Long> number = port.get("containerPort").flatMap(Node::wholeNumber);
                Optional<Protocol> protocol =
                        Protocol.of(port.textAt("protocol").orElse(Protocol.TCP.name()));
                if (name.isPresent() && number.isPresent() && protocol.isPresent()) {
                    ports.add(new Pod.NamedPort(
                            name.get(), protocol.get(), number.get().intValue()));
                }
            }
        }
        return ports;
    }

    private static List<Block> addresses(Node root) {
        List<Block> addresses = new ArrayList<>();
        for (Node each : root.at("status", "podIPs").map(Node::elements).orElse(List.of())) {
            each.textAt("ip").flatMap(Block::address).ifPresent(addresses::add);
        }
        if (addresses.isEmpty()) {
            root.textAt("status", "podIP").flatMap(Block::address).ifPresent(addresses::add);
        }
        return addresses;
    }

    /**
     * What has a template with labels and no pod in it: a machine of KubeVirt, which runs in a pod with these labels, or a template that is written
     * wrongly.
     */
    private void labelled(KubernetesObject object, String namespace) {
        boolean isMachine =
                object.group().equals("kubevirt.io") && object.kind().equals("VirtualMachine");
        Optional<Node> template = object.root().at("spec", "template");
        if (template.isPresent() && (isMachine || PodForm.isBuiltIn(object))) {
            Map<String, String> labels = LabelSelector.labels(template.get(), "metadata", "labels");
            Pod pod = new Pod(namespace, labels, List.of(), List.of(), "", false);
            templates.put(key(object, namespace), new Member(pod, origin(object)));
        }
    }

    /** All that were taken; a template whose pods were given too is those pods. */
    List<Workload> workloads() {
        List<Workload> workloads = new ArrayList<>();
        pods.forEach((key, members) -> workloads.add(workload(key, members)));
        templates.forEach((key, member) -> {
            if (!pods.containsKey(key)) {
                workloads.add(workload(key, List.of(member)));
            }
        });
        return workloads;
    }

    private static Workload workload(Key key, List<Member> members) {
        return new Workload(
                key.namespace(),
                key.name(),
                key.kind(),
                members.stream().map(Member::pod).toList(),
                members.getFirst().origin());
    }
}
