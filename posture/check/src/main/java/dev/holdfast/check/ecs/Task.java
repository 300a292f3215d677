package dev.holdfast.check.ecs;

import dev.holdfast.check.Findings;
import dev.holdfast.manifest.ecs.EcsResource;
import dev.holdfast.manifest.tree.Node;
import java.util.List;
import java.util.Optional;

/** A task definition that is judged. */
record Task(EcsResource resource, Findings findings) {
    Node node() {
        return resource.node();
    }

    String who() {
        return resource.name().isEmpty() ? "the task" : "task " + resource.name();
    }

    static String who(Node container) {
        return "container " + container.textAt("name").orElse("?");
    }

    /** Whether it is only made for machines that nobody shares: AWS refuses what reaches for the host there. */
    boolean isFargate() {
        List<Node> kinds =
                node().get("requiresCompatibilities").map(Node::elements).orElse(List.of());
        return !kinds.isEmpty()
                && kinds.stream()
                        .allMatch(
                                kind -> kind.textAt().filter("FARGATE"::equals).isPresent());
    }

    boolean isWindows() {
        return node().textAt("runtimePlatform", "operatingSystemFamily")
                .filter(family -> family.startsWith("WINDOWS"))
                .isPresent();
    }

    Optional<String> networkMode() {
        return node().textAt("networkMode");
    }
}
