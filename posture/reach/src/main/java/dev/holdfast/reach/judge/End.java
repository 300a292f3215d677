package dev.holdfast.reach.judge;

import dev.holdfast.reach.cluster.Pod;
import dev.holdfast.reach.policy.Policy;
import dev.holdfast.reach.space.Block;
import java.util.List;
import java.util.Map;

/** One end of a connection. */
sealed interface End {
    /** The ports that have a name there. */
    List<Pod.NamedPort> ports();

    /**
     * A pod; pods that nothing tells apart are one.
     *
     * @param number from 0, of all those of a network
     * @param namespace the labels of its namespace
     * @param policies that are about it, in the order in which they are asked
     */
    record Inside(int number, Pod pod, Map<String, String> namespace, List<Policy> policies) implements End {
        @Override
        public List<Pod.NamedPort> ports() {
            return pod.ports();
        }
    }

    /** Addresses outside that are all treated alike. */
    record Outside(Block block) implements End {
        @Override
        public List<Pod.NamedPort> ports() {
            return List.of();
        }
    }

    /** The controller that serves Ingresses and Routes: a pod of which nothing is known, in a namespace of which nothing is known. */
    record Controller() implements End {
        @Override
        public List<Pod.NamedPort> ports() {
            return List.of();
        }
    }
}
