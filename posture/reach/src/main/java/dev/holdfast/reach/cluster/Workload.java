package dev.holdfast.reach.cluster;

import dev.holdfast.manifest.kubernetes.Origin;
import java.util.List;

/**
 * Pods that belong together: those of one owner, or what a controller's template makes.
 *
 * @param kind of the owner; {@code Pod} for a pod without one
 * @param pods at least one; they may differ in labels, as during a rollout
 */
public record Workload(String namespace, String name, String kind, List<Pod> pods, Origin origin) {
    public Workload {
        pods = List.copyOf(pods);
    }

    /** {@code shop/web[Deployment]}. */
    public String title() {
        return namespace + "/" + name + "[" + kind + "]";
    }
}
