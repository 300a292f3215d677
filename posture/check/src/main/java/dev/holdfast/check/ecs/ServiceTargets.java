package dev.holdfast.check.ecs;

import static dev.holdfast.manifest.InputKind.ECS;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Rule;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.ManifestFile;
import dev.holdfast.manifest.ecs.EcsReader;
import dev.holdfast.manifest.ecs.EcsResource;
import dev.holdfast.manifest.tree.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Services with the task definitions that they run: whether what they lead to is there. */
final class ServiceTargets {
    static final Rule MISSING = Rule.of(
            "service-target-port-missing",
            Severity.MEDIUM,
            "a service that leads to a port which its task does not open",
            "the service does not start, or requests to it are refused",
            ECS);

    private ServiceTargets() {}

    static List<Rule> rules() {
        return List.of(MISSING);
    }

    static void judge(List<ManifestFile> files, Findings findings) {
        Map<String, Node> tasks = new HashMap<>();
        for (ManifestFile file : files) {
            for (EcsResource resource : resources(file, EcsResource.Kind.TASK_DEFINITION)) {
                tasks.putIfAbsent(resource.name(), resource.node());
            }
        }
        for (ManifestFile file : files) {
            for (EcsResource service : resources(file, EcsResource.Kind.SERVICE)) {
                service(service, tasks, findings.in(file.path()));
            }
        }
    }

    private static List<EcsResource> resources(ManifestFile file, EcsResource.Kind kind) {
        return file.roots().stream()
                .flatMap(root -> EcsReader.read(root).stream())
                .filter(resource -> resource.kind() == kind)
                .toList();
    }

    private static void service(EcsResource service, Map<String, Node> tasks, Findings findings) {
        Optional<Node> name = service.node().get("taskDefinition");
        String who = "service " + service.name();
        if (name.isEmpty()) {
            return;
        }
        Optional<Node> task =
                Optional.ofNullable(tasks.get(family(name.get().textAt().orElse(""))));
        if (task.isEmpty()) {
            findings.notAssessed(MISSING, who, name.get().place(), "its task definition is not among what is given");
            return;
        }
        for (Node balancer :
                service.node().get("loadBalancers").map(Node::elements).orElse(List.of())) {
            Optional<Node> port = balancer.get("containerPort");
            String container = balancer.textAt("containerName").orElse("");
            if (port.isPresent()
                    && !opens(task.get(), container, port.get().textAt().orElse(""))) {
                findings.fail(MISSING, who, port.get().place())
                        .says(who + " leads to port " + port.get().textAt().orElse("") + " of container " + container
                                + ", which its task definition does not open: " + MISSING.why())
                        .fix("portMappings of the container, or the port that it opens")
                        .add();
            }
        }
    }

    /** {@code family}, {@code family:revision}, or an ARN that ends so. */
    private static String family(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        int colon = last.indexOf(':');
        return colon < 0 ? last : last.substring(0, colon);
    }

    private static boolean opens(Node task, String name, String port) {
        return task.get("containerDefinitions").map(Node::elements).orElse(List.of()).stream()
                .filter(container ->
                        container.textAt("name").filter(name::equals).isPresent())
                .flatMap(container -> container.get("portMappings").map(Node::elements).orElse(List.of()).stream())
                .anyMatch(mapping ->
                        mapping.textAt("containerPort").filter(port::equals).isPresent());
    }
}
