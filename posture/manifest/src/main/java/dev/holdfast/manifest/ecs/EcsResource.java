package dev.holdfast.manifest.ecs;

import dev.holdfast.manifest.tree.Node;

/**
 * One resource.
 *
 * @param kind what it is
 * @param name its family, service or cluster name; empty when it has none
 * @param node what it says
 */
public record EcsResource(Kind kind, String name, Node node) {
    /** The kinds of resource. */
    public enum Kind {
        TASK_DEFINITION,
        SERVICE,
        CLUSTER
    }
}
