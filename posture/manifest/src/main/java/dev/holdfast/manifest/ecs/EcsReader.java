package dev.holdfast.manifest.ecs;

import dev.holdfast.manifest.ecs.EcsResource.Kind;
import dev.holdfast.manifest.tree.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds ECS resources in a tree. A task definition has {@code containerDefinitions}; a service {@code serviceName} or {@code taskDefinition}
 * as text; a cluster {@code clusterName} with what only clusters have. They stand alone, as {@code register-task-definition} takes them; under
 * {@code taskDefinition}, {@code services}, {@code service}, {@code clusters} or {@code cluster}, as the {@code describe-} commands give them;
 * or in a list.
 */
public final class EcsReader {
    private static final List<String> WRAPPERS =
            List.of("taskDefinition", "taskDefinitions", "services", "service", "clusters", "cluster");

    /** A list of answers of the command line, each wrapped. */
    private static final int MOST_DEPTH = 4;

    private EcsReader() {}

    /** Whether there is any resource of ECS in the tree. */
    public static boolean isEcs(Node root) {
        return !read(root).isEmpty();
    }

    /** All the resources in a tree, in order. */
    public static List<EcsResource> read(Node root) {
        List<EcsResource> found = new ArrayList<>();
        collect(root, MOST_DEPTH, found);
        return found;
    }

    private static void collect(Node node, int depth, List<EcsResource> found) {
        if (depth == 0) {
            return;
        }
        if (!node.elements().isEmpty()) {
            node.elements().forEach(element -> collect(element, depth - 1, found));
        } else if (isTaskDefinition(node)) {
            found.add(
                    new EcsResource(Kind.TASK_DEFINITION, node.textAt("family").orElse(""), node));
        } else if (isService(node)) {
            found.add(new EcsResource(Kind.SERVICE, node.textAt("serviceName").orElse(""), node));
        } else if (isCluster(node)) {
            found.add(new EcsResource(Kind.CLUSTER, node.textAt("clusterName").orElse(""), node));
        } else {
            for (String wrapper : WRAPPERS) {
                node.get(wrapper).ifPresent(inside -> collect(inside, depth - 1, found));
            }
        }
    }

    private static boolean isTaskDefinition(Node node) {
        return node.get("containerDefinitions")
                .filter(containers -> containers instanceof Node.Sequence)
                .isPresent();
    }

    private static boolean isService(Node node) {
        boolean isNamed = node.textAt("serviceName").isPresent();
        boolean runsTask = node.textAt("taskDefinition").isPresent()
                && node.get("containerDefinitions").isEmpty();
        boolean isOfEcs = node.get("launchType").isPresent()
                || node.get("networkConfiguration").isPresent()
                || node.get("desiredCount").isPresent()
                || node.get("deploymentConfiguration").isPresent()
                || node.get("schedulingStrategy").isPresent()
                || node.get("capacityProviderStrategy").isPresent();
        return (isNamed || runsTask) && isOfEcs;
    }

    private static boolean isCluster(Node node) {
        return node.textAt("clusterName").isPresent()
                && (node.get("clusterArn").isPresent()
                        || node.get("settings").isPresent()
                        || node.get("capacityProviders").isPresent()
                        || node.get("configuration").isPresent());
    }
}
