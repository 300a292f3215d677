package dev.holdfast.manifest.kubernetes;

import dev.holdfast.manifest.tree.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The pod that an object is, or makes.
 *
 * @param owner the object
 * @param fieldPath where the pod's spec is in it: {@code spec.template.spec}
 * @param template the map that holds the pod's metadata and spec
 * @param spec the pod's spec
 * @param isPod whether the object is the pod itself; else the server makes it later, and does not fill in all of the same
 */
public record PodForm(KubernetesObject owner, String fieldPath, Node template, Node.Mapping spec, boolean isPod) {
    private static final String[] OF_POD = {};
    private static final String[] OF_TEMPLATE = {"template"};
    private static final String[] OF_CONTROLLER = {"spec", "template"};
    private static final String[] OF_CRON_JOB = {"spec", "jobTemplate", "spec", "template"};

    /**
     * The pod of an object. Kinds that are not Kubernetes' own are asked too: a map under {@code spec.template.spec} with a list of containers
     * is a pod wherever it stands (Argo Rollouts, Knative, OpenKruise, …).
     */
    public static Optional<PodForm> of(KubernetesObject object) {
        return switch (object.kind()) {
            case "Pod" -> at(object, true, OF_POD);
            case "PodTemplate" -> at(object, false, OF_TEMPLATE);
            case "CronJob", "ScheduledJob" -> at(object, false, OF_CRON_JOB);
            default ->
                at(object, false, OF_CONTROLLER)
                        .filter(form -> isBuiltIn(object)
                                || form.spec()
                                        .get("containers")
                                        .filter(Node.Sequence.class::isInstance)
                                        .isPresent());
        };
    }

    /** Whether the kind is one of Kubernetes' own that make pods. */
    public static boolean isBuiltIn(KubernetesObject object) {
        boolean isOwnGroup = switch (object.group()) {
            case "", "apps", "batch", "extensions" -> true;
            default -> false;
        };
        return isOwnGroup
                && switch (object.kind()) {
                    case "Pod",
                            "PodTemplate",
                            "ReplicationController",
                            "ReplicaSet",
                            "Deployment",
                            "DaemonSet",
                            "StatefulSet",
                            "Job",
                            "CronJob" -> true;
                    default -> false;
                };
    }

    private static Optional<PodForm> at(KubernetesObject object, boolean isPod, String... keys) {
        Optional<Node> template = object.root().at(keys);
        Optional<Node.Mapping> spec = template.flatMap(node -> node.get("spec"))
                .filter(Node.Mapping.class::isInstance)
                .map(Node.Mapping.class::cast);
        String fieldPath = keys.length == 0 ? "spec" : String.join(".", keys) + ".spec";
        return spec.map(found -> new PodForm(object, fieldPath, template.orElse(object.root()), found, isPod));
    }

    /** All containers in the order in which the server visits them: init, main, ephemeral. */
    public List<Container> containers() {
        List<Container> containers = new ArrayList<>();
        for (Container.Role role : Container.Role.values()) {
            int index = 0;
            for (Node element : spec.get(role.field()).map(Node::elements).orElse(List.of())) {
                if (element instanceof Node.Mapping node) {
                    containers.add(new Container(role, role.field() + "[" + index + "]", node));
                }
                index++;
            }
        }
        return containers;
    }

    public List<Node> volumes() {
        return spec.get("volumes").map(Node::elements).orElse(List.of());
    }

    public Optional<Node> securityContext(String... keys) {
        return spec.get("securityContext").flatMap(context -> context.at(keys));
    }

    /** What holds for a container: its own setting, else the pod's. For the fields that both have. */
    public Optional<Node> inherited(Container container, String... keys) {
        return container.securityContext(keys).or(() -> securityContext(keys));
    }

    public Optional<String> annotation(String name) {
        return template.at("metadata", "annotations").flatMap(annotations -> annotations.textAt(name));
    }

    public List<Node.Entry> annotations() {
        return template.at("metadata", "annotations").map(Node::entries).orElse(List.of());
    }

    /**
     * The port of the node that a port of a container takes. A pod in the node's network takes all of its ports there, and the server writes
     * them down for the containers of a pod, not for those of a template.
     */
    public Optional<Node> hostPort(Container container, Node port) {
        Optional<Node> written =
                port.get("hostPort").filter(node -> node.wholeNumber().orElse(0L) != 0);
        boolean isFilledIn = isPod
                && container.role() != Container.Role.EPHEMERAL
                && spec.get("hostNetwork").filter(Node::isTrue).isPresent();
        return written.isPresent() || !isFilledIn ? written : port.get("containerPort");
    }

    public boolean isWindows() {
        return spec.textAt("os", "name").filter("windows"::equals).isPresent();
    }

    /** Whether it runs in a user namespace of its own. */
    public boolean hasOwnUsers() {
        return spec.get("hostUsers").filter(Node::isFalse).isPresent();
    }
}
