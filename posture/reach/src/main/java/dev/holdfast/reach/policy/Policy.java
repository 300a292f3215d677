package dev.holdfast.reach.policy;

import dev.holdfast.manifest.kubernetes.LabelSelector;
import dev.holdfast.manifest.kubernetes.Origin;
import java.util.List;
import java.util.Set;

/**
 * A policy of any kind.
 *
 * @param title {@code NetworkPolicy shop/default-deny}
 * @param priority within its tier, lower first; 0 where there is none
 * @param namespaces and {@code selector}: the pods that it is about
 * @param sparesHostNetwork whether pods in their node's network are none of them
 * @param directions in which it decides
 */
public record Policy(
        Tier tier,
        String title,
        int priority,
        Namespaces namespaces,
        LabelSelector selector,
        boolean sparesHostNetwork,
        Set<Direction> directions,
        List<Rule> ingress,
        List<Rule> egress,
        Origin origin) {
    public Policy {
        directions = Set.copyOf(directions);
        ingress = List.copyOf(ingress);
        egress = List.copyOf(egress);
    }

    public List<Rule> rules(Direction direction) {
        return switch (direction) {
            case INGRESS -> ingress;
            case EGRESS -> egress;
        };
    }
}
